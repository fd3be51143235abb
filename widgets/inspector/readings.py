"""Readings: label and value side by side, in one column or two; painted, so that a drag costs no layout."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets import theme
from widgets.inspector.drawn import LEFT, RIGHT, Drawn, draw_text, elided, scaled, speak, text_width
from widgets.inspector.model import Fact

_ROW = 20
_GAP = 8
_COLUMN_GAP = 16
_LABEL_ROOM = 40


class Readings(Drawn):
    """Rows of label and value. `columns` 2 fills rows from left to right; values are never cut, labels may be."""

    def __init__(self, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._facts: tuple[Fact, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is shown."""
        return self._facts

    def set_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show other rows; only another number of them changes the layout."""
        if facts == self._facts:
            return
        before, self._facts = self._facts, facts
        speak(self, "", ", ".join(f"{fact.label} {fact.value}" for fact in facts))
        if len(facts) != len(before):
            self.updateGeometry()
            self.update()
        for place, fact in enumerate(facts):
            if fact not in before:
                self.update(self._area(place).toAlignedRect())

    def sizeHint(self) -> QSize:
        """A row for each fact, or for each two."""
        rows = -(-len(self._facts) // self._columns)
        return QSize(self.minimumSizeHint().width(), rows * scaled(_ROW))

    def minimumSizeHint(self) -> QSize:
        """Values and the beginning of labels."""
        font = theme.current().font("dense", 500)
        widest = max((text_width(fact.value, font) for fact in self._facts), default=0)
        column = round(widest) + scaled(_LABEL_ROOM)
        rows = -(-len(self._facts) // self._columns)
        return QSize(self._columns * column + (self._columns - 1) * _COLUMN_GAP, rows * scaled(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the facts that have changed."""
        painter = QPainter(self)
        for place, fact in enumerate(self._facts):
            area = self._area(place)
            if event.region().intersects(area.toAlignedRect()):
                self._paint(painter, area, fact)

    def _area(self, place: int) -> QRectF:
        width = (self.width() - (self._columns - 1) * _COLUMN_GAP) / self._columns
        row, column = divmod(place, self._columns)
        return QRectF(column * (width + _COLUMN_GAP), row * scaled(_ROW), width, scaled(_ROW))

    def _paint(self, painter: QPainter, area: QRectF, fact: Fact) -> None:
        now = theme.current()
        bold, plain = now.font("dense", 500), now.font("dense")
        draw_text(painter, area, fact.value, bold, "text.primary", RIGHT)
        room = area.width() - text_width(fact.value, bold) - _GAP
        draw_text(painter, area, elided(fact.label, plain, room), plain, "text.secondary", LEFT)
