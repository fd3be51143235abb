"""Mouse and keyboard of a person, sent to the window itself: Qt finds the widget under the pointer, as it does live."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
COPY = Qt.DropAction.CopyAction


class Hand:
    """Points are QPoints of a widget; without one, a widget's middle."""

    def __init__(self, window):
        self.window = window
        self._held = None

    def press(self, widget, at=None, keys=NO_KEYS):
        """Hold the left button down."""
        handle, place = self._place(widget, at)
        QTest.mousePress(handle, LEFT, keys, place)
        self._held = widget

    def move(self, widget, at=None):
        """Two moves: Qt drops one that ends where the pointer was before."""
        handle, place = self._place(widget, at)
        QTest.mouseMove(handle, place - QPoint(3, 2))
        QTest.mouseMove(handle, place)

    def release(self, widget, at=None, keys=NO_KEYS):
        """Let go of the left button."""
        self._held = None
        handle, place = self._place(widget, at)
        QTest.mouseRelease(handle, LEFT, keys, place)

    def let_go(self):
        """Leave no button down for the next test, however this one ends."""
        if self._held is not None:
            self.release(self._held)

    def click(self, widget, at=None, keys=NO_KEYS):
        """Press and release."""
        self.press(widget, at, keys)
        self.release(widget, at, keys)

    def drag(self, widget, start, end, keys=NO_KEYS):
        """Press, move, release."""
        self.press(widget, start, keys)
        self.move(widget, end)
        self.release(widget, end, keys)

    def key(self, key, keys=NO_KEYS):
        """Strike a key where the keyboard is."""
        QTest.keyClick(self._keyboard(), key, keys)

    def type(self, text):
        """Type text where the keyboard is."""
        for letter in text:
            QTest.keyClick(self._keyboard(), letter)

    def drop(self, widget, at, data):
        """Bring something in from elsewhere and let it fall; returns whether it was taken."""
        rest = (COPY, data, LEFT, NO_KEYS)
        entered = QDragEnterEvent(at, *rest)
        QApplication.sendEvent(widget, entered)
        if not entered.isAccepted():
            return False
        QApplication.sendEvent(widget, QDragMoveEvent(at, *rest))
        dropped = QDropEvent(QPointF(at), *rest)
        QApplication.sendEvent(widget, dropped)
        return dropped.isAccepted()

    def _place(self, widget, at):
        top = widget.window()
        return top.windowHandle(), widget.mapTo(top, widget.rect().center() if at is None else at)

    def _keyboard(self):
        return (QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window).windowHandle()


class CanvasHand(Hand):
    """The same on the canvas, where places are names of layers or points of the scene."""

    @property
    def view(self):
        return self.window.canvas

    def box(self, layer):
        """Where a layer stands, in the scene."""
        return self.view.canvas.picture.layout.boxes[layer]

    def px(self, place):
        """The pixel of the viewport at a layer's middle or a point of the scene."""
        scene = self.box(place).centre if isinstance(place, str) else place
        return self.view.viewportTransform().map(QPointF(*scene)).toPoint()

    def output(self, layer):
        """A layer's output port."""
        box = self.box(layer)
        return (box.right - 2, box.centre[1])

    def click_layer(self, layer, keys=NO_KEYS):
        self.click(self.view.viewport(), self.px(layer), keys)

    def hover_layer(self, place):
        self.move(self.view.viewport(), self.px(place))

    def draw_wire(self, source, place, then="release"):
        """From a layer's output to a place; `then` 'hold' keeps the button down."""
        viewport = self.view.viewport()
        self.hover_layer(source)
        self.hover_layer(self.output(source))
        self.press(viewport, self.px(self.output(source)))
        self.hover_layer(place)
        if then == "release":
            self.release(viewport, self.px(place))


class SliderHand(Hand):
    """The same on the inspector's slider of reuse factors."""

    @property
    def track(self):
        return self.window.inspector.reuse.track

    def at(self, place):
        """The point of a legal value, by its place among them."""
        axis, last = self.track.axis(), self.track.axis().last
        return QPoint(round(axis.x(place % (last + 1))), self.track.height() - 30)

    def grip(self):
        """Take hold of the thumb; returns its place."""
        track = self.track
        place = track.view.legal.index(track.view.value)
        self.press(track, self.at(place))
        return place


def file_data(*paths):
    """What a file manager drags."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data
