"""AccuracyTile: what the hardware's answers are worth, beside what it costs."""

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets import theme
from widgets.budget.accuracy_view import AccuracyView
from widgets.budget.ink import CAPTION, DENSE, FIGURE, STRONG, Ink, Pen, begin, ink
from widgets.budget.spot import SpotGroup
from widgets.budget.tilepaint import ICON, PAD, Shape, tile_height
from widgets.help import tool_tip

KEY = "accuracy"
_GAP = 8
_SEPARATOR = " · "


class AccuracyTile(QWidget):
    """One figure, as a flat tile or on one line. Clicking it wants it explained."""

    explain_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: AccuracyView | None = None
        self._shape = Shape.LINE
        self._spots = SpotGroup(self, self._tip, self.explain_requested.emit)
        self._spots.show((KEY,))

    def set_view(self, view: AccuracyView | None) -> None:
        """Show another figure; None is for budgets that have none."""
        if view != self._view:
            self._view = view
            self._spots.order[0].describe(view.spoken if view else "", "")
            self.update()

    def set_shape(self, shape: Shape) -> None:
        """A flat tile where the figures of speed are such, else a line."""
        wanted = Shape.FLAT if shape is Shape.FLAT else Shape.LINE
        if wanted is not self._shape:
            self._shape = wanted
            self.update()

    def least_size(self, shape: Shape) -> QSize:
        """Name and value; small print gives way."""
        now, flat = ink(), shape is Shape.FLAT
        width = now.width("Same answer", DENSE) + now.width("100.0 %", FIGURE if flat else STRONG) + now.px(2 * PAD)
        return QSize(round(width + now.px(_GAP)), tile_height(now, Shape.FLAT if flat else Shape.LINE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the spot over all of it."""
        self._spots.order[0].setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure."""
        if self._view is None:
            return
        pen, rect = begin(QPainter(self)), QRectF(self.rect())
        if self._shape is Shape.FLAT:
            pen.frame(rect, pen.ink.theme.radius("card"), "line.default")
            self._paint_flat(pen, self._view, rect)
        else:
            self._paint_line(pen, self._view, rect)
        pen.painter.end()

    def _paint_flat(self, pen: Pen, view: AccuracyView, rect: QRectF) -> None:
        now, middle = pen.ink, rect.center().y()
        left, right = rect.left() + now.px(PAD), rect.right() - now.px(10)
        self._paint_mark(pen, view, right, middle)
        right -= now.px(ICON + 8)
        pen.write_right(view.value, right, middle, FIGURE, _value_ink(view))
        right -= now.width(view.value, FIGURE) + now.px(_GAP)
        shown = rect.height() >= now.theme.line("dense") + now.theme.line("caption") + 6
        spread = now.px(9) if shown else 0
        pen.write(view.title, left, middle - spread, DENSE, "text.secondary")
        beside = left + now.width(view.title, DENSE) + now.px(_GAP)
        _write_whole(pen, view.source, beside, right, middle - spread)
        if shown:
            pen.write(_fitting(now, view.notes, right - left), left, middle + spread, CAPTION, _quiet(view))

    def _paint_line(self, pen: Pen, view: AccuracyView, rect: QRectF) -> None:
        now, middle, left = pen.ink, rect.center().y(), rect.left()
        pen.write(view.title, left, middle, DENSE, "text.secondary")
        left += now.width(view.title, DENSE) + now.px(_GAP)
        pen.write(view.value, left, middle, STRONG, _value_ink(view))
        left += now.width(view.value, STRONG) + now.px(_GAP) if view.value else 0
        if view.danger:
            self._paint_mark(pen, view, left + now.px(ICON), middle)
            left += now.px(ICON + _GAP)
        notes = _fitting(now, view.notes, rect.right() - left)
        pen.write(notes, left, middle, CAPTION, _quiet(view))
        left += now.width(notes, CAPTION) + now.px(2 * _GAP)
        _write_whole(pen, view.source, max(rect.right() - now.width(view.source, CAPTION), left), rect.right(), middle)

    def _paint_mark(self, pen: Pen, view: AccuracyView, right: float, middle: float) -> None:
        if view.danger:
            side = pen.ink.px(ICON)
            theme.paint_icon(
                pen.painter, QRectF(right - side, round(middle - side / 2), side, side), "warning", "warning"
            )

    def _tip(self, key: str) -> str:
        return f"<p>{self._view.spoken if self._view else ''}</p><p>{tool_tip(key)}</p>"


def _write_whole(pen: Pen, words: str, left: float, right: float, middle: float) -> None:
    """Words that are not cut: they go as a whole where there is no room."""
    if left + pen.ink.width(words, CAPTION) <= right:
        pen.write(words, left, middle, CAPTION, "text.tertiary")


def _fitting(now: Ink, notes: tuple[str, ...], room: float) -> str:
    """As many notes as there is room for; a single one is cut."""
    kept = notes
    while len(kept) > 1 and now.width(_SEPARATOR.join(kept), CAPTION) > room:
        kept = kept[:-1]
    return now.elided_right(_SEPARATOR.join(kept), CAPTION, room)


def _value_ink(view: AccuracyView) -> str:
    if view.stale:
        return "text.tertiary"
    return "warning" if view.danger else "text.primary"


def _quiet(view: AccuracyView) -> str:
    return "text.tertiary" if view.stale else "text.secondary"
