"""Paints what gestures show: ports, a wire being drawn, the place of a drop, the rubber band."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from widgets.canvas.look import Look
from widgets.canvas.marks import Marks, Preview
from widgets.canvas.paths import add_arrow, add_wire, line_pen, qrect
from widgets.canvas.pen import Pen
from widgets.canvas.picture import Picture
from widgets.canvas.routing import port_in, port_out
from widgets.canvas.wires import Wires

PORT = 8.0
PORT_GROWN = 12.0


def paint_ports(pen: Pen, picture: Picture, marks: Marks, world: QTransform) -> None:
    """Ports of the hovered and selected nodes, or of all that a wire may go to. The painter is in px."""
    layout, targets = picture.layout, marks.preview.targets
    if targets:
        for node, against in targets.items():
            if against is None and node in layout.boxes:
                box = layout.boxes[node]
                end = port_out(box, layout.direction) if marks.preview.outputs else port_in(box, layout.direction)
                _port(pen.painter, pen.look, world.map(QPointF(*end)), PORT_GROWN)
        return
    shown = marks.selected if len(marks.selected) <= 20 else frozenset()
    for node in sorted(shown | ({marks.hovered} if marks.hovered else set())):
        if node in layout.boxes and not picture.nodes[node].ghost:
            place = layout.boxes[node]
            if picture.nodes[node].inputs > 0:
                _port(pen.painter, pen.look, world.map(QPointF(*port_in(place, layout.direction))), PORT)
            _port(pen.painter, pen.look, world.map(QPointF(*port_out(place, layout.direction))), PORT)


def _port(painter: QPainter, look: Look, centre: QPointF, diameter: float) -> None:
    painter.setPen(QPen(look.colour("accent"), 2.0))
    painter.setBrush(look.colour("bg.node"))
    painter.drawEllipse(centre, diameter / 2, diameter / 2)


def paint_preview(pen: Pen, picture: Picture, wires: Wires, preview: Preview) -> None:
    """The rest of what a gesture shows. The painter is in scene coordinates."""
    painter, look = pen.painter, pen.look
    if preview.edge is not None:
        wires.paint_marked(painter, look, (preview.edge,), 3.0)
    if preview.wire:
        _paint_wire(painter, look, preview)
    if preview.drop is not None:
        painter.setPen(line_pen(painter, look.colour("accent"), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(look.faded("accent.soft", 0.7))
        painter.drawRoundedRect(qrect(preview.drop), 8, 8)
    if preview.band is not None:
        painter.setPen(line_pen(painter, look.colour("accent"), 1.0, Qt.PenStyle.SolidLine))
        painter.setBrush(look.faded("accent", 0.12))
        painter.drawRect(qrect(preview.band))


def _paint_wire(painter: QPainter, look: Look, preview: Preview) -> None:
    token = "line.control" if preview.refused else "accent"
    line, head = QPainterPath(), QPainterPath()
    add_wire(line, preview.wire)
    style = Qt.PenStyle.DashLine if preview.refused else Qt.PenStyle.SolidLine
    painter.setPen(line_pen(painter, look.colour(token), 2.0, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(line)
    add_arrow(head, preview.wire)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(token))
    painter.drawPath(head)
