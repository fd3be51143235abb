"""What tests of the inspector share: a log of signals, drags with real mouse events."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


class Log(list):
    """Signals in the order in which they came, as (name, *arguments)."""

    def __init__(self, sender, *names):
        super().__init__()
        for name in names:
            getattr(sender, name).connect(lambda *arguments, name=name: self.append((name, *arguments)))

    @property
    def names(self):
        """Only the names."""
        return [entry[0] for entry in self]

    def last(self, name):
        """Arguments of the latest signal of a name."""
        return next(entry[1:] for entry in reversed(self) if entry[0] == name)


GESTURES = ("gesture_started", "gesture_finished", "gesture_cancelled")


class Mouse:
    """A mouse that holds a widget: positions are relative to `frame`, which does not move."""

    def __init__(self, widget, frame, at, modifier=Qt.KeyboardModifier.NoModifier):
        self._widget, self._frame, self._modifier = widget, frame, modifier
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, modifier, self._local(at))

    def to(self, x, y=None):
        """Move to a place, in two events."""
        place = QPoint(round(x), round(y if y is not None else self._last.y()))
        middle = (place + self._last) / 2
        for point in (middle, place):
            QTest.mouseMove(self._widget, self._local(point))
        return self

    def release(self):
        """Let go where it is."""
        QTest.mouseRelease(self._widget, Qt.MouseButton.LeftButton, self._modifier, self._local(self._last))

    def _local(self, point):
        self._last = QPoint(point)
        return self._widget.mapFromGlobal(self._frame.mapToGlobal(point))


def hold_key(widget, key, times, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key and hold it until it has repeated, then let go."""
    for number in range(times):
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifier, "", number > 0))
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyRelease, key, modifier))


def show(qtbot, widget, width=352, height=1000):
    """Show a widget as it stands in the window."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    return widget


def turn_wheel(widget):
    """Turn the wheel by one notch over the middle of a widget."""
    centre = QPointF(widget.rect().center())
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    down = QPoint(0, -120)
    place = widget.mapToGlobal(centre)
    wheel = QWheelEvent(centre, place, QPoint(), down, Qt.MouseButton.NoButton, none, phase, False)
    QApplication.sendEvent(widget, wheel)
