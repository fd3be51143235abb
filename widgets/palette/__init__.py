"""The command palette."""

from widgets.palette.command_palette import CommandPalette
from widgets.palette.matching import Entry, matches

__all__ = ["CommandPalette", "Entry", "matches"]
