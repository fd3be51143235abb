"""An example as a card: a picture of its layers, its size, and how full its board gets."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets import theme
from widgets.controls import draw_resource_mark
from widgets.welcome.model import ExampleView

_PICTURE = 92
_NODE = 26


class ExampleCard(QAbstractButton):
    """Click, Enter or Space opens it: `opened` carries the path."""

    opened = Signal(str)

    def __init__(self, example: ExampleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._example = example
        self.setAccessibleName(f"Example {example.title}, {example.line}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(lambda: self.opened.emit(example.path))

    def sizeHint(self) -> QSize:
        """Grows with the text."""
        now = theme.current()
        return QSize(300, _PICTURE + 28 + now.line("title") + 3 * (now.line("dense") + 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, picture and texts."""
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(now.color("line.control" if active else "line.default"), 1))
        painter.setBrush(now.color("bg.panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        picture = QRectF(8, 8, self.width() - 16, _PICTURE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("bg.canvas"))
        painter.drawRoundedRect(picture, 6, 6)
        self._paint_layers(painter, picture)
        self._paint_texts(painter)

    def _paint_layers(self, painter: QPainter, area: QRectF) -> None:
        now, groups = theme.current(), self._example.groups[:7]
        if not groups:
            return
        step = min(66.0, (area.width() - 48) / len(groups))
        left = area.center().x() - step * (len(groups) - 1) / 2 - _NODE / 2
        middle = area.center().y()
        painter.setPen(QPen(now.color("line.edge"), 1.5))
        first = left + _NODE / 2
        painter.drawLine(int(first), int(middle), int(first + step * (len(groups) - 1)), int(middle))
        for place, group in enumerate(groups):
            node = QRectF(left + place * step, middle - 10, _NODE, 20)
            painter.setPen(QPen(now.color("line.default"), 1))
            painter.setBrush(now.color("bg.node"))
            painter.drawRoundedRect(node, 4, 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color(f"kind.{group}"))
            painter.drawRoundedRect(QRectF(node.left() + 5, node.center().y() - 4, 8, 8), 2, 2)

    def _paint_texts(self, painter: QPainter) -> None:
        now, example = theme.current(), self._example
        top, width = _PICTURE + 18.0, self.width() - 32.0
        for text, role, weight, token in (
            (example.title, "title", 600, "text.primary"),
            (example.line, "dense", 400, "text.secondary"),
        ):
            painter.setFont(now.font(role, weight))
            painter.setPen(now.color(token))
            line = now.line(role)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QRectF(16, top, width, line), Qt.AlignmentFlag.AlignVCenter, shown)
            top += line + 4
        self._paint_share(painter, top + 2)

    def _paint_share(self, painter: QPainter, top: float) -> None:
        now, example = theme.current(), self._example
        if not example.resource:
            return
        line = now.line("dense")
        name = "BRAM" if example.resource == "BRAM18" else example.resource
        draw_resource_mark(painter, QRectF(16, top + (line - 9) / 2, 9, 9), name)
        painter.setFont(now.font("dense", 600))
        painter.setPen(now.color("text.primary"))
        painter.drawText(QRectF(32, top, 60, line), Qt.AlignmentFlag.AlignVCenter, name)
        verdict = f"{100 * example.share:.0f} % · {'fits' if example.share <= 1 else 'too large'}"
        text_width = painter.fontMetrics().horizontalAdvance(verdict) + 4
        bar = QRectF(76, top + line / 2 - 4, self.width() - 76 - 28 - text_width, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("bg.sunken"))
        painter.drawRoundedRect(bar, 4, 4)
        painter.setBrush(now.color(f"resource.{name}"))
        filled = min(example.share, 1.08) / 1.08 * bar.width()
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(filled, 4), 8), 4, 4)
        limit = bar.left() + bar.width() / 1.08
        painter.setPen(QPen(now.color("danger"), 2))
        painter.drawLine(int(limit), int(bar.top() - 4), int(limit), int(bar.bottom() + 4))
        painter.setPen(now.color("danger" if example.share > 1 else "text.secondary"))
        right = QRectF(self.width() - 16 - text_width, top, text_width, line)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, verdict)
        painter.setFont(now.font("dense"))
        painter.setPen(now.color("text.secondary"))
        painter.drawText(QRectF(16, top + line + 4, 280, line), Qt.AlignmentFlag.AlignVCenter, example.board)
