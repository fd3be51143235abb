"""A canvas on a window of the size of the design's pictures, driven with a real mouse."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from tests.widgets.canvas import networks
from widgets import theme
from widgets.canvas.model import Heat
from widgets.canvas.view import CanvasView

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Hand:
    """Mouse and keyboard on a canvas; places are layers or scene coordinates."""

    def __init__(self, view):
        self.view = view

    def px(self, place):
        """The pixel of the viewport at a layer's middle or at a place in the scene."""
        if isinstance(place, str):
            place = self.view.canvas.picture.layout.boxes[place].centre
        return self.view.viewportTransform().map(QPointF(*place)).toPoint()

    def port(self, node, output=True):
        """The place of a node's output or input."""
        box = self.view.canvas.picture.layout.boxes[node]
        return (box.right if output else box.x, box.centre[1])

    def at(self, place):
        """The same pixel in the window, through which all events go."""
        return self.view.viewport().mapTo(self.view.window(), self.px(place))

    @property
    def window(self):
        return self.view.window().windowHandle()

    def hover(self, place):
        self.move_to(place)

    def click(self, place, keys=NO_KEYS, button=LEFT):
        QTest.mouseClick(self.window, button, keys, self.at(place))

    def double_click(self, place):
        QTest.mouseDClick(self.window, LEFT, NO_KEYS, self.at(place))

    def press(self, place, button=LEFT, keys=NO_KEYS):
        QTest.mousePress(self.window, button, keys, self.at(place))

    def move_to(self, place):
        """Two moves: Qt drops one that ends where the pointer was in an earlier window."""
        goal = self.at(place)
        QTest.mouseMove(self.window, goal - QPoint(9, 7))
        QTest.mouseMove(self.window, goal)
        return goal

    def release(self, place, button=LEFT):
        QTest.mouseRelease(self.window, button, NO_KEYS, self.at(place))

    def drag(self, start, end, button=LEFT):
        """Press, move, release; the end is a pixel, whatever the drag does to what is there."""
        self.press(start, button)
        goal = self.move_to(end)
        QTest.mouseRelease(self.window, button, NO_KEYS, goal)

    def key(self, key, keys=NO_KEYS):
        QTest.keyClick(self.view, key, keys)


@pytest.fixture
def view(qtbot):
    """The digits network at 100 % in a window of 1322 by 602."""
    view = CanvasView()
    qtbot.addWidget(view)
    view.resize(1322, 602)
    view.set_heat(Heat("DSP", theme.current().color("resource.DSP").name()))
    view.show()
    qtbot.waitExposed(view)
    view.set_model(networks.digits_resnet())
    return view


@pytest.fixture
def hand(view):
    return Hand(view)
