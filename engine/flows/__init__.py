"""Flows: each turns a design into hardware and answers the same five questions."""
