"""Paints the palette's lines: icon, title with what was typed set off, detail, shortcut keys."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from widgets import theme
from widgets.palette.matching import Entry, marked_spans

ENTRY = Qt.ItemDataRole.UserRole
"""Model role of an Entry; lines without one are group titles."""
_PAD = 12


class PaletteDelegate(QStyledItemDelegate):
    """Lines of 34, group titles of 28."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Height of a line at the current text size."""
        line = theme.current().line("body")
        return QSize(100, line + 16 if index.data(ENTRY) else line + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        now, rect = theme.current(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entry = index.data(ENTRY)
        if entry is None:
            painter.setFont(now.font("dense", 600))
            painter.setPen(now.color("text.secondary"))
            painter.drawText(rect.adjusted(_PAD, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_entry(painter, rect, entry, selected)
        painter.restore()

    def _paint_entry(self, painter: QPainter, rect: QRect, entry: Entry, selected: bool) -> None:
        now = theme.current()
        if selected:
            painter.setPen(QPen(now.color("accent"), 2))
            painter.setBrush(now.color("bg.selected"))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 6, 6)
        icon = QRectF(rect.left() + _PAD, rect.center().y() - 7, 16, 16)
        theme.paint_icon(painter, icon, entry.icon or "dot", "text.disabled" if entry.off else "text.secondary")
        left, right = rect.left() + _PAD + 28, self._paint_keys(painter, rect, entry)
        left = self._paint_title(painter, QRect(left, rect.top(), right - left, rect.height()), entry)
        self._paint_detail(painter, QRect(left + 12, rect.top(), right - left - 16, rect.height()), entry)

    def _paint_title(self, painter: QPainter, area: QRect, entry: Entry) -> int:
        now = theme.current()
        title = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, area.width())
        spans, place, left = marked_spans(title, self.typed), 0, area.left()
        for start, length in [*spans, (len(title), 0)]:
            pieces = ((title[place:start], 500, "text.primary"), (title[start : start + length], 600, "accent"))
            for text, weight, token in pieces:
                painter.setFont(now.font("body", weight))
                painter.setPen(now.color("text.disabled" if entry.off else token))
                painter.drawText(QRect(left, area.top(), 2000, area.height()), Qt.AlignmentFlag.AlignVCenter, text)
                left += painter.fontMetrics().horizontalAdvance(text)
            place = max(place, start + length)
        return left

    def _paint_detail(self, painter: QPainter, area: QRect, entry: Entry) -> None:
        now = theme.current()
        painter.setFont(now.font("dense"))
        painter.setPen(now.color("text.secondary"))
        text = f"Off: {entry.off}" if entry.off else entry.detail
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(area.width(), 0))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_keys(self, painter: QPainter, rect: QRect, entry: Entry) -> int:
        """Draw the shortcut at the right; return where the room for texts ends."""
        now, right = theme.current(), rect.right() - _PAD
        painter.setFont(now.font("caption", 500))
        for key in reversed(entry.shortcut.replace("++", "+Plus").split("+") if entry.shortcut else []):
            width = painter.fontMetrics().horizontalAdvance(key) + 12
            box = QRectF(right - width, rect.center().y() - 9, width, 20)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("bg.hover"))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(now.color("text.secondary"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
            right -= width + 4
        return right - 8
