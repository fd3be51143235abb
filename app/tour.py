"""The tour: four steps over the window of an example, which stays in use meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtWidgets import QWidget

from app.main_window import MainWindow
from widgets.tour import Outline, TourCard

EXAMPLE = "jet_tagger"
_LAYER = "fc1"
_GAP = 8


@dataclass(frozen=True, slots=True)
class Step:
    """Words, and the part of the window they are about, which `part` brings to the front."""

    title: str
    text: str
    part: Callable[[MainWindow], QWidget]


def _canvas(window: MainWindow) -> QWidget:
    return window.panels.centre


def _inspector(window: MainWindow) -> QWidget:
    window.workspace.selection.set((_LAYER,))
    return window.docks.dock("inspector")


def _budget(window: MainWindow) -> QWidget:
    window.docks.show("budget")
    return window.docks.dock("budget")


def _toolbar(window: MainWindow) -> QWidget:
    return window.target_bar.parentWidget() or window.target_bar


STEPS = (
    Step(
        "A network, as hardware",
        "This network tells jets of particles apart. Each box is a layer that becomes a part of the chip; its figure "
        "says how much of the board it takes. Click one, or drag to move about.",
        _canvas,
    ),
    Step(
        "Change how a layer is built",
        "This is the layer fc1. Drag its reuse factor: each multiplier is used that many times, so there are fewer of "
        "them, and it takes longer. Fewer bits make everything smaller, at the price of accuracy.",
        _inspector,
    ),
    Step(
        "See what it costs",
        "The budget moves while you drag: look-up tables, DSP slices, memory, latency, and accuracy computed bit for "
        "bit. The marks are the board's limits. Ctrl+Z takes any change back.",
        _budget,
    ),
    Step(
        "Make hardware of it",
        "Convert writes the project for the tools of the chosen flow, now hls4ml with Vitis HLS. Choose “Open flow · "
        "Yosys” there instead, and the last button builds the hardware right here: nothing needs to be installed.",
        _toolbar,
    ),
)


class Tour(QObject):
    """Goes with its window; `start` may be called again."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.number = 0
        self._part: QWidget = window
        self.outline, self.card = Outline(window), TourCard(window)
        self.card.forward.connect(lambda: self._go(self.number + 1))
        self.card.back.connect(lambda: self._go(self.number - 1))
        self.card.left.connect(self.leave)
        # After the docks have been laid out for the window's new size.
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._place)
        self.leave()
        window.installEventFilter(self)

    def start(self) -> None:
        """Begin at the first step."""
        self._go(1)

    def leave(self) -> None:
        """Take card and outline away."""
        self.number = 0
        self.outline.hide()
        self.card.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay with the part when the window changes its size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.number:
            self._settled.start()
        return False

    def _go(self, number: int) -> None:
        if number > len(STEPS):
            self.leave()
            self._window.canvas.setFocus()
            return
        self.number = number
        step = STEPS[number - 1]
        self._part = step.part(self._window)
        self.card.show_step(step.title, step.text, number, len(STEPS))
        self._settled.start()

    def _place(self) -> None:
        if not self.number:
            return
        area = QRect(self._part.mapTo(self._window, QPoint(0, 0)), self._part.size())
        self.outline.put_around(area)
        self.card.put_at(_beside(area, self.card.outside(), self._window.rect()))
        self.card.raise_()


def _beside(area: QRect, size: QSize, window: QRect) -> QPoint:
    """Where a card stands that covers as little of the area as can be: left of it, above, off its lower right corner,
    below, else within.
    """
    width, height = size.width(), size.height()
    middle = QPoint(area.center().x() - width // 2, area.center().y() - height // 2)
    if area.left() >= width + _GAP:
        wanted = QPoint(area.left() - width - _GAP, middle.y())
    elif area.top() >= height + _GAP:
        wanted = QPoint(middle.x(), area.top() - height - _GAP)
    elif window.right() - area.right() >= width + _GAP:
        wanted = QPoint(area.right() + _GAP, area.bottom() + _GAP)
    elif window.bottom() - area.bottom() >= height + _GAP:
        wanted = QPoint(middle.x(), area.bottom() + _GAP)
    else:
        wanted = QPoint(area.right() - width - _GAP, area.bottom() - height - _GAP)
    return QPoint(
        min(max(wanted.x(), 0), max(window.width() - width, 0)),
        min(max(wanted.y(), 0), max(window.height() - height, 0)),
    )
