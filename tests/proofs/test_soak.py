"""10,000 real drags with paints: memory and the reference count of None stay level."""

import gc
import sys

import psutil
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QApplication

from engine.design import REUSE_FACTOR
from tests.end_to_end.conftest import open_window, studio
from tests.end_to_end.hand import CanvasHand, SliderHand

DRAGS, WARM = 10_000, 500
GROWTH = 20e6
NONES = 200
"""References to None that may come and go; a leak of one for each drag would be 10,000."""
STEPS = 3
IMMORTAL = sys.version_info >= (3, 12)

pytestmark = pytest.mark.proof
__all__ = ["open_window", "studio"]


@pytest.fixture
def window(open_window):
    window = open_window("digits_resnet")
    CanvasHand(window).click_layer("stem")
    return window


def test_memory_stays_level_over_10000_drags(window):
    slider = SliderHand(window)
    drag_often(window, slider, WARM)
    memory, nones = measured()
    drag_often(window, slider, DRAGS)
    memory_after, nones_after = measured()
    assert memory_after - memory <= GROWTH, f"grew by {(memory_after - memory) / 1e6:.1f} MB"
    grown = nones_after - nones - DRAGS * left_by_a_bare_push()
    assert IMMORTAL or abs(grown) <= NONES, f"{grown} references to None more than Qt's own undo stack leaves"


def left_by_a_bare_push(times=1_000):
    """References to None that PySide's `QUndoStack.push` never gives back, by itself: one a command in 6.11."""
    stack = QUndoStack()
    before = measured()[1]
    for _ in range(times):
        stack.push(_Step())
    return round((measured()[1] - before) / times)


class _Step(QUndoCommand):
    def redo(self):
        """Change nothing."""


def drag_often(window, slider, times):
    """Drag to and fro; each drag moves over some legal values, is painted at each, and is one undo step."""
    document, track = window.workspace.document, slider.track
    paints = Paints(window.panels.budget.rows)
    limit = document.undo_stack.count() + times
    for number in range(times):
        place = track.view.legal.index(track.view.value)
        step = 1 if number // 4 % 2 == 0 else -1
        slider.press(track, slider.at(place))
        for way in range(1, STEPS + 1):
            slider.move(track, slider.at(place + step * way))
        slider.release(track, slider.at(place + step * STEPS))
    paints.stop()
    assert paints.count >= STEPS * times
    assert document.undo_stack.count() == limit
    assert window.workspace.document.design.of_layer("stem").get(REUSE_FACTOR) == track.view.value
    QApplication.processEvents()


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__()
        self.count, self._widget = 0, widget
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False

    def stop(self):
        self._widget.removeEventFilter(self)


def measured():
    """Resident bytes, and references to None that no object holds: a step of the history may have some of its own."""
    gc.collect()
    held = sum(each is None for holder in gc.get_referrers(None) for each in gc.get_referents(holder))
    return psutil.Process().memory_info().rss, sys.getrefcount(None) - held
