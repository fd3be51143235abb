"""DenseRows: gives a table the design's row height, which a style sheet cannot."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTableView

from widgets import theme


class DenseRows(QObject):
    """Keeps the rows of a table 24 px high, more at larger text, and hides their numbers. Lives with the table."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        table.verticalHeader().hide()
        theme.signals().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        height = theme.current().size("row")
        self._table.verticalHeader().setMinimumSectionSize(height)
        self._table.verticalHeader().setDefaultSectionSize(height)
