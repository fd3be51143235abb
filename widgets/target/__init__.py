"""The target bar of the toolbar."""

from widgets.target.target_bar import ADD_BOARD, TargetBar

__all__ = ["ADD_BOARD", "TargetBar"]
