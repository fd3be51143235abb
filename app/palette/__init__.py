"""The command palette: what it offers, and what happens when something is chosen in it."""

from app.palette.entries import kind_entries, palette_entries
from app.palette.palette import Palette

__all__ = ["Palette", "kind_entries", "palette_entries"]
