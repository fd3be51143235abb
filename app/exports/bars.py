"""Bars of the budget as pictures on paper: light colours, the resource's mark, limit, safe share and interval."""

from math import isfinite

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from engine.estimate import Quantity
from widgets.controls.painting import draw_hatch, draw_mark
from widgets.theme import Theme, make_theme

WIDTH, HEIGHT = 200, 16
"""Size of a bar in px at 100 %."""
MARK = 10
TOP = 1.3
"""Where the axis ends, as a share of the board."""
_DENSITY = 4
_BAR = 10


def mark_image(resource: str) -> QImage:
    """The shape that stands for a resource, MARK px wide."""
    paper = make_theme("light")
    canvas = _Canvas(MARK, MARK)
    colour = paper.color(f"resource.{resource}")
    draw_mark(canvas.painter, QRectF(0.5, 0.5, MARK - 1, MARK - 1), paper.resource_mark(resource), colour)
    return canvas.finished()


def bar_image(resource: str, used: Quantity, available: int, safe_share: float) -> QImage:
    """How much of `available` pieces is used, on an axis from 0 to TOP; what is beyond the limit is hatched."""
    paper = make_theme("light")
    canvas = _Canvas(WIDTH, HEIGHT)
    top = (HEIGHT - _BAR) / 2
    painter = canvas.painter
    painter.fillRect(QRectF(0, top, WIDTH, _BAR), paper.color("bg.sunken"))
    end, limit = _at(used.value, available), _at(available, available)
    painter.fillRect(QRectF(0, top, min(end, limit), _BAR), paper.color(f"resource.{resource}"))
    if end > limit:
        _paint_excess(painter, paper, QRectF(limit, top, end - limit, _BAR))
    if not used.exact:
        _paint_interval(painter, paper, _at(used.low, available), _at(used.high, available))
    _paint_line(painter, _at(safe_share * available, available), paper.color("text.secondary"), dashed=True)
    _paint_line(painter, limit, paper.color("danger"), dashed=False)
    return canvas.finished()


class _Canvas:
    """A transparent picture at the density of print."""

    def __init__(self, width: int, height: int) -> None:
        self._image = QImage(width * _DENSITY, height * _DENSITY, QImage.Format.Format_ARGB32_Premultiplied)
        self._image.fill(Qt.GlobalColor.transparent)
        self.painter = QPainter(self._image)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.scale(_DENSITY, _DENSITY)

    def finished(self) -> QImage:
        """The picture, with nothing more to be painted."""
        self.painter.end()
        return self._image


def _at(value: float, available: int) -> float:
    """Place of a number of pieces on the axis, px; never beyond its end."""
    share = value / available if available else TOP
    return WIDTH * min(max(share, 0.0), TOP) / TOP if isfinite(share) else float(WIDTH)


def _paint_excess(painter: QPainter, paper: Theme, rect: QRectF) -> None:
    danger = paper.color("danger")
    painter.fillRect(rect, paper.color("danger.soft"))
    draw_hatch(painter, rect, danger)
    painter.setPen(QPen(danger, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_interval(painter: QPainter, paper: Theme, low: float, high: float) -> None:
    """The whisker, on a halo that keeps it visible over the bar."""
    middle = HEIGHT / 2
    lines = [
        QLineF(low, middle, high, middle),
        QLineF(low, middle - 3, low, middle + 3),
        QLineF(high, middle - 3, high, middle + 3),
    ]
    for colour, width in ((paper.color("bg.panel"), 3.0), (paper.color("text.primary"), 1.2)):
        painter.setPen(QPen(colour, width))
        painter.drawLines(lines)


def _paint_line(painter: QPainter, at: float, colour: QColor, dashed: bool) -> None:
    pen = QPen(colour, 1.2)
    if dashed:
        pen.setDashPattern([2, 2])
    painter.setPen(pen)
    painter.drawLine(QLineF(at, 0, at, HEIGHT))
