"""The history of runs: a table of all of them, and what one said beside its estimate or beside another."""

from widgets.runs.comparison import ComparisonPanel
from widgets.runs.history import RunHistory
from widgets.runs.model import Comparison, ComparisonRow, Figure, HistoryView, RunRow
from widgets.runs.table import RunTable

__all__ = [
    "Comparison",
    "ComparisonPanel",
    "ComparisonRow",
    "Figure",
    "HistoryView",
    "RunHistory",
    "RunRow",
    "RunTable",
]
