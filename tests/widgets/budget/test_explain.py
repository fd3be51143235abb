"""The popover that says why."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel

from tests.widgets.budget.designs import estimate
from widgets import theme
from widgets.budget import Simulated, WhyPopover, explain
from widgets.budget.spot import Spot


@pytest.fixture
def popover(qtbot, dressed):
    popover = WhyPopover()
    qtbot.addWidget(popover)
    popover.show_for(explain(estimate(), "DSP", "DSP", 2), QRect(100, 500, 60, 20))
    return popover


def words(popover):
    return [label.text() for label in popover.findChildren(QLabel) if label.isVisible()]


def test_it_says_value_doubt_tier_and_layers(popover):
    shown = words(popover)
    for text in ("DSP", "208", "of 220 · 95 %", "Exact: it follows from a rule.", "Estimate, 2 edits old"):
        assert text in shown
    names = [each.accessibleName() for each in popover.layers.findChildren(Spot) if each.isVisible()]
    assert names == ["block2_conv2, 128, 62 %", "block1_conv1, 64, 31 %", "stem, 16, 8 %"]


def test_a_latency_says_what_energy_follows_from_it_and_of_which_latency(popover):
    popover.show_for(explain(estimate(), "latency", ""), QRect(100, 500, 60, 20))
    assert any("this latency, of C synthesis, × 1.68 W (MLPerf Tiny" in text for text in words(popover))
    run = {"latency": Simulated(100.0, "A run.")}
    popover.show_for(explain(estimate(), "latency", "", simulated=run), QRect(100, 500, 60, 20))
    assert any(text.startswith("Energy 168 µJ an inference: latency of the simulated run ×") for text in words(popover))


def test_a_layer_leads_to_itself_and_closes(popover, qtbot):
    target = popover.layers.findChild(Spot, "spot.1")
    with qtbot.waitSignal(popover.layer_clicked) as chosen:
        qtbot.mouseClick(target, Qt.MouseButton.LeftButton)
    assert chosen.args == ["block1_conv1"]
    assert not popover.isVisible()


def test_keys_walk_the_layers_and_escape_closes(popover, qtbot):
    first = popover.layers.findChild(Spot, "spot.0")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    with qtbot.waitSignal(popover.layer_clicked) as chosen:
        qtbot.keyClick(popover.layers.findChild(Spot, "spot.1"), Qt.Key.Key_Return)
    assert chosen.args == ["block1_conv1"]
    popover.show_for(explain(estimate(), "rate", "Rate"), QRect(100, 500, 60, 20))
    qtbot.keyClick(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible()


def test_it_can_be_used_again(popover):
    popover.show_for(explain(estimate(), "latency", "Latency"), QRect(100, 500, 60, 20))
    assert "4.00 µs" in words(popover)
    assert "Estimate" in words(popover)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_stays_on_the_screen(popover, dressed, scale):
    theme.apply(dressed, theme.Scheme.DARK, scale)
    screen = QApplication.primaryScreen().availableGeometry()
    for x, y in ((0, 0), (screen.right(), screen.bottom()), (screen.right(), 0)):
        popover.show_for(explain(estimate(), "DSP", "DSP"), QRect(x, y, 60, 20))
        assert screen.contains(popover.geometry()) or popover.height() > screen.height()
    popover.close()
