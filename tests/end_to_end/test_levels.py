"""The choice of what the bars foretell: C synthesis or logic synthesis."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine.estimate import Level, Tier
from tests.end_to_end.hand import CTRL, CanvasHand

LOGIC = "view.level.logic_synthesis"


def luts(window):
    return window.panels.budget.view.rows[0].quantity.value


def test_bars_canvas_and_chips_follow_the_level(window):
    space, commands = window.workspace, window.commands
    before = luts(window)
    commands.action(LOGIC).trigger()
    QApplication.processEvents()
    assert space.live.estimate.level is Level.LOGIC_SYNTHESIS
    assert space.live.estimate.tier is Tier.ESTIMATE
    assert luts(window) == space.live.estimate.total.lut.value < before
    assert window.panels.budget.view.source == "Estimate of logic synthesis"
    assert commands.action(LOGIC).isChecked()
    assert not commands.action("view.level.c_synthesis").isChecked()


def test_the_level_is_remembered(open_window, studio):
    open_window("digits_resnet").commands.run(LOGIC)
    assert studio.preferences.level == "logic synthesis"
    assert open_window("jet_tagger").workspace.live.level is Level.LOGIC_SYNTHESIS


def test_the_strip_of_edits_compares_like_with_like(window):
    space, hand = window.workspace, CanvasHand(window)
    space.settings.set_clock(5.0)
    points = {}
    for level in Level:
        space.foretell(level)
        points[level] = list(space.sitting.points)
    assert len(points[Level.C_SYNTHESIS]) == len(points[Level.LOGIC_SYNTHESIS]) == 2
    assert points[Level.C_SYNTHESIS] != points[Level.LOGIC_SYNTHESIS]
    hand.key(Qt.Key.Key_Z, CTRL)
    space.settings.set_clock(4.0)
    assert len(space.sitting.points) == 2
