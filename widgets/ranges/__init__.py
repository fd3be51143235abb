"""Ranges of numbers against their types."""

from widgets.ranges.table import RangeTable
from widgets.ranges.view import RangeRow, RangesView

__all__ = ["RangeRow", "RangeTable", "RangesView"]
