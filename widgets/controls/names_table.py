"""NamesTable: a dense table of names and figures."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from widgets.controls.dense_table import DenseModel, DenseTable


class NamesTable(QTableView):
    """The first column holds names and takes the room that is left, at least what they need; the others are figures."""

    def __init__(self, model: DenseModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        DenseTable(self)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        model.modelReset.connect(self._share_out)
        model.dataChanged.connect(self._share_out)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Names stretch where there is room for them; else the table scrolls sideways."""
        header = self.horizontalHeader()
        needed = [
            max(header.sectionSizeHint(column), self.sizeHintForColumn(column)) for column in range(header.count())
        ]
        room = sum(needed) <= self.viewport().width()
        header.setSectionResizeMode(
            0, QHeaderView.ResizeMode.Stretch if room else QHeaderView.ResizeMode.ResizeToContents
        )
