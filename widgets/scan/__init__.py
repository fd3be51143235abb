"""A scan to look at: layers by widths."""

from widgets.scan.plot import Over, ScanPlot
from widgets.scan.table import ScanTable
from widgets.scan.view import ScanCell, ScanRow, ScanView

__all__ = ["Over", "ScanCell", "ScanPlot", "ScanRow", "ScanTable", "ScanView"]
