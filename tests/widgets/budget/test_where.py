"""Where it goes: every layer can be found, pointed at and chosen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from tests.widgets.budget.designs import LAYERS, estimate
from widgets import theme
from widgets.budget import Stack, WhereItGoes, where_view
from widgets.budget.axis import Axis
from widgets.budget.segments import lay_segments


@pytest.fixture
def where(qtbot, dressed):
    where = WhereItGoes()
    qtbot.addWidget(where)
    where.resize(484, 130)
    where.set_view(where_view(estimate(), 0.8))
    where.show()
    qtbot.waitExposed(where)
    return where


def place(where, resource, layer):
    return where.layer_rect(resource, layer).center().toPoint()


@given(st.lists(st.floats(0, 500), max_size=300), st.integers(1, 1000), st.integers(100, 900))
def test_segments_stand_in_order_inside_the_axis(amounts, limit, width):
    axis = Axis(80, width, 1.25)
    segments = lay_segments(Stack("LUT", "LUT", limit, tuple(amounts)), axis)
    assert list(segments.layers) == sorted(segments.layers)
    assert all(right <= left for right, left in zip(segments.rights, segments.lefts[1:], strict=False))
    for left, right in zip(segments.lefts, segments.rights, strict=True):
        assert axis.left <= left < right <= axis.right
        assert segments.layer_at(left) == segments.layer_at(right - 0.5)
    assert segments.layer_at(79) is None


def test_the_stack_is_as_long_as_the_share(where):
    last = where.layer_rect("DSP", "block2_conv2")
    first = where.layer_rect("DSP", "stem")
    full = (last.right() - first.left()) / (208 / 220)
    axis = 484 - 16 - first.left()
    assert full * 1.25 == pytest.approx(axis, abs=2)


def test_pointing_tells_the_layer_and_leaving_takes_it_back(where, qtbot):
    told = []
    where.hovered.connect(told.append)
    for layer in ("block2_conv2", "block1_conv1"):
        qtbot.mouseMove(where, place(where, "DSP", layer))
        QApplication.processEvents()
    qtbot.mouseMove(where, QPoint(20, 10))
    QApplication.processEvents()
    assert told == ["block2_conv2", "block1_conv1", ""]


def test_a_click_chooses(where, qtbot):
    with qtbot.waitSignal(where.clicked) as chosen:
        qtbot.mouseClick(where, Qt.MouseButton.LeftButton, pos=place(where, "LUT", "block1_conv1"))
    assert chosen.args == ["block1_conv1"]
    with qtbot.assertNotEmitted(where.clicked):
        qtbot.mouseClick(where, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))


def test_keys_walk_the_layers_that_take_any_and_choose(where, qtbot):
    told = []
    where.hovered.connect(told.append)
    where.setFocus()
    qtbot.keyClick(where, Qt.Key.Key_Down)
    qtbot.keyClick(where, Qt.Key.Key_Down)
    for _ in range(5):
        qtbot.keyClick(where, Qt.Key.Key_Right)
    qtbot.keyClick(where, Qt.Key.Key_Left)
    assert told == ["stem", "block1_conv1", "block2_conv2", "block1_conv1"]
    assert where.accessibleDescription() == "block1_conv1: 64 DSP, 29 % of the board, 31 % of the design"
    with qtbot.waitSignal(where.clicked) as chosen:
        qtbot.keyClick(where, Qt.Key.Key_Return)
    assert chosen.args == ["block1_conv1"]


def test_a_layer_pointed_at_elsewhere_is_highlighted_without_an_echo(where, qtbot):
    spot = place(where, "DSP", "block2_conv2") - QPoint(25, 0)
    before = where.grab().toImage().pixelColor(spot)
    with qtbot.assertNotEmitted(where.hovered):
        where.set_hovered("block2_conv2")
    assert where.grab().toImage().pixelColor(spot) != before
    where.set_hovered("")
    assert where.grab().toImage().pixelColor(spot) == before


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_a_selected_layer_has_the_full_colour_and_an_accent_outline(where, dressed, scheme):
    theme.apply(dressed, scheme)
    where.set_selected(frozenset({"block2_conv2"}))
    rect = where.layer_rect("DSP", "block2_conv2").toRect()
    image = where.grab().toImage()
    assert image.pixelColor(rect.right() - 8, rect.center().y()) == theme.current().color("resource.DSP")
    assert image.pixelColor(rect.center().x(), rect.top() - 1) == theme.current().color("accent")


def test_the_axis_grows_when_a_stack_is_longer(where):
    before = where.layer_rect("DSP", "stem").width()
    where.set_view(where_view(estimate(dsp=(16, 64, 500, 0)), 0.8))
    assert where.layer_rect("DSP", "stem").width() < before
    assert where.layer_rect("DSP", "block2_conv2").right() <= 484 - 16


def test_without_a_figure_there_is_no_stack(where):
    shown = where_view(estimate(), 0.8)
    where.set_view(replace(shown, stacks=(replace(shown.stacks[2], limit=None),)))
    assert where.layer_rect("DSP", LAYERS[1]) is None
    where.grab()


def test_nothing_to_show_is_shown(qtbot, dressed):
    where = WhereItGoes()
    qtbot.addWidget(where)
    where.resize(484, 130)
    where.grab()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(where, key)
    assert where.accessibleDescription() == ""
