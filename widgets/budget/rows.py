"""ResourceRows: the bars of the budget, painted as one."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.budget.barpaint import paint_doubt, paint_fill, paint_ghost
from widgets.budget.columns import MARK, ColumnRule, Columns
from widgets.budget.ink import CAPTION, CAPTION_STRONG, DENSE, NAME, NUMBER, STRONG, THEME_NAMES, Pen, begin, ink
from widgets.budget.spot import SpotGroup
from widgets.budget.view import NOTHING, BudgetRow, BudgetView, Level
from widgets.budget.words import change_text, share_text, spoken_row, used_text, why_row
from widgets.controls import draw_resource_mark
from widgets.help import tool_tip

_CAPTIONS = 20
_LINES_RISE = 2
_PERCENT_INK = {Level.OVER: "danger", Level.PAST_SAFE: "warning"}


class ResourceRows(QWidget):
    """One row per resource. Pointing at its name or numbers asks why (`pointed_at`), clicking wants it explained."""

    pointed_at = Signal(str)
    explain_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = NOTHING
        self._rule = ColumnRule()
        self._columns = self._rule.lay((), 0, ink())
        self._asked = ""
        self._spots = SpotGroup(self, self._tip, self.explain_requested.emit, self._point)

    def set_view(self, view: BudgetView) -> None:
        """Show other numbers; a row that stays as it is is not painted again."""
        before, columns, self._view = self._view, self._columns, view
        rows = view.shown_rows
        if self._spots.show(tuple(row.name for row in rows)):
            self._place_spots()
        self._lay()
        if columns != self._columns or _frame(before) != _frame(view):
            before = NOTHING
            self.update()
        for spot, row in zip(self._spots.order, rows, strict=True):
            if row not in before.rows:
                spot.describe(spoken_row(row, view.safe_share), why_row(row))
                self.update(self.row_rect(row.name).toAlignedRect())

    def row_rect(self, name: str) -> QRectF:
        """Where a resource's row is."""
        names = [row.name for row in self._view.shown_rows]
        height = self._row_height()
        return QRectF(0, names.index(name) * height, self.width(), height)

    def least_height(self) -> int:
        """With rows as close as text allows."""
        now = ink()
        return len(self._view.shown_rows) * (now.theme.line("body") + 6) + now.px(_CAPTIONS)

    def best_height(self) -> int:
        """With rows as far apart as designed."""
        now = ink()
        return len(self._view.shown_rows) * now.theme.size("budgetRow") + now.px(_CAPTIONS)

    def minimumSizeHint(self) -> QSize:
        """Name, a short bar, percent."""
        return QSize(round(self._rule.least_width(self._view.shown_rows, ink())), self.least_height())

    def sizeHint(self) -> QSize:
        """As designed."""
        return QSize(612, self.best_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the spots over their rows."""
        self._lay()
        self._place_spots()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lay()
            self._place_spots()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the rows."""
        if not self._spots.walk(event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that have changed, then the lines across all."""
        rows, columns, height = self._view.shown_rows, self._columns, self._row_height()
        pen = begin(QPainter(self))
        changed = [
            (row, int(height * (index + 0.5)))
            for index, row in enumerate(rows)
            if event.region().intersects(self.row_rect(row.name).toAlignedRect())
        ]
        for row, middle in changed:
            self._paint_row(pen, columns, row, middle)
        self._paint_lines(pen, columns, rows)
        for row, middle in changed:
            paint_doubt(pen, columns.axis, middle, row)
            paint_ghost(pen, columns.axis, middle, row)
        pen.painter.end()

    def _paint_row(self, pen: Pen, columns: Columns, row: BudgetRow, middle: float) -> None:
        mark = pen.ink.px(MARK)
        draw_resource_mark(
            pen.painter, QRectF(columns.mark, middle - mark / 2, mark, mark), THEME_NAMES.get(row.name, row.name)
        )
        pen.write(row.label, columns.name, middle, NAME, "text.primary")
        if row.limit is None:
            room = columns.used_right - columns.axis.left
            words = pen.ink.elided("no figure for this board", DENSE, room)
            pen.write(words, columns.axis.left, middle, DENSE, "text.secondary")
        else:
            paint_fill(pen, columns.axis, middle, row)
        self._paint_numbers(pen, columns, row, middle)

    def _paint_numbers(self, pen: Pen, columns: Columns, row: BudgetRow, middle: float) -> None:
        stale, level = self._view.stale, row.level(self._view.safe_share)
        if columns.used_shown:
            pen.write_right(
                used_text(row), columns.used_right, middle, NUMBER, "text.tertiary" if stale else "text.secondary"
            )
        if self._view.empty:
            return
        share = "text.tertiary" if stale else _PERCENT_INK.get(level, "text.primary")
        pen.write_right(share_text(row), columns.share_right, middle, STRONG, share)
        if columns.change_shown:
            pen.write_right(change_text(row), columns.change_right, middle, DENSE, "text.tertiary")

    def _paint_lines(self, pen: Pen, columns: Columns, rows: tuple[BudgetRow, ...]) -> None:
        """Safe share and limit across every row that has a limit, and their captions."""
        limit, safe = columns.axis.at(1.0), columns.axis.at(self._view.safe_share)
        limited = [index for index, row in enumerate(rows) if row.limit is not None]
        for index in limited:
            top = int(self._row_height() * index) + (_LINES_RISE if index == 0 else 0)
            bottom = int(self._row_height() * (index + 1)) + (_LINES_RISE if index == len(rows) - 1 else 0)
            pen.line(QPointF(safe + 0.5, top), QPointF(safe + 0.5, bottom), "text.secondary", 1.0, (3, 3))
            pen.line(QPointF(limit, top), QPointF(limit, bottom), "danger", 2.0)
        if limited:
            self._paint_captions(pen, columns, safe, limit)

    def _paint_captions(self, pen: Pen, columns: Columns, safe: float, limit: float) -> None:
        middle = self._row_height() * len(self._view.shown_rows) + pen.ink.px(_CAPTIONS) / 2 + 1
        limit_words, safe_words = "limit 100 %", f"safe {self._view.safe_share:.0%}".replace("%", " %")
        limit_left = min(limit - 6, self.width() - pen.ink.width(limit_words, CAPTION_STRONG))
        safe_right = min(safe - 2, limit_left - pen.ink.px(8))
        safe_left = safe_right - pen.ink.width(safe_words, CAPTION)
        pen.write(limit_words, limit_left, middle, CAPTION_STRONG, "danger")
        if safe_left >= columns.mark:
            pen.write(safe_words, safe_left, middle, CAPTION, "text.secondary")
        if safe_left > columns.axis.left + pen.ink.px(16):
            pen.write("0", columns.axis.left, middle, CAPTION, "text.secondary")

    def _row_height(self) -> float:
        now = ink()
        count = max(len(self._view.shown_rows), 1)
        room = (self.height() - now.px(_CAPTIONS)) / count
        return min(max(room, now.theme.line("body") + 6), now.theme.size("budgetRow"))

    def _lay(self) -> None:
        self._columns = self._rule.lay(self._view.shown_rows, self.width(), ink())

    def _place_spots(self) -> None:
        for spot in self._spots.order:
            spot.setGeometry(self.row_rect(spot.key).adjusted(8, 1, -8, -1).toRect())

    def _point(self, name: str, place: QPointF | None) -> None:
        """Ask once each time the pointer comes to a name or to numbers."""
        asked = name if place is not None and self._explains(place.x()) else ""
        if asked and asked != self._asked:
            self.pointed_at.emit(asked)
        self._asked = asked

    def _explains(self, x: float) -> bool:
        return x < self._columns.axis.left or x > self._columns.axis.right

    def _tip(self, name: str) -> str:
        row = next(row for row in self._view.rows if row.name == name)
        why = f"{spoken_row(row, self._view.safe_share)}. {why_row(row)}"
        return f"<p>{why}</p><p>{tool_tip(name)}</p>"


def _frame(view: BudgetView) -> tuple[object, ...]:
    """What all rows share."""
    return tuple(row.name for row in view.shown_rows), view.safe_share, view.stale, view.empty
