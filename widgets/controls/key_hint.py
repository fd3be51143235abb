"""KeyHint: the keys of a shortcut, each on its own ground, or joined in one."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets import theme
from widgets.controls.painted_label import PaintedLabel

_HEIGHT = 20
_PAD = 6
_GAP = 4


def key_names(shortcut: str) -> list[str]:
    """Keys of a shortcut such as `Ctrl+Shift+R` as this platform spells them."""
    native = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText) or shortcut
    if native == "+":
        return ["+"]
    if native.endswith("++"):
        return [*native[:-2].split("+"), "+"]
    return native.split("+")


class KeyHint(PaintedLabel):
    """Keys to press; `joined` puts them on one ground, as inside a field."""

    def __init__(self, shortcut: str, joined: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(" ".join(key_names(shortcut)), parent)
        keys = key_names(shortcut)
        self._caps = [" ".join(keys)] if joined else keys
        self.setAccessibleName(f"Shortcut {self.text()}")

    def label_font(self) -> QFont:
        """11 px, medium."""
        return theme.current().font("caption", 500)

    def sizeHint(self) -> QSize:
        """The caps and the gaps between them."""
        height = max(round(_HEIGHT * theme.current().text_scale), theme.current().line("caption") + 4)
        widths = [self._cap_width(cap, height) for cap in self._caps]
        return QSize(sum(widths) + _GAP * (len(widths) - 1), height)

    def minimumSizeHint(self) -> QSize:
        """Keys are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw one cap after the other."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.sizeHint().height()
        left, top = 0.0, (self.height() - height) / 2
        for cap in self._caps:
            rect = QRectF(left, top, self._cap_width(cap, height), height)
            self._paint_cap(painter, rect, cap)
            left = rect.right() + _GAP

    def _paint_cap(self, painter: QPainter, rect: QRectF, cap: str) -> None:
        now = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("bg.hover"))
        painter.drawRoundedRect(rect, now.radius("chip"), now.radius("chip"))
        painter.setPen(now.color("text.secondary"))
        painter.setFont(self.label_font())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, cap)

    def _cap_width(self, cap: str, height: int) -> int:
        return max(self.text_width(cap) + 2 * _PAD, height)
