"""Writes the network to a file, as pixels or as scalable graphics, in the colours on screen."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtSvg import QSvgGenerator

from widgets.canvas.faces import Detail, State, paint_face
from widgets.canvas.framepaint import paint_frames, paint_titles
from widgets.canvas.geometry import Rect
from widgets.canvas.look import Look
from widgets.canvas.paths import qrect
from widgets.canvas.pen import Pen
from widgets.canvas.picture import Picture
from widgets.canvas.wires import Wires, paint_label

_MARGIN = 32.0
_LARGEST_SIDE = 16_000
_CSS_PX_PER_INCH = 96


def draw_image(picture: Picture, look: Look, scale: float) -> QImage:
    """The network as pixels; `scale` px per px at 100 %, less for networks beyond 16,000 px. ValueError where memory
    has no room for it.
    """
    area = _area(picture)
    scale = min(scale, _LARGEST_SIDE / max(area.w, area.h))
    # Opaque, which is written in two thirds of the time.
    image = QImage(max(round(area.w * scale), 1), max(round(area.h * scale), 1), QImage.Format.Format_RGB32)
    if image.isNull():
        raise ValueError("The picture of the network does not fit into memory.")
    image.fill(look.colour("bg.canvas"))
    painter = QPainter(image)
    painter.scale(scale, scale)
    _paint(painter, picture, look, area)
    painter.end()
    return image


def write_svg(picture: Picture, look: Look, path: Path) -> None:
    """Write an SVG in px at 100 %. OSError if it fails."""
    area = _area(picture)
    drawn = QBuffer()
    svg = QSvgGenerator()
    svg.setOutputDevice(drawn)
    svg.setResolution(_CSS_PX_PER_INCH)
    svg.setSize(QSize(round(area.w), round(area.h)))
    svg.setViewBox(QRectF(0, 0, area.w, area.h))
    svg.setTitle("Network")
    painter = QPainter(svg)
    painter.fillRect(QRectF(0, 0, area.w, area.h), look.colour("bg.canvas"))
    _paint(painter, picture, look, area)
    painter.end()
    text = bytes(drawn.data().data()).decode()
    # Qt's name for its generic family means nothing to other programs.
    path.write_text(text.replace("Sans Serif", "sans-serif"), encoding="utf-8")


def _area(picture: Picture) -> Rect:
    return picture.layout.bounds.grown(_MARGIN, _MARGIN, _MARGIN, _MARGIN)


def _paint(painter: QPainter, picture: Picture, look: Look, area: Rect) -> None:
    """Everything at full detail, wherever the view is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = 1.5 * painter.transform().m11()
    painter.translate(-area.x, -area.y)
    look = Look(look.theme, look.heat, look.full, sharp=True)
    wires = Wires(picture)
    paint_frames(painter, look, picture.layout, area)
    wires.paint(painter, look, area, stroke)
    pen = Pen(painter, look)
    paint_titles(pen, picture, QTransform(), area, "full")
    for label in wires.labels(area):
        paint_label(pen, label, QPointF(*label.at), 1.0, wires.ground_at(label.at))
    for node in picture.shown.nodes:
        box = qrect(picture.layout.boxes[node.id])
        paint_face(painter, look, node, box, Detail(1.0, True, node.title), State())
