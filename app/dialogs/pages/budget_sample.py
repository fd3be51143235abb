"""A bar as the budget draws them, to show where the safe share lies."""

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import theme

_TOP = 1.3
_SHARE = 0.85
_BAR = 12


class BudgetSample(QWidget):
    """A made-up design at 85 % of its board, with the limit and the safe share."""

    def __init__(self) -> None:
        super().__init__()
        self._safe = 80
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_safe_share(self, percent: int) -> None:
        """Move the dashed line."""
        self._safe = percent
        past = ", past the safe share" if percent < 100 * _SHARE else ""
        self.setAccessibleName(f"Sample: 85 % of the board{past}")
        self.update()

    def sizeHint(self) -> QSize:
        """A bar, and a line of text beneath."""
        now = theme.current()
        return QSize(240, _BAR + 12 + now.line("caption"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bar, lines and labels."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(0, 4, self.width(), _BAR), now.color("bg.sunken"))
        painter.fillRect(QRectF(0, 4, self._at(_SHARE), _BAR), now.color("resource.LUT"))
        # A halo in the panel's colour keeps the dashes visible over the bar.
        self._line(painter, QPen(now.color("bg.panel"), 3.5), self._safe / 100)
        pen = QPen(now.color("text.primary"), 1.5)
        pen.setDashPattern([2, 2])
        self._line(painter, pen, self._safe / 100)
        self._line(painter, QPen(now.color("danger"), 1.5), 1.0)
        self._label(painter, now)

    def _label(self, painter: QPainter, now: theme.Theme) -> None:
        past = self._safe < 100 * _SHARE
        text = f"85 % is past the safe {self._safe} %" if past else f"85 % keeps to the safe {self._safe} %"
        painter.setFont(now.font("caption", 500))
        painter.setPen(now.color("warning" if past else "text.secondary"))
        painter.drawText(QRectF(0, _BAR + 10, self.width(), now.line("caption")), Qt.AlignmentFlag.AlignLeft, text)

    def _at(self, share: float) -> float:
        return round(self.width() * share / _TOP)

    def _line(self, painter: QPainter, pen: QPen, share: float) -> None:
        painter.setPen(pen)
        painter.drawLine(QLineF(self._at(share), 0, self._at(share), _BAR + 8))
