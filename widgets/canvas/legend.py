"""The legend of the heat: which quantity, its five steps, and what the last one means."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from widgets import theme
from widgets.canvas.heat import LARGEST
from widgets.canvas.look import Look, Text
from widgets.canvas.panel import FloatingPanel
from widgets.canvas.pen import Pen

_SWATCH = 14.0
_HEIGHT = 10.0
_PAD = 10.0


class HeatLegend(FloatingPanel):
    """Shows the steps of a look."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = Look(theme.current())
        self._groups: tuple[str, ...] = ()

    def show_look(self, look: Look, groups: tuple[str, ...]) -> None:
        """Explain a look; `groups` are the layer groups told by their outlines, when seen from far."""
        if (look, groups) == (self._look, self._groups):
            return
        self._look, self._groups = look, groups
        if look.heat is not None:
            self.setAccessibleName(f"{self._words()}: from nothing to {self._end()}")
        self.resize(self.sizeHint())
        self.update()

    def _words(self) -> str:
        return f"{self._look.heat.name} share of the design" if self._look.heat is not None else ""

    def _end(self) -> str:
        full = self._look.full
        if full >= LARGEST:
            return "50 %"
        last = self._look.theme.tokens.heat.bounds[-1] * full / LARGEST
        return f"{last * 100:g} % and more"

    def _text(self) -> Text:
        return Text(self._look.theme.text_px("dense"), 500)

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        look, text = self._look, self._text()
        width = 2 * _PAD + look.width(self._words(), text) + 8 + 5 * _SWATCH + 6 + look.width(self._end(), text)
        for group in self._groups:
            width += 16 + 16 + look.width(look.theme.kind_label(group), text)
        return QSize(round(width) + 1, look.theme.line("dense") + 10)

    def paint(self, painter: QPainter) -> None:
        """Words, steps, end, and the groups."""
        pen, text = Pen(painter, self._look), self._text()
        middle = self.height() / 2
        pen.write(self._words(), _PAD, middle, text, "text.primary")
        x = _PAD + self._look.width(self._words(), text) + 8
        for colour in self._look.heat_steps:
            painter.fillRect(QRectF(x, middle - _HEIGHT / 2, _SWATCH, _HEIGHT), colour)
            x += _SWATCH
        pen.write(self._end(), x + 6, middle, text, "text.primary")
        x += 6 + self._look.width(self._end(), text)
        for group in self._groups:
            self._paint_group(pen, group, QPointF(x + 16, middle))
            x += 32 + self._look.width(self._look.theme.kind_label(group), text)

    def _paint_group(self, pen: Pen, group: str, at: QPointF) -> None:
        mark = QRectF(at.x(), at.y() - 5, 10, 10)
        pen.ring(mark, 5 if group == "merge" else 3, f"kind.{group}", 1.6)
        pen.write(self._look.theme.kind_label(group), at.x() + 16, at.y(), self._text(), "text.secondary")
