"""The strip of edits: going back by mouse and keys, and labels that stay apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.widgets.budget.designs import edits
from widgets import theme
from widgets.budget import EditsStrip
from widgets.budget.edits_view import spread
from widgets.budget.editsplot import lay_plot
from widgets.budget.ink import ink

SHARES = [(0.9, 1.3), (0.85, 1.2), (0.8, 1.1), (0.77, 1.17)]


@pytest.fixture
def strip(qtbot, dressed):
    strip = EditsStrip()
    qtbot.addWidget(strip)
    strip.resize(484, 164)
    strip.set_view(edits(SHARES))
    strip.show()
    qtbot.waitExposed(strip)
    return strip


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_labels_never_touch_and_stay_in_order(wanted):
    heights = spread(wanted, 12, 0, 120)
    ranked = sorted(range(len(wanted)), key=lambda index: wanted[index])
    for above, below in pairwise(ranked):
        assert heights[below] - heights[above] >= 12 - 1e-9
    assert min(heights) >= -1e-9
    assert max(heights) <= 120 + 1e-9


def test_labels_with_room_stay_where_they_belong():
    assert spread([10, 50, 90], 12, 0, 120) == [10, 50, 90]
    assert spread([50, 50], 12, 0, 120) == [44, 56]


def test_a_click_on_a_dot_goes_to_its_step(strip, qtbot):
    with qtbot.waitSignal(strip.go_to) as gone:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.dot(1).toPoint())
    assert gone.args == [1]


def test_a_step_that_nobody_went_to_is_not_shown_as_current(strip, qtbot):
    for _ in range(2):
        with qtbot.waitSignal(strip.go_to) as gone:
            qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.dot(0).toPoint())
        assert gone.args == [0]
    assert strip.value() == 3


def test_keys_go_back_and_forth(strip, qtbot):
    gone = []

    def follow(index):
        gone.append(index)
        strip.set_view(edits(SHARES, index))

    strip.go_to.connect(follow)
    strip.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_End):
        qtbot.keyClick(strip, key)
    assert gone == [2, 1, 2, 0, 3]


def test_showing_a_view_goes_nowhere(strip, qtbot):
    with qtbot.assertNotEmitted(strip.go_to):
        strip.set_view(edits(SHARES, 1))
        strip.set_view(edits(SHARES[:2]))
    assert (strip.minimum(), strip.maximum(), strip.value()) == (0, 1, 1)


def test_the_position_is_told_and_shown(strip):
    strip.set_view(edits(SHARES, 1))
    assert strip.accessibleDescription() == "Edit 1, now: LUT 85 %, DSP 120 %"
    image = strip.grab().toImage()
    accent = theme.current().color("accent")
    assert image.pixelColor(strip.dot(1).toPoint()) == accent
    assert image.pixelColor(strip.dot(0).toPoint()) == theme.current().color("line.edge")
    assert image.pixelColor(strip.dot(3).toPoint()) == theme.current().color("bg.panel")


def test_many_steps_scroll_and_the_wheel_undoes_nothing(strip, qtbot):
    strip.set_view(edits([(0.5, 0.5)] * 200))
    plot = lay_plot(edits([(0.5, 0.5)] * 200), 484, 164, 0, ink())
    assert plot.last == 200
    assert plot.step >= 12
    with qtbot.assertNotEmitted(strip.go_to):
        for _ in range(100):
            turn(strip, 120)
    with qtbot.waitSignal(strip.go_to) as gone:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(int(plot.chart.left()), 60))
    assert gone.args == [0]
    strip.set_view(edits([(0.5, 0.5)] * 200, 150))
    with qtbot.waitSignal(strip.go_to) as gone:
        qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert gone.args == [149]


def turn(strip, angle):
    place = QPointF(100, 60)
    event = QWheelEvent(
        place,
        strip.mapToGlobal(place),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip, event)


def test_a_step_out_of_sight_comes_into_it(strip):
    many = [(0.5, 0.5)] * 200
    strip.set_view(edits(many))
    strip.set_view(edits(many, 3))
    assert strip.rect().contains(strip.dot(3).toPoint())


@pytest.mark.parametrize("shares", [[], [(0.5, 0.5)], [(None, None), (0.5, None)], [(9.0, 40.0), (0.1, 0.0)]])
@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_odd_sittings_are_painted(strip, dressed, qtbot, shares, scheme):
    theme.apply(dressed, scheme, 2.0)
    strip.set_view(edits(shares, max(len(shares) - 1, 0)))
    qtbot.mouseMove(strip, QPoint(100, 60))
    strip.grab()
    assert strip.value() == max(len(shares) - 1, 0)
