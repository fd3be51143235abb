"""A scan to look at: layers by widths."""

from widgets.scan.table import ScanTable
from widgets.scan.view import ScanCell, ScanRow, ScanView

__all__ = ["ScanCell", "ScanRow", "ScanTable", "ScanView"]
