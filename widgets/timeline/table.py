"""TimelineTable: one line a module, with a bar over the cycles of a frame."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from widgets import theme
from widgets.controls import DenseModel, DenseTable, Index
from widgets.timeline.view import COLUMNS, HELP, Activity, TimelineView

_NAME, _BAR = 0, 1
_HEIGHT, _PAD = 10, 8
_TINT = 0.35
_LEAST_NAME = 140


class TimelineTable(QTableView):
    """Shows a TimelineView."""

    def __init__(self) -> None:
        super().__init__()
        self._model = _Modules(self)
        self.setModel(self._model)
        self.setItemDelegateForColumn(_BAR, _Bars(self))
        DenseTable(self)
        self.setAccessibleName("Timeline of the layers")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_BAR, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(_NAME, round(_LEAST_NAME * theme.current().text_scale))

    def set_view(self, view: TimelineView) -> None:
        """Show another frame."""
        self._model.set_view(view)

    @property
    def view(self) -> TimelineView:
        """What is shown."""
        return self._model.view


class _Modules(DenseModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.view = TimelineView()

    def set_view(self, view: TimelineView) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.view = view
        self.endResetModel()

    def count(self) -> int:
        """Modules."""
        return len(self.view.rows)

    def titles(self) -> Sequence[str]:
        """Name, bar with the cycles it spans, figures."""
        return [f"0 to {self.view.latency:,} cycles" if place == _BAR else title for place, title in enumerate(COLUMNS)]

    def helps(self) -> Sequence[str]:
        """What the columns mean."""
        return HELP

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """The bar's title stands where bars begin."""
        return super().alignment(0 if column == _BAR else column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell; the bar is painted."""
        row, column = self.view.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole if column == _NAME:
                return row.name
            case Qt.ItemDataRole.DisplayRole if column > _BAR:
                return f"{row.figures[column - 2]:,}"
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.said
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
        return None


class _Bars(QStyledItemDelegate):
    """Light from the first word read to the first that leaves, full from there to the last."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The ground as in other cells, and the bar."""
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, _Modules)
        now, row = theme.current(), model.view.rows[index.row()]
        area = QRectF(option.rect).adjusted(_PAD, 0, -_PAD, 0)
        painter.fillRect(_span(area, 0, 1), now.color("bg.sunken"))
        begins, first, last = _shares(row, model.view.latency)
        painter.fillRect(_span(area, begins, first), reading_colour())
        painter.fillRect(_span(area, first, last), now.color("accent"))


def reading_colour() -> QColor:
    """Of a module that reads and has nothing to give yet: between the trough and a full bar."""
    colours = theme.current().colours
    return QColor(*theme.mix(colours["bg.sunken"], colours["accent"], _TINT))


def _shares(row: Activity, latency: int) -> tuple[float, float, float]:
    """Where a bar begins, turns full and ends; the cycle of the last word is part of it."""
    whole = latency + 1
    return row.begins / whole, row.first / whole, (row.last + 1) / whole


def _span(area: QRectF, start: float, end: float) -> QRectF:
    """A part of a bar, at least a pixel wide."""
    height = round(_HEIGHT * theme.current().text_scale)
    left = area.left() + area.width() * start
    return QRectF(left, area.center().y() - height / 2, max(area.width() * (end - start), 1.0), height)
