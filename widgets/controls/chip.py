"""Chip: a short word or number on a tinted ground, such as `RF 72` or `1 running`."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets import theme
from widgets.controls.painted_label import PaintedLabel
from widgets.controls.painting import dashed_pen

# Tone -> colour tokens of ground and text.
TONES = {
    "neutral": ("bg.sunken", "text.primary"),
    "accent": ("accent.soft", "accent"),
    "danger": ("danger.soft", "danger"),
    "warning": ("warning.soft", "warning"),
    "ok": ("ok.soft", "ok"),
    "stale": ("bg.panel", "text.tertiary"),
}
_HEIGHT = 20


class Chip(PaintedLabel):
    """Text on a rounded ground, 20 px high; `mono` for types and shapes."""

    def __init__(self, text: str, tone: str = "neutral", mono: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._mono = mono
        self.set_tone(tone)

    def set_tone(self, tone: str) -> None:
        """Choose the colours: neutral, accent, danger, warning, ok, or stale, which is dashed."""
        self._ground, self._ink = TONES[tone]
        self._dashed = tone == "stale"
        self.update()

    def label_font(self) -> QFont:
        """12 px, medium."""
        return theme.current().font("mono" if self._mono else "dense", 500)

    def sizeHint(self) -> QSize:
        """Text and 7 px at either side."""
        height = max(round(_HEIGHT * theme.current().text_scale), theme.current().line("dense") + 4)
        return QSize(self.text_width(self.text()) + 14, height)

    def minimumSizeHint(self) -> QSize:
        """A chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and text."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(dashed_pen(now.color("line.control")) if self._dashed else Qt.PenStyle.NoPen)
        painter.setBrush(now.color(self._ground))
        inset = 0.5 if self._dashed else 0
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, now.radius("chip"), now.radius("chip"))
        painter.setPen(now.color(self._ink if self.isEnabled() else "text.disabled"))
        painter.setFont(self.label_font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
