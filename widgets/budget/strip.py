"""BudgetStrip: the budget on one line, where there is no room for more."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from widgets import theme
from widgets.budget.axis import Axis
from widgets.budget.barpaint import paint_fill
from widgets.budget.columns import MARK
from widgets.budget.ink import DENSE, FIGURE, STRONG, THEME_NAMES, Ink, Pen, Type, begin, ink
from widgets.budget.numbers import in_unit, unit_for
from widgets.budget.spot import SpotGroup
from widgets.budget.view import NOTHING, BudgetRow, BudgetView, Level, Tile
from widgets.budget.words import TITLES, share_text, spoken_row, spoken_tile, used_text, why_row, why_tile
from widgets.controls import draw_resource_mark

_NAME = Type("dense", 600)
_TOP = 1.1
_BAR = 8
_PAD = 16
_GAP = 16
_WIDEST = 196
_TILE_GAP = 36
_ICON = 16
_BUTTON = 28


class BudgetStrip(QWidget):
    """Mark, name, percent and a thin bar per resource; latency and rate; a button that wants it all."""

    explain_requested = Signal(str)
    expand_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = NOTHING
        self._spots = SpotGroup(self, self._tip, self.explain_requested.emit)
        self.button = QToolButton(self)
        self.button.setIcon(theme.icon("chevron-right"))
        self.button.setProperty("compact", "true")
        self.button.setToolTip("Show the whole budget")
        self.button.setAccessibleName("Show the whole budget")
        self.button.clicked.connect(self.expand_requested)

    def set_view(self, view: BudgetView) -> None:
        """Show other numbers."""
        self._view = view
        rows, tiles = view.shown_rows, self._tiles()
        if self._spots.show((*(row.name for row in rows), *(tile.kind for tile in tiles))):
            self._place()
        spoken = [(spoken_row(row, view.safe_share), why_row(row)) for row in rows]
        spoken += [(spoken_tile(tile), why_tile(tile)) for tile in tiles]
        for spot, words in zip(self._spots.order, spoken, strict=True):
            spot.describe(*words)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Marks and percentages side by side."""
        now = ink()
        cell = now.px(MARK + 7) + now.width("100 %", STRONG) + now.px(_GAP)
        return QSize(round(2 * _PAD + len(self._view.shown_rows) * cell + _BUTTON), self._height(now))

    def sizeHint(self) -> QSize:
        """As designed."""
        return QSize(1320, self._height(ink()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the cells."""
        if not self._spots.walk(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep spots and button in place."""
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells."""
        pen = begin(QPainter(self))
        cells = self._cells(pen.ink)
        rows, tiles = self._view.shown_rows, self._tiles()
        for row, cell in zip(rows, cells, strict=False):
            self._paint_cell(pen, row, cell)
        shown = cells[len(rows) :]
        if shown:
            x = shown[0].left() - pen.ink.px(_GAP)
            pen.line(QPointF(x + 0.5, 12), QPointF(x + 0.5, self.height() - 12), "line.subtle")
        for tile, cell in zip(tiles, shown, strict=False):
            self._paint_tile(pen, tile, cell)
        pen.painter.end()

    def _paint_cell(self, pen: Pen, row: BudgetRow, cell: QRectF) -> None:
        now, view, level = pen.ink, self._view, row.level(self._view.safe_share)
        top, bar = cell.top() + now.px(9), cell.bottom() - now.px(9)
        mark = now.px(MARK)
        draw_resource_mark(
            pen.painter, QRectF(cell.left(), top - mark / 2, mark, mark), THEME_NAMES.get(row.name, row.name)
        )
        words = share_text(row) if row.limit is not None else used_text(row)
        name_left, free = cell.left() + mark + now.px(7), cell.right() - now.px(8) - now.width(words, STRONG)
        if name_left + now.width(row.label, _NAME) <= free:
            pen.write(row.label, name_left, top, _NAME, "text.primary")
            name_left += now.width(row.label, _NAME) + now.px(4)
        past = {Level.OVER: ("over", "danger"), Level.PAST_SAFE: ("warning", "warning")}.get(level)
        token = "text.tertiary" if view.stale else past[1] if past else "text.primary"
        pen.write_right(words, cell.right(), top, STRONG, token)
        side = now.px(_ICON)
        left = cell.right() - max(now.width(words, STRONG), now.width("100 %", STRONG)) - now.px(8) - side
        if past and left >= name_left:
            theme.paint_icon(pen.painter, QRectF(round(left), round(top - side / 2), side, side), *past)
        if row.limit is not None:
            self._paint_bar(pen, row, Axis(round(cell.left()), round(cell.width()), _TOP), round(bar))

    def _paint_bar(self, pen: Pen, row: BudgetRow, axis: Axis, middle: float) -> None:
        paint_fill(pen, axis, middle, row, _BAR)
        safe, limit = axis.at(self._view.safe_share) + 0.5, axis.at(1.0)
        pen.line(QPointF(safe, middle - 8), QPointF(safe, middle + 8), "text.secondary", 1.0, (2, 2))
        pen.line(QPointF(limit, middle - 8), QPointF(limit, middle + 8), "danger", 2.0)

    def _paint_tile(self, pen: Pen, tile: Tile, cell: QRectF) -> None:
        now, stale = pen.ink, self._view.stale
        top, base = cell.top() + now.px(6), cell.bottom() - now.px(11)
        pen.write(TITLES[tile.kind], cell.left(), top, DENSE, "text.secondary")
        unit = unit_for(tile.kind, tile.quantity.value)
        value = in_unit(tile.kind, tile.quantity.value, unit)
        token = "text.tertiary" if stale else "danger" if tile.met is False else "text.primary"
        pen.write(value, cell.left(), base, FIGURE, token)
        drop = (now.metrics(FIGURE).capHeight() - now.metrics(DENSE).capHeight()) / 2
        pen.write(unit.name, cell.left() + now.width(value, FIGURE) + now.px(6), base + drop, DENSE, "text.secondary")

    def _cells(self, now: Ink) -> list[QRectF]:
        """A cell per resource, as wide as there is room, then those tiles that still fit."""
        rows, tiles = self._view.shown_rows, self._tiles()
        height = self._height(now) - now.px(20)
        top, right = round((self.height() - height) / 2), self.width() - _PAD - _BUTTON
        widths = [_tile_width(now, tile) for tile in tiles]
        least = len(rows) * self._named_cell(now)
        while widths and right - _PAD - least < sum(widths) + now.px(_TILE_GAP) * len(widths):
            widths.pop()
        room = right - _PAD - sum(widths) - now.px(_TILE_GAP) * len(widths)
        each = min(room / max(len(rows), 1), now.px(_WIDEST))
        cells = [QRectF(_PAD + k * each, top, each - now.px(_GAP), height) for k in range(len(rows))]
        left = _PAD + len(rows) * each + now.px(_GAP)
        for width in widths:
            cells.append(QRectF(round(left), top, width, height))
            left += width + now.px(_TILE_GAP)
        return cells

    def _named_cell(self, now: Ink) -> float:
        """Room for mark, name and percent; figures of speed go before a name does."""
        name = max((now.width(row.label, _NAME) for row in self._view.shown_rows), default=0)
        return now.px(MARK + 7 + 8 + _GAP) + name + now.width("100 %", STRONG)

    def _tiles(self) -> tuple[Tile, ...]:
        return tuple(tile for tile in self._view.tiles if tile.kind != "interval")

    def _place(self) -> None:
        cells = self._cells(ink())
        for spot, cell in zip(self._spots.order, cells, strict=False):
            spot.setGeometry(cell.adjusted(-6, -4, 6, 4).toRect())
        for spot in self._spots.order[len(cells) :]:
            spot.setGeometry(0, 0, 0, 0)
        side = _BUTTON
        self.button.setGeometry(self.width() - _PAD - side + 6, round((self.height() - side) / 2), side, side)

    def _height(self, now: Ink) -> int:
        return now.theme.line("dense") + now.theme.line("figure") + now.px(24)

    def _tip(self, key: str) -> str:
        row = next((row for row in self._view.rows if row.name == key), None)
        if row is not None:
            return f"{spoken_row(row, self._view.safe_share)}. {why_row(row)}"
        tile = next(tile for tile in self._view.tiles if tile.kind == key)
        return f"{spoken_tile(tile)}. {why_tile(tile)}"


def _tile_width(now: Ink, tile: Tile) -> float:
    unit = unit_for(tile.kind, tile.quantity.value)
    value = in_unit(tile.kind, tile.quantity.value, unit)
    return max(now.width(value, FIGURE), now.width("00.0", FIGURE)) + now.px(6) + now.width(unit.name, DENSE)
