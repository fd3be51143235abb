"""ProgressRing: how far a job is, in the square of an icon."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from widgets import theme

_STROKE = 2.0


class ProgressRing(QProgressBar):
    """A progress bar bent into a ring; value and range as in QProgressBar (0 to 100)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """An icon's square."""
        side = theme.current().size("icon")
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than an icon."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track, then the part done from twelve o'clock."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        ring = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        inset = _STROKE / 2 + 0.5
        ring.adjust(inset, inset, -inset, -inset)
        painter.setPen(QPen(now.color("line.default"), _STROKE))
        painter.drawEllipse(ring)
        span = self.maximum() - self.minimum()
        done = (self.value() - self.minimum()) / span if span > 0 else 0.0
        pen = QPen(now.color("accent"), _STROKE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(ring, 90 * 16, -round(done * 360 * 16))
