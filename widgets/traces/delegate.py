"""Cells of the table of layers: the bar that makes the worst visible, and the row under the pointer."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from widgets import theme
from widgets.controls.painting import draw_over_limit
from widgets.traces.model import OFF, TracesModel

BAR = 72
"""Length of a full bar, px."""
_HEIGHT = 8
_PAD = 8


class TraceDelegate(QStyledItemDelegate):
    """Paints as usual, with a bar where the table says how far a layer is off."""

    hovered = ""
    """The layer under the pointer, here or elsewhere."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, text, and the bar at the left of its number."""
        model = index.model()
        assert isinstance(model, TracesModel)
        row = model.view.rows[index.row()]
        if row.id == self.hovered:
            painter.fillRect(option.rect, theme.current().color("bg.hover"))
        super().paint(painter, option, index)
        if index.column() != OFF or not row.share:
            return
        height, scale = _HEIGHT, theme.current().text_scale
        length = max(BAR * scale * row.share, 1.0)
        bar = QRectF(option.rect.left() + _PAD, option.rect.center().y() - height // 2 + 1, length, height)
        if row.wrong:
            draw_over_limit(painter, bar)
        else:
            painter.fillRect(bar, theme.current().color("line.control"))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The text's, and room for the bar."""
        hint = super().sizeHint(option, index)
        more = round(BAR * theme.current().text_scale) + _PAD if index.column() == OFF else 0
        return QSize(hint.width() + more, hint.height())
