"""Fonts, measures and colours of the theme kept ready for painting, and the strokes every view here shares."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText, QTransform

from widgets import theme

THEME_NAMES = {"BRAM18": "BRAM"}
"""Resources whose name in the theme differs from the engine's."""
_MOST_TEXTS = 4096


class Type(NamedTuple):
    """A way to write: role of the type scale and weight."""

    role: str = "body"
    weight: int = 400


NAME = Type("body", 600)
NUMBER = Type("body")
STRONG = Type("body", 600)
DENSE = Type("dense")
CAPTION = Type("caption")
CAPTION_STRONG = Type("caption", 600)
FIGURE = Type("figure", 600)


class Ink:
    """Colours, fonts and measures of one theme, each made once."""

    def __init__(self, now: theme.Theme) -> None:
        self.theme = now
        self._colours: dict[str, QColor] = {}
        self._mixed: dict[tuple[str, str, float], QColor] = {}
        self._fonts: dict[Type, QFont] = {}
        self._metrics: dict[Type, QFontMetricsF] = {}
        self._widths: dict[tuple[Type, str], float] = {}
        self._texts: dict[tuple[Type, str], QStaticText] = {}

    def colour(self, token: str) -> QColor:
        """Colour of a token."""
        known = self._colours.get(token)
        if known is None:
            known = self._colours[token] = self.theme.color(token)
        return known

    def mixed(self, ground: str, token: str, share: float) -> QColor:
        """Opaque tint of `token` on `ground`."""
        known = self._mixed.get((ground, token, share))
        if known is None:
            known = self._mixed[ground, token, share] = self.theme.mixed(ground, token, share)
        return known

    def font(self, kind: Type) -> QFont:
        """Font of a way to write."""
        known = self._fonts.get(kind)
        if known is None:
            known = self._fonts[kind] = self.theme.font(*kind)
        return known

    def metrics(self, kind: Type) -> QFontMetricsF:
        """Measures of a way to write."""
        known = self._metrics.get(kind)
        if known is None:
            known = self._metrics[kind] = QFontMetricsF(self.font(kind))
        return known

    def width(self, text: str, kind: Type) -> float:
        """Width of a line, px."""
        known = self._widths.get((kind, text))
        if known is None:
            if len(self._widths) > _MOST_TEXTS:
                self._widths.clear()
            known = self._widths[kind, text] = self.metrics(kind).horizontalAdvance(text)
        return known

    def laid_out(self, text: str, kind: Type) -> QStaticText:
        """A line with its glyphs chosen and placed, which is most of the work of drawing it."""
        known = self._texts.get((kind, text))
        if known is None:
            if len(self._texts) > _MOST_TEXTS:
                self._texts.clear()
            known = self._texts[kind, text] = QStaticText(text)
            known.setTextFormat(Qt.TextFormat.PlainText)
            known.prepare(QTransform(), self.font(kind))
        return known

    def elided(self, text: str, kind: Type, room: float) -> str:
        """A name that gives way in its middle."""
        if self.width(text, kind) <= room:
            return text
        return self.metrics(kind).elidedText(text, Qt.TextElideMode.ElideMiddle, max(room, 0))

    def elided_right(self, text: str, kind: Type, room: float) -> str:
        """A sentence that gives way at its end."""
        if self.width(text, kind) <= room:
            return text
        return self.metrics(kind).elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))

    def px(self, value: float) -> int:
        """A length that grows with the text."""
        return round(value * self.theme.text_scale)


def ink() -> Ink:
    """The inks of the theme in force."""
    now = theme.current()
    return _made(now.mode, now.text_scale)


@lru_cache(maxsize=4)
def _made(mode: theme.Mode, text_scale: float) -> Ink:
    return Ink(theme.make_theme(mode, text_scale))


@dataclass(frozen=True, slots=True)
class Pen:
    """A painter with its inks."""

    painter: QPainter
    ink: Ink

    def write(self, text: str, left: float, middle: float, kind: Type, token: str) -> None:
        """A line from `left`, its capitals centred on `middle`."""
        self.painter.setFont(self.ink.font(kind))
        self.painter.setPen(self.ink.colour(token))
        metrics = self.ink.metrics(kind)
        baseline = round(middle + metrics.capHeight() / 2)
        self.painter.drawStaticText(QPointF(left, baseline - metrics.ascent()), self.ink.laid_out(text, kind))

    def write_right(self, text: str, right: float, middle: float, kind: Type, token: str) -> None:
        """A line that ends at `right`."""
        self.write(text, right - self.ink.width(text, kind), middle, kind, token)

    def box(self, rect: QRectF, radius: float, fill: QColor) -> None:
        """A filled rounded rectangle."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(fill)
        self.painter.drawRoundedRect(rect, radius, radius)

    def frame(self, rect: QRectF, radius: float, token: str, width: float = 1.0) -> None:
        """An outline that lies inside `rect`."""
        inset = width / 2
        self.painter.setPen(self._stroke(token, width))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)

    def line(self, start: QPointF, end: QPointF, token: str, width: float = 1.0, dash: tuple[float, ...] = ()) -> None:
        """A straight line; `dash` in multiples of the width."""
        pen = self._stroke(token, width)
        if dash:
            pen.setDashPattern(list(dash))
        self.painter.setPen(pen)
        self.painter.drawLine(start, end)

    def _stroke(self, token: str, width: float) -> QPen:
        pen = QPen(self.ink.colour(token), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen


def resource_token(name: str) -> str:
    """Colour token of a resource of the engine."""
    return f"resource.{THEME_NAMES.get(name, name)}"


def begin(painter: QPainter) -> Pen:
    """A pen for a painter, smooth, in the theme in force."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return Pen(painter, ink())
