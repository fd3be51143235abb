"""Designs as files of other tools."""
