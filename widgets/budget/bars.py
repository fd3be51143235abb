"""BudgetBars: the whole budget, in the form that its size allows."""

from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from widgets import theme
from widgets.budget.accuracy import AccuracyTile
from widgets.budget.ink import ink
from widgets.budget.rows import ResourceRows
from widgets.budget.spot import Spot
from widgets.budget.strip import BudgetStrip
from widgets.budget.tilepaint import Shape
from widgets.budget.tiles import SpeedTiles
from widgets.budget.verdict import VerdictLine
from widgets.budget.view import NOTHING, BudgetView

_PAD = 16
_TOP = 2
_GAP = 6
_SIDE_TILES = 330
_LINK_PAD = 4
"""The link's own padding: its text ends where the tiles do."""
_EMPTY = "Numbers start with the first layer."


class Form(Enum):
    """How the budget is laid out."""

    FULL = "full"
    """Bars, tiles beneath, sentence beneath."""
    SIDE = "side"
    """Bars and sentence, tiles at the right: low and wide."""
    ROWS = "rows"
    """Bars, figures of speed on one line, and the sentence if it fits: where text is too large for tiles."""
    STRIP = "strip"
    """One line."""


class BudgetBars(QWidget):
    """Bars against the board, latency and rate against the requirement, and what it comes to.

    `set_view` shows a BudgetView. `why_requested` follows the pointer over names and numbers of resources,
    `explain_requested` a click or Enter on a row (a resource's name) or tile (`latency`, `interval`, `rate`).
    """

    why_requested = Signal(str)
    explain_requested = Signal(str)
    suggestions_requested = Signal()
    fix_requested = Signal()
    expand_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Budget")
        self.rows = ResourceRows(self)
        self.tiles = SpeedTiles(self)
        self.accuracy = AccuracyTile(self)
        self.verdict = VerdictLine(self)
        self.strip = BudgetStrip(self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("tone", "secondary")
        self.rows.pointed_at.connect(self.why_requested)
        for part in (self.rows, self.tiles, self.accuracy, self.strip):
            part.explain_requested.connect(self.explain_requested)
        self.verdict.suggestions_requested.connect(self.suggestions_requested)
        self.verdict.fix_requested.connect(self.fix_requested)
        self.strip.expand_requested.connect(self.expand_requested)
        self._view = NOTHING
        self.set_view(NOTHING)

    @property
    def view(self) -> BudgetView:
        """What is shown."""
        return self._view

    @property
    def form(self) -> Form:
        """The form in use: the fullest that fits."""
        return next((form for form in _FULLEST_FIRST if self._fits(form)), Form.STRIP)

    def column_of(self, key: str) -> QRect:
        """On the screen: as wide as a row or tile, as high as the budget. What explains it hides no number there."""
        spot = next((each for each in self.findChildren(Spot) if each.key == key and each.isVisible()), None)
        left = self.mapToGlobal(QPoint(0, 0)) if spot is None else spot.mapToGlobal(QPoint(0, 0))
        width = self.width() if spot is None else spot.width()
        return QRect(left.x(), self.mapToGlobal(QPoint(0, 0)).y(), width, self.height())

    def set_view(self, view: BudgetView) -> None:
        """Show other numbers; only a change of what is shown at all moves anything."""
        before, self._view = self._view, view
        self.rows.set_view(view)
        self.tiles.set_tiles(view.tiles, view.stale)
        self.accuracy.set_view(view.accuracy)
        self.verdict.show_verdict(view.verdict)
        if not self.strip.isHidden():
            self.strip.set_view(view)
        words = view.refusal or (_EMPTY if view.empty else "")
        if words != self.sentence.text():
            self.sentence.setText(words)
        if _skeleton(before) != _skeleton(view):
            self.updateGeometry()
            self._arrange()

    def minimumSizeHint(self) -> QSize:
        """One line."""
        strip = self.strip.minimumSizeHint()
        return QSize(min(strip.width(), self._least(Form.ROWS).width()), strip.height())

    def sizeHint(self) -> QSize:
        """As designed: bars, tiles, sentence."""
        spare = self.rows.best_height() - self.rows.least_height()
        return QSize(612, self._least(Form.FULL).height() + spare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the form again."""
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Measure again when a part has, as it does after a change of text scale."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutRequest):
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon before a sentence that stands alone."""
        if not self.sentence.isHidden() and self._view.refusal:
            side = ink().theme.size("icon")
            rect = self.sentence.geometry().toRectF()
            rect.setRect(_PAD, rect.top() + 1, side, side)
            theme.paint_icon(QPainter(self), rect, "info", "info")

    def _arrange(self) -> None:
        """Show and place what the form and the view call for."""
        form, view = self.form, self._view
        self.strip.set_view(view)
        numbers = not view.refusal
        figures = numbers and not view.empty
        self.strip.setVisible(numbers and form is Form.STRIP)
        self.rows.setVisible(numbers and form is not Form.STRIP)
        self.tiles.setVisible(figures and form is not Form.STRIP)
        self.verdict.setVisible(figures and form is not Form.STRIP)
        self.sentence.setVisible(not figures and (form is not Form.STRIP or not numbers))
        self.accuracy.setVisible(figures and form is not Form.STRIP and view.accuracy is not None)
        self.accuracy.set_shape(_SHAPES.get(form, Shape.TALL))
        self.tiles.set_shape(_SHAPES.get(form, Shape.TALL))
        self.verdict.offer_fix(form is Form.SIDE)
        if not numbers:
            self._place_refusal()
        elif form is Form.STRIP:
            self.strip.setGeometry(self.rect())
        elif form is Form.SIDE:
            self._place_side()
        else:
            self._place_full(_SHAPES[form])
        self.update()

    def _place_full(self, shape: Shape) -> None:
        width, inner = self.width(), self.width() - 2 * _PAD
        tiles, accuracy = self.tiles.least_size(shape).height(), self._accuracy_height(shape)
        room = self.height() - 2 * _TOP - tiles - accuracy - 2 * _GAP
        verdict = self.verdict.fit(inner, room - self.rows.least_height())
        rows = min(self.rows.best_height(), max(room - verdict, self.rows.least_height()))
        self.rows.setGeometry(0, _TOP, width, rows)
        top = _TOP + rows + _GAP
        self.tiles.setGeometry(_PAD, top, inner, tiles)
        self.accuracy.setGeometry(_PAD, top + tiles + _GAP, inner, accuracy - _GAP)
        self.verdict.setVisible(not self.verdict.isHidden() and room - rows >= verdict)
        self.verdict.setGeometry(_PAD, top + tiles + accuracy + _GAP, inner + _LINK_PAD, verdict)
        self.sentence.setGeometry(_PAD, top, inner, self.sentence.heightForWidth(inner))

    def _place_side(self) -> None:
        tiles = max(_SIDE_TILES, self.tiles.least_size(Shape.FLAT).width())
        left = self.width() - tiles - 2 * _PAD
        room = self.height() - _TOP
        verdict = self.verdict.fit(left - _PAD, room - self.rows.least_height())
        rows = min(self.rows.best_height(), room - verdict)
        self.rows.setGeometry(0, 0, left + _PAD, rows)
        self.verdict.setGeometry(_PAD, rows, left - _PAD, verdict)
        height, accuracy = self._side_heights()
        self.tiles.setGeometry(left + _PAD, _TOP, tiles, height)
        self.accuracy.setGeometry(left + _PAD, _TOP + height + _GAP, tiles, accuracy)
        self.sentence.setGeometry(left + _PAD, _TOP, tiles, self.sentence.heightForWidth(tiles))

    def _side_heights(self) -> tuple[int, int]:
        """Of the three tiles beside the bars, and of the accuracy beneath them."""
        count = 3 if self._view.accuracy is None else 4
        height = min(self.height() - 2 * _GAP, count * ink().px(48))
        each = round((height - (count - 1) * _GAP) / count)
        return 3 * each + 2 * _GAP, each

    def _accuracy_height(self, shape: Shape) -> int:
        """What the accuracy takes with the gap above it; nothing where there is none."""
        return 0 if self._view.accuracy is None else self.accuracy.least_size(shape).height() + _GAP

    def _place_refusal(self) -> None:
        left = _PAD + ink().theme.size("icon") + 8
        width = max(min(self.width() - left - _PAD, ink().px(560)), 1)
        height = min(self.sentence.heightForWidth(width), self.height())
        top = min(_PAD, max(round((self.height() - height) / 2), 0))
        self.sentence.setGeometry(left, top, width, height)

    def _fits(self, form: Form) -> bool:
        least = self._least(form)
        return self.width() >= least.width() and self.height() >= least.height()

    def _least(self, form: Form) -> QSize:
        """The smallest size at which a form shows everything."""
        rows, tiles = self.rows.minimumSizeHint(), self.tiles.least_size(_SHAPES[form])
        accuracy = self._accuracy_height(_SHAPES[form])
        verdict = self.verdict.least_height()
        if form is Form.SIDE:
            height = max(rows.height() + verdict + _TOP, tiles.height() + accuracy + 2 * _GAP)
            return QSize(rows.width() + tiles.width() + 2 * _PAD, height)
        height = rows.height() + tiles.height() + accuracy + 2 * _TOP + 2 * _GAP + (verdict if form is Form.FULL else 0)
        return QSize(max(rows.width(), tiles.width() + 2 * _PAD), height)


_SHAPES = {Form.FULL: Shape.TALL, Form.SIDE: Shape.FLAT, Form.ROWS: Shape.LINE}
_FULLEST_FIRST = (Form.FULL, Form.SIDE, Form.ROWS)


def _skeleton(view: BudgetView) -> tuple[object, ...]:
    """What decides the layout, numbers aside."""
    rows = tuple(row.name for row in view.shown_rows)
    return rows, len(view.tiles), bool(view.verdict), view.refusal, view.empty, view.stale, view.accuracy is not None
