"""What an empty canvas shows: where the first layer goes, and networks to start from."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from widgets import theme
from widgets.canvas import metrics
from widgets.canvas.drops import layer_kind
from widgets.canvas.faces import Detail, State, paint_face
from widgets.canvas.look import Look
from widgets.canvas.model import NodeView
from widgets.canvas.paths import add_arrow
from widgets.canvas.pen import Pen
from widgets.controls import clear

_GAP = 44
_HINT = "You can also drop .h5, .keras, .onnx or .json anywhere in this window."


@dataclass(frozen=True, slots=True)
class StartAction:
    """A way to begin: what `start_requested` carries, the words on the button, and an icon."""

    id: str
    text: str
    icon: str


class EmptyCanvas(QWidget):
    """The first steps. Emits `add_requested`, `layer_dropped` with a kind, `start_requested` with an id."""

    add_requested = Signal()
    start_requested = Signal(str)
    input_clicked = Signal()
    layer_dropped = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # A scroll area does not pass on what is dropped on widgets that float over it.
        self.setAcceptDrops(True)
        self.sketch = _Sketch(self)
        self.sketch.clicked.connect(self.add_requested)
        self.sketch.input_clicked.connect(self.input_clicked)
        self._heading = QLabel("Or start from something that works", self)
        self._heading.setProperty("type", "section")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        self._hint = QLabel(_HINT, self)
        self._hint.setProperty("tone", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.sketch, self._heading):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.insertSpacing(1, 20)
        column.addLayout(self._buttons)
        column.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignHCenter)
        self.set_actions(())

    def set_actions(self, actions: Iterable[StartAction]) -> None:
        """Offer these ways to begin."""
        clear(self._buttons)
        actions = tuple(actions)
        self._buttons.addStretch(1)
        for action in actions:
            button = QPushButton(theme.icon(action.icon, "text.primary"), action.text, self)
            button.setMinimumSize(152, 32)
            button.clicked.connect(lambda _checked=False, key=action.id: self.start_requested.emit(key))
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._heading.setVisible(bool(actions))
        self._hint.setVisible(bool(actions))
        self.adjustSize()

    def set_input(self, node: NodeView | None) -> None:
        """Show the input that the network has already, if any."""
        self.sketch.set_input(node)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take layers from the palette; files go to the window."""
        event.setAccepted(layer_kind(event.mimeData()) is not None)

    def dropEvent(self, event: QDropEvent) -> None:
        """The first layer."""
        kind = layer_kind(event.mimeData())
        if kind is not None:
            self.layer_dropped.emit(kind)
            event.acceptProposedAction()


class _Sketch(QAbstractButton):
    """Input, the place of the first layer, output; a press on the place adds it."""

    input_clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Add the first layer")
        self.setAccessibleDescription("press A, or drag one here")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("focusRing", False)
        self._input: NodeView | None = None

    def set_input(self, node: NodeView | None) -> None:
        """Show this input."""
        self._input = node
        self.update()

    def sizeHint(self) -> QSize:
        """Two pills, a card and the gaps between."""
        scale = theme.current().text_scale
        width = metrics.CARD[0] + 2 * (metrics.PILL[0] + _GAP) + 4
        return QSize(round(width * scale), round((metrics.CARD[1] + 4) * scale))

    def hitButton(self, pos: QPoint) -> bool:
        """Only the card in the middle is a button."""
        scale = theme.current().text_scale
        return abs(pos.x() - self.width() / 2) <= metrics.CARD[0] * scale / 2

    def mousePressEvent(self, event: object) -> None:
        """A press on the input selects it."""
        super().mousePressEvent(event)  # type: ignore[arg-type]
        if self._input is not None and not self.isDown():
            self.input_clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the three places and the wires between them."""
        look = Look(theme.current())
        unit = look.text_scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = Pen(painter, look)
        middle = self.height() / 2
        card = QRectF(0, 0, metrics.CARD[0] * unit, metrics.CARD[1] * unit)
        card.moveCenter(QPointF(self.width() / 2, middle))
        pill = QRectF(0, 0, metrics.PILL[0] * unit, metrics.PILL[1] * unit)
        first, last = QRectF(pill), QRectF(pill)
        first.moveCenter(QPointF(2 + pill.width() / 2, middle))
        last.moveCenter(QPointF(self.width() - 2 - pill.width() / 2, middle))
        self._wire(painter, look, first.right(), card.left(), middle, "line.edge")
        self._wire(painter, look, card.right(), last.left(), middle, "line.default")
        self._place(pen, card, unit)
        if self._input is not None:
            paint_face(painter, look, self._input, first, Detail(unit, True, self._input.title), State())
        else:
            self._outline(pen, first, "Input", unit)
        self._outline(pen, last, "Output", unit)

    def _place(self, pen: Pen, card: QRectF, unit: float) -> None:
        painter, look = pen.painter, pen.look
        line = QPen(look.colour("accent"), 2.0 if self.underMouse() else 1.6)
        line.setDashPattern([4.0, 3.0])
        painter.setPen(line)
        painter.setBrush(look.colour("accent.soft" if self.isDown() else "bg.block"))
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 8, 8)
        centre = card.center()
        pen.icon("plus", "io", "accent", QPointF(centre.x(), card.top() + 36 * unit), 16 * unit)
        for words, y, text, token in (
            (self.accessibleName(), 58, pen.text(13 * unit, 600), "accent"),
            (self.accessibleDescription(), 76, pen.text(12 * unit), "text.primary"),
        ):
            pen.write(words, centre.x() - look.width(words, text) / 2, card.top() + y * unit, text, token)
        if self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            pen.ring(card.adjusted(-1, -1, 1, 1), 9, "focus", 2.0)

    def _outline(self, pen: Pen, rect: QRectF, words: str, unit: float) -> None:
        pen.box(rect, 8, "bg.block", "line.control", dashed=True)
        text = pen.text(12 * unit)
        pen.write(words, rect.center().x() - pen.look.width(words, text) / 2, rect.center().y(), text, "text.secondary")

    def _wire(self, painter: QPainter, look: Look, start: float, end: float, y: float, token: str) -> None:
        line = QPen(look.colour(token), 1.5)
        line.setDashPattern([4.0, 3.0])
        painter.setPen(line)
        painter.drawLine(QPointF(start, y), QPointF(end - 6, y))
        head = QPainterPath()
        add_arrow(head, ((start, y), (end, y)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(token))
        painter.drawPath(head)
