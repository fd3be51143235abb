"""A data set to look at: its splits and classes, and some of its samples."""

from widgets.data.balance import BalanceTable
from widgets.data.model import BalanceRow, DataView, Sample
from widgets.data.preview import SamplePreview

__all__ = ["BalanceRow", "BalanceTable", "DataView", "Sample", "SamplePreview"]
