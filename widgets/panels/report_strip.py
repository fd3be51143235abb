"""What a report said, quantity by quantity, against the estimate that was shown: a dot inside its interval."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import theme

_COLUMN = 84


@dataclass(frozen=True, slots=True)
class Reported:
    """One quantity of a report, and the estimate of the same design."""

    label: str
    value: float
    estimate: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether the report lies in the estimate's interval."""
        return self.low <= self.value <= self.high

    @property
    def difference(self) -> str:
        """Report against estimate, see `difference`."""
        return difference(self.value, self.estimate)


def difference(value: float, other: float) -> str:
    """A value against another: `−7 %`, `±0 %`, or `+12` where the other is nothing."""
    if value == other:
        return "±0 %"
    if not other:
        return f"+{value:,.0f}"
    return f"{100 * (value / other - 1):+.0f} %".replace("-", "−")


class ReportStrip(QWidget):
    """A column a quantity: name, value, the interval with its dot, the difference."""

    def __init__(self) -> None:
        super().__init__()
        self._figures: tuple[Reported, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_figures(self, figures: tuple[Reported, ...]) -> None:
        """Show these; nothing takes no room."""
        if figures != self._figures:
            self._figures = figures
            self.setVisible(bool(figures))
            spoken = [f"{each.label} {each.value:,.0f}, {each.difference}" for each in figures]
            self.setAccessibleName("Report against estimate: " + "; ".join(spoken))
            self.setToolTip("\n".join(_tip(each) for each in figures))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Three lines of text and the interval."""
        now = theme.current()
        height = now.line("caption") * 2 + now.line("section") + 14
        return QSize(_COLUMN * len(self._figures), height if self._figures else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all columns."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = min(_COLUMN, self.width() / max(len(self._figures), 1))
        for place, figure in enumerate(self._figures):
            self._paint_column(painter, figure, place * width, width - 8)

    def _paint_column(self, painter: QPainter, figure: Reported, left: float, width: float) -> None:
        now, top = theme.current(), 0.0
        tone = "text.secondary" if figure.inside else "warning"
        for text, role, weight, token in (
            (figure.label, "caption", 400, "text.secondary"),
            (f"{figure.value:,.0f}", "section", 600, "text.primary"),
        ):
            painter.setFont(now.font(role, weight))
            painter.setPen(now.color(token))
            painter.drawText(QRectF(left, top, width, now.line(role)), Qt.AlignmentFlag.AlignVCenter, text)
            top += now.line(role)
        self._paint_interval(painter, figure, QRectF(left, top + 2, width, 10))
        painter.setFont(now.font("caption"))
        painter.setPen(now.color(tone))
        below = QRectF(left, top + 14, width, now.line("caption"))
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, figure.difference)

    def _paint_interval(self, painter: QPainter, figure: Reported, area: QRectF) -> None:
        now = theme.current()
        low, high = min(figure.low, figure.value), max(figure.high, figure.value)
        span = (high - low) or 1.0

        def place(value: float) -> float:
            return area.left() + 4 + (value - low) / span * (area.width() - 8)

        middle = area.center().y()
        painter.setPen(QPen(now.color("line.default"), 1))
        painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
        painter.setPen(QPen(now.color("line.control"), 3))
        painter.drawLine(QPointF(place(figure.low), middle), QPointF(place(figure.high), middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("ok" if figure.inside else "warning"))
        painter.drawEllipse(QPointF(place(figure.value), middle), 4, 4)


def _tip(figure: Reported) -> str:
    return (
        f"{figure.label}: {figure.value:,.0f} reported, {figure.estimate:,.0f} estimated "
        f"({figure.low:,.0f} to {figure.high:,.0f})"
    )
