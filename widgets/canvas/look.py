"""Colours, fonts and icons of the canvas in the theme in force, kept ready for painting."""

from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPixmap, QStaticText, QTransform
from PySide6.QtSvg import QSvgRenderer

from widgets import theme
from widgets.canvas.heat import LARGEST, step_of
from widgets.canvas.model import Heat, NodeView
from widgets.theme.colour import Rgba, contrast, mix, parse_hex
from widgets.theme.svg import recoloured

_WIDTHS_KEPT = 4_000
_LINES_KEPT = 1_000
_ICONS_KEPT = 500


class Text(NamedTuple):
    """A way to write: size in px, weight, and whether figures and letters are of equal width."""

    px: int
    weight: int = 400
    mono: bool = False


class Look:
    """Everything painted takes its colours and fonts from here; replaced when theme or heat change."""

    def __init__(
        self, current: theme.Theme, heat: Heat | None = None, full: float = LARGEST, sharp: bool = False
    ) -> None:
        self.theme, self.heat, self.full = current, heat, full
        self.sharp = sharp
        """Whether icons are drawn as lines rather than pixels, for files that may be enlarged."""
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[Text, QFont] = {}
        self._metrics: dict[Text, QFontMetricsF] = {}
        self._caps: dict[Text, float] = {}
        self._widths: dict[tuple[str, Text], float] = {}
        self._lines: dict[tuple[str, Text], QStaticText] = {}
        self._icons: dict[tuple[str, str, int, float], QPixmap] = {}

    @property
    def text_scale(self) -> float:
        """How much larger than designed text is shown, 1 to 2."""
        return self.theme.text_scale

    @property
    def smallest(self) -> int:
        """Smallest text in px."""
        return self.theme.text_px("caption")

    def colour(self, name: str) -> QColor:
        """Colour of a token, such as `bg.node` or `kind.conv`."""
        known = self._colours.get(name)
        if known is None:
            known = self._colours[name] = self.theme.color(name)
        return known

    def faded(self, name: str, share: float) -> QColor:
        """Colour of a token, `share` opaque."""
        colour = QColor(self.colour(name))
        colour.setAlphaF(colour.alphaF() * share)
        return colour

    def font(self, text: Text) -> QFont:
        """Font for a way to write."""
        known = self._fonts.get(text)
        if known is None:
            known = self.theme.font("mono" if text.mono else "body", text.weight)
            known.setPixelSize(text.px)
            self._fonts[text] = known
        return known

    def metrics(self, text: Text) -> QFontMetricsF:
        """Measures of a way to write."""
        known = self._metrics.get(text)
        if known is None:
            known = self._metrics[text] = QFontMetricsF(self.font(text))
        return known

    def cap_height(self, text: Text) -> float:
        """Height of capital letters in px."""
        known = self._caps.get(text)
        if known is None:
            known = self._caps[text] = self.metrics(text).capHeight()
        return known

    def width(self, words: str, text: Text) -> float:
        """Width of a line of text in px."""
        key = (words, text)
        known = self._widths.get(key)
        if known is None:
            if len(self._widths) >= _WIDTHS_KEPT:
                self._widths.clear()
            known = self._widths[key] = self.metrics(text).horizontalAdvance(words)
        return known

    def line(self, words: str, text: Text) -> QStaticText:
        """A line of text that is measured once."""
        key = (words, text)
        known = self._lines.get(key)
        if known is None:
            if len(self._lines) >= _LINES_KEPT:
                self._lines.clear()
            known = self._lines[key] = QStaticText(words)
            known.setTextFormat(Qt.TextFormat.PlainText)
            known.prepare(QTransform(), self.font(text))
        return known

    def icon(self, name: str, group: str, token: str, size: float, ratio: float) -> QPixmap:
        """Icon of `size` logical px; a name without drawing shows the icon of its layer group."""
        drawn = name if name in theme.icon_names() else self.theme.kind_icon(group)
        pixels = max(round(size * ratio), 1)
        key = (drawn, token, pixels, ratio)
        known = self._icons.get(key)
        if known is None:
            if len(self._icons) >= _ICONS_KEPT:
                self._icons.clear()
            known = self._icons[key] = QPixmap(theme.icon_pixmap(drawn, token, QSize(pixels, pixels)))
            known.setDevicePixelRatio(ratio)
        return known

    def drawing(self, name: str, group: str, token: str) -> QSvgRenderer:
        """The lines of an icon."""
        drawn = name if name in theme.icon_names() else self.theme.kind_icon(group)
        text = recoloured(drawn, self.theme.rgba(token), self.theme.rgba("accent.on"))
        return QSvgRenderer(QByteArray(text.encode()))

    @cached_property
    def heat_steps(self) -> tuple[QColor, ...]:
        """Fills of the five heat steps, weakest first."""
        return tuple(QColor(*step) for step in self._heat_rgba)

    @cached_property
    def heat_ink(self) -> tuple[QColor, ...]:
        """What to write with upon each heat step."""
        inks = [Rgba(255, 255, 255), parse_hex("#10141A")]
        best = [max(inks, key=lambda ink: contrast(ink, fill)) for fill in self._heat_rgba]
        return tuple(QColor(*ink) for ink in best)

    @cached_property
    def _heat_rgba(self) -> list[Rgba]:
        ground = self.theme.rgba("bg.node")
        full = parse_hex(self.heat.colour) if self.heat is not None else ground
        return [mix(ground, full, share) for share in self.theme.tokens.heat.mix]

    @cached_property
    def heat_colour(self) -> QColor:
        """Colour of the chosen quantity."""
        return self.heat_steps[-1]

    def heat_step(self, node: NodeView) -> int | None:
        """Heat step of a node; None where nothing is chosen or the node has no share."""
        if self.heat is None or node.share is None:
            return None
        return step_of(node.share, self.full, self.theme.tokens.heat.bounds)
