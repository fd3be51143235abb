"""FigureDelegate: a report's figure and its difference from the estimate, each in a column of its own."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from widgets import theme
from widgets.controls import RIGHT, Index
from widgets.runs.model import Figure

FIGURE, STALE = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
"""Roles: the cell's `Figure`, or None, and whether its run is stale."""

_WIDEST = "+999 %"


class FigureDelegate(QStyledItemDelegate):
    """Figures keep their place whatever stands behind them."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell's ground, then both texts."""
        figure: Figure | None = index.data(FIGURE)
        blank = QStyleOptionViewItem(option)
        super().paint(painter, blank, index)
        if figure is None:
            return
        now, stale = theme.current(), bool(index.data(STALE))
        font, pad = now.font("dense"), now.space(2)
        split = option.rect.right() - 2 * pad - QFontMetrics(font).horizontalAdvance(_WIDEST)
        quiet = "text.tertiary" if stale else "text.secondary"
        painter.save()
        painter.setFont(font)
        for text, right, token in (
            (shown(figure), split, "text.tertiary" if stale else "text.primary"),
            (figure.difference, option.rect.right() - pad, quiet if figure.inside else "warning"),
        ):
            area = QRectF(option.rect.left(), option.rect.top(), right - option.rect.left(), option.rect.height())
            painter.setPen(now.color(token))
            painter.drawText(area, RIGHT, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the widest difference; none where the cell is empty."""
        figure: Figure | None = index.data(FIGURE)
        now = theme.current()
        fonts, pad = QFontMetrics(now.font("dense")), now.space(3)
        wanted = "" if figure is None else f"{shown(figure)}{_WIDEST}"
        return QSize(fonts.horizontalAdvance(wanted) + 3 * pad, now.size("row"))


def shown(figure: Figure) -> str:
    """A figure as people read it."""
    return f"{figure.value:,.0f}"
