"""The window at every size and in both themes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from app.find_button import FindButton
from app.presenters.canvas import OVERLAYS
from tests.end_to_end.conftest import settle
from widgets import theme

LAPTOP, DESK = (1366, 768), (1920, 1080)


def parts(window):
    """What a person needs in sight at any size."""
    panels = window.panels
    return {
        "canvas": window.canvas,
        "inspector": panels.inspector,
        "budget": panels.budget,
        "board": window.target_bar.board,
        "clock": window.target_bar.clock,
        "interface": window.target_bar.io,
        "flow": window.target_bar.flow,
        "status": window.status,
    }


def out_of_sight(window):
    """Parts that are hidden, reach over the window's edge, or have something over their middle."""
    found = []
    for name, widget in parts(window).items():
        here = QRect(widget.mapTo(window, QPoint()), widget.size())
        top = window.childAt(here.center())
        covered = top is None or not (top is widget or widget.isAncestorOf(top))
        if not widget.isVisible() or not window.rect().contains(here) or covered:
            found.append(f"{name} {here}")
    return found


def test_everything_stays_in_sight_from_desk_to_laptop_and_back(open_window, qtbot):
    window = open_window("digits_resnet", DESK)
    assert out_of_sight(window) == []
    shown = {dock.objectName() for dock in window.docks.all() if dock.isVisible()}
    window.resize(*LAPTOP)
    settle(qtbot, window)
    assert (window.width(), window.height()) == LAPTOP
    assert out_of_sight(window) == []
    assert window.docks.rail.isVisible()
    window.resize(*DESK)
    settle(qtbot, window)
    assert (window.width(), window.height()) == DESK
    assert out_of_sight(window) == []
    assert {dock.objectName() for dock in window.docks.all() if dock.isVisible()} == shown
    assert not window.docks.rail.isVisible()


def test_the_canvas_keeps_the_network_readable_on_a_laptop(open_window):
    window = open_window("digits_resnet", LAPTOP)
    assert window.canvas.zoom() >= 0.4
    assert window.canvas.height() > 200


def test_the_theme_changes_while_it_is_shown(studio, window):
    def ground():
        return window.grab().toImage().pixelColor(window.width() // 2, 6).lightness()

    light = ground()
    studio.prefer(replace(studio.preferences, theme="dark"))
    QApplication.processEvents()
    dark = ground()
    studio.prefer(replace(studio.preferences, theme="light"))
    QApplication.processEvents()
    assert dark < 100 < light
    assert ground() == light


def test_the_heat_follows_the_theme(studio, window):
    window.workspace.view.set_overlay("DSP")
    studio.prefer(replace(studio.preferences, theme="dark"))
    assert window.canvas.canvas.look.heat.colour == theme.current().color("resource.DSP").name()


def test_a_window_that_has_closed_does_not_mind_other_preferences(studio, window, open_window):
    window.workspace.selection.set(["stem"])
    window.workspace.settings.set("reuse_factor", 18)
    other = open_window("jet_tagger")
    other.close()
    QApplication.processEvents()
    studio.prefer(replace(studio.preferences, theme="dark", safe_share=0.7))
    assert window.workspace.live.safe_share == pytest.approx(0.7)


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_larger_text_keeps_the_budget_and_the_canvas(studio, open_window, scale):
    window = open_window("digits_resnet", DESK)
    studio.prefer(replace(studio.preferences, text_scale=scale))
    QApplication.processEvents()
    assert window.panels.budget.isVisible()
    assert window.canvas.width() > 300
    assert window.canvas.height() > 150


def test_panels_stay_where_they_were_put(studio, window, open_window):
    window.docks.dock("jobs").hide()
    window.close()
    again = open_window("digits_resnet")
    assert not again.docks.dock("jobs").isVisible()


def test_with_large_text_the_overlay_is_chosen_from_a_list_and_nothing_is_cut(studio, open_window):
    window = open_window("digits_resnet", (1366, 768))
    panel = window.panels.centre
    assert panel.overlay.isVisible()
    assert not panel.overlays.isVisible()
    studio.prefer(replace(studio.preferences, text_scale=2.0))
    QApplication.processEvents()
    assert panel.overlays.isVisible()
    assert not panel.overlay.isVisible()
    panel.overlays.setFocus()
    chosen = panel.overlays.currentIndex()
    QTest.keyClick(panel.overlays, Qt.Key.Key_Up)
    assert window.workspace.view.overlay == OVERLAYS[chosen - 1]
    assert panel.overlay.value == OVERLAYS[chosen - 1]


def test_with_large_text_the_inspector_is_wide_enough_and_no_menu_is_covered(studio, open_window, qtbot):
    window = open_window("digits_resnet", (1366, 768))
    studio.prefer(replace(studio.preferences, text_scale=1.5))
    area = window.inspector.area
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0)
    header = window.inspector.header
    assert header.geometry().bottom() < window.inspector.geometry().top(), "the title covers the first row"
    bar, field = window.menuBar(), window.findChild(FindButton)
    assert field.isVisible()
    assert not any(bar.actionGeometry(action).intersects(field.geometry()) for action in bar.actions())
    assert field.geometry().right() < bar.cornerWidget().x()


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_a_window_opened_with_larger_text_has_a_wide_enough_inspector(studio, open_window, qtbot, scale):
    studio.prefer(replace(studio.preferences, text_scale=scale))
    window = open_window("digits_resnet", (1366, 768))
    window.workspace.selection.set(["block1_conv1"])
    qtbot.waitUntil(lambda: window.inspector.area.horizontalScrollBar().maximum() == 0)


def test_with_large_text_the_target_keeps_its_words_and_buttons_give_way_to_the_menus(studio, open_window, qtbot):
    window = open_window("digits_resnet", (1366, 768))
    convert, clock = window.findChild(QPushButton, "button.run.convert"), window.target_bar.clock
    assert convert.isVisible()
    studio.prefer(replace(studio.preferences, text_scale=1.5))
    qtbot.waitUntil(lambda: not convert.isVisible())
    assert window.commands.action("run.convert").isVisible()
    assert window.commands.action("file.save").isVisible()
    qtbot.waitUntil(lambda: clock.width() >= clock.sizeHint().width())


@pytest.mark.parametrize("command", ["file.scoreboard", "network.fifos", "run.ranges", "run.scan"])
def test_tables_keep_a_dialogs_margins(window, qtbot, command):
    window.commands.run(command)
    (dialog,) = (each for each in window.findChildren(QDialog) if each.isVisible())
    qtbot.waitExposed(dialog)
    table, margin = dialog.table, theme.current().space(5)
    left = table.mapTo(dialog, QPoint()).x()
    assert (left, dialog.width() - left - table.width()) == (margin, margin)
    dialog.close()
