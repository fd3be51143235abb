"""Constant matrices as adders: what many outputs have in common is added once."""
