"""Paints nodes near enough to be read, by copying their kept faces into place."""

from time import perf_counter

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap, QTransform

from widgets.canvas.facecache import PLAIN, FaceCache
from widgets.canvas.faces import MARGIN
from widgets.canvas.geometry import Rect
from widgets.canvas.marks import Marks
from widgets.canvas.picture import Picture

_BUDGET = 0.006
"""After so many seconds of drawing faces, those of the zoom before are stretched, to be redrawn next time."""


def paint_near(
    painter: QPainter, picture: Picture, faces: FaceCache, marks: Marks, world: QTransform, region: Rect, full: bool
) -> bool:
    """Draw what touches `region`; returns whether all of it is as sharp as it should be."""
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    unit, dx, dy = world.m11(), world.dx(), world.dy()
    ready = faces.at(unit, full, ratio)
    boxes, nodes, names = picture.layout.boxes, picture.nodes, picture.content.short_names
    special, deadline, sharp = marks.special, perf_counter() + _BUDGET, True
    for key in picture.places.nodes_in(region):
        box = boxes[key]
        x, y = round((box.x * unit + dx) * ratio) / ratio, round((box.y * unit + dy) * ratio) / ratio
        plain = special is not None and key not in special
        face = ready.get(key) if plain else None
        if face is None:
            width, height = round(box.w * unit * ratio) / ratio, round(box.h * unit * ratio) / ratio
            old = faces.earlier(key) if plain and perf_counter() > deadline else None
            if old is not None:
                _stretch(painter, old, QRectF(x, y, width, height))
                sharp = False
                continue
            face = faces.face(nodes[key], names[key], width, height, PLAIN if plain else marks.state(key))
        painter.drawPixmap(QPointF(x - MARGIN, y - MARGIN), face)
    return sharp


def _stretch(painter: QPainter, face: QPixmap, body: QRectF) -> None:
    size = face.deviceIndependentSize()
    across = body.width() / (size.width() - 2 * MARGIN)
    down = body.height() / (size.height() - 2 * MARGIN)
    place = body.adjusted(-MARGIN * across, -MARGIN * down, MARGIN * across, MARGIN * down)
    painter.drawPixmap(place, face, QRectF(face.rect()))
