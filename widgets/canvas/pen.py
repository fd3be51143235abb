"""The strokes of which nodes are drawn, in logical px, with the colours of a look."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.canvas.look import Look, Text
from widgets.canvas.model import NodeView


@dataclass(frozen=True, slots=True)
class Pen:
    """A painter with a look."""

    painter: QPainter
    look: Look

    def text(self, px: float, weight: int = 400, mono: bool = False) -> Text:
        """Way to write at about `px`, never smaller than the smallest size."""
        return Text(max(round(px), self.look.smallest), weight, mono)

    def write(self, words: str, x: float, middle: float, text: Text, token: str, room: float | None = None) -> None:
        """Write a line from `x`, centred on height `middle`; what exceeds `room` px goes from its middle."""
        if room is not None and self.look.width(words, text) > room:
            words = self.look.metrics(text).elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        self.painter.setFont(self.look.font(text))
        self.painter.setPen(self.look.colour(token))
        self.painter.drawText(QPointF(x, middle + self.look.cap_height(text) / 2), words)

    def write_right(self, words: str, right: float, middle: float, text: Text, token: str) -> None:
        """Write a line that ends at `right`."""
        self.write(words, right - self.look.width(words, text), middle, text, token)

    def box(self, rect: QRectF, radius: float, fill: str, line: str | None = None, dashed: bool = False) -> None:
        """A rounded rectangle, with a hairline inside its edge if `line` is given."""
        self.painter.setBrush(self.look.colour(fill))
        if line is None:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.drawRoundedRect(rect, radius, radius)
            return
        pen = QPen(self.look.colour(line), 1.0)
        if dashed:
            pen.setDashPattern([4.0, 3.0])
        self.painter.setPen(pen)
        self.painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def ring(self, rect: QRectF, radius: float, token: str, width: float) -> None:
        """An outline centred on the edge of `rect`."""
        self.painter.setPen(QPen(self.look.colour(token), width))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(rect, radius, radius)

    def shadow(self, rect: QRectF, radius: float) -> None:
        """The soft shadow under a node, in two strokes."""
        shadow = self.look.theme.shadow("node")
        red, green, blue, alpha = shadow.colour
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(red, green, blue, alpha // 2))
        for spread, drop in ((1.0, 1.0), (0.0, 2.0)):
            grown = rect.adjusted(-spread, -spread + drop, spread, spread + drop)
            self.painter.drawRoundedRect(grown, radius + spread, radius + spread)

    def disc(self, centre: QPointF, radius: float, token: str) -> None:
        """A filled circle."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.look.colour(token))
        self.painter.drawEllipse(centre, radius, radius)

    def bar(self, rect: QRectF, share: float) -> None:
        """A bar on a trough, filled to `share` (0..1) but never less than a dot."""
        radius = rect.height() / 2
        self.box(rect, radius, "bg.sunken")
        if share > 0:
            filled = QRectF(rect)
            filled.setWidth(max(rect.width() * min(share, 1.0), rect.height()))
            self.painter.setBrush(self.look.heat_colour)
            self.painter.drawRoundedRect(filled, radius, radius)

    def icon(self, name: str, group: str, token: str, centre: QPointF, size: float) -> None:
        """An icon around `centre`."""
        if self.look.sharp:
            place = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
            self.look.drawing(name, group, token).render(self.painter, place)
            return
        device = self.painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        whole = max(round(size * ratio), 1) / ratio
        pixmap = self.look.icon(name, group, token, whole, ratio)
        corner = QPointF(
            round((centre.x() - whole / 2) * ratio) / ratio, round((centre.y() - whole / 2) * ratio) / ratio
        )
        self.painter.drawPixmap(corner, pixmap)

    def tile(self, node: NodeView, rect: QRectF, icon: float) -> None:
        """The icon of a layer on a square in a tint of its kind."""
        self.box(rect, rect.height() / 5, f"tile.{node.group}")
        self.icon(node.icon, node.group, f"kind.{node.group}", rect.center(), icon)
