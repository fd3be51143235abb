"""Tests of the boards room."""
