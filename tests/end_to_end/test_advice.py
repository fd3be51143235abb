"""Findings and what they lead to; the target; the edits of the sitting."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from engine.boards import board
from engine.design import REUSE_FACTOR, STRATEGY, set_on_layers, with_network
from engine.network import edits
from engine.network.kinds import Dense
from tests.end_to_end.hand import CTRL, CanvasHand


@pytest.fixture
def crowded(open_window):
    """A window whose design does not fit its board, so that there is something to mend."""
    window = open_window("digits_resnet", (1920, 1080))
    window.workspace.settings.set_board(board("cora-z7-07s"))
    window.workspace.live.advise()
    window.docks.show("findings")
    QApplication.processEvents()
    return window


def first_fix(window):
    """The first button that mends something, and its finding."""
    findings = [finding for finding in window.workspace.live.findings if finding.fix is not None]
    buttons = [each for each in window.panels.findings.findChildren(QPushButton) if each.isVisible()]
    return buttons[0], findings[0]


def test_a_fix_is_one_click_and_one_step(crowded):
    hand, document = CanvasHand(crowded), crowded.workspace.document
    button, finding = first_fix(crowded)
    before, steps = document.design, document.undo_stack.count()
    hand.click(button)
    assert document.design == finding.fix.edit(before)
    assert document.undo_stack.count() == steps + 1
    assert document.undo_stack.undoText() == finding.fix.text
    hand.key(Qt.Key.Key_Z, CTRL)
    assert document.design == before


def test_hovering_a_fix_previews_it_in_the_bars(crowded, qtbot):
    hand, document = CanvasHand(crowded), crowded.workspace.document
    qtbot.waitUntil(lambda: not crowded.workspace.simulated.pending, timeout=20_000)
    button, _ = first_fix(crowded)
    design, view = document.design, crowded.panels.budget.view
    hand.move(button)
    preview = crowded.panels.budget.view
    assert preview != view
    assert document.design == design
    hand.move(crowded.canvas.viewport())
    assert crowded.panels.budget.view == view


def test_the_keyboard_on_an_advice_previews_it_in_the_bars(crowded, qtbot):
    advice = crowded.panels.inspector.advice
    qtbot.waitUntil(lambda: not crowded.workspace.simulated.pending and advice.isVisible(), timeout=20_000)
    view = crowded.panels.budget.view
    advice.button(0).setFocus()
    assert crowded.panels.budget.view != view
    crowded.canvas.setFocus()
    assert crowded.panels.budget.view == view


def test_what_to_change_first_offers_edits(crowded):
    document, offered = crowded.workspace.document, []
    steps = document.undo_stack.count()

    def choose_the_first():
        menu = QApplication.activePopupWidget()
        if menu is None:
            return
        timer.stop()
        offered.extend(action.text() for action in menu.actions() if action.isEnabled() and not action.isSeparator())
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    timer = QTimer()
    timer.timeout.connect(choose_the_first)
    timer.start(0)
    CanvasHand(crowded).click(crowded.panels.budget.verdict.findChild(QPushButton))
    assert "−" in offered[0]
    assert document.undo_stack.count() == steps + 1


def test_the_count_in_the_status_line_leads_to_the_findings(crowded):
    hand = CanvasHand(crowded)
    crowded.docks.dock("findings").hide()
    count = next(each for each in crowded.status.findChildren(QPushButton) if each.isVisible())
    hand.click(count)
    assert crowded.panels.findings.isVisible()


def test_another_board_moves_the_limits(window):
    rows = window.panels.budget.view.rows
    combo = window.target_bar.board
    place = combo.findData("zcu104" if window.workspace.document.design.target.board.id != "zcu104" else "pynq-z2")
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    design = window.workspace.document.design
    assert design.target.board.id == combo.itemData(place)
    assert design.target.clock_ns == design.target.board.clock_ns
    assert [row.limit for row in window.panels.budget.view.rows] != [row.limit for row in rows]
    assert window.workspace.document.undo_stack.count() == 1


def test_the_board_is_changed_with_the_keyboard(window, hand):
    before = window.workspace.document.design.target.board.id
    window.target_bar.board.setFocus()
    hand.key(Qt.Key.Key_Down)
    assert window.workspace.document.design.target.board.id != before
    hand.key(Qt.Key.Key_Z, CTRL)
    assert window.workspace.document.design.target.board.id == before
    assert window.target_bar.board.currentData() == before


def test_the_clock_is_typed(window, hand, qtbot):
    latency = window.workspace.live.estimate.latency_us.value
    window.target_bar.clock.setFocus()
    hand.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    QApplication.focusWidget().selectAll()
    hand.type("4")
    hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_Escape)
    assert window.workspace.document.design.target.clock_ns == 4.0
    assert window.workspace.live.estimate.latency_us.value < latency


def test_the_interface_changes_what_layers_may_do(window, hand):
    before = window.workspace.document.design.target.io_type
    window.target_bar.io.setFocus()
    hand.key(Qt.Key.Key_Up if before == "io_stream" else Qt.Key.Key_Down)
    assert window.workspace.document.design.target.io_type != before
    assert window.workspace.document.undo_stack.count() == 1


def test_a_flow_that_cannot_build_for_a_board_shows_no_numbers(window):
    window.workspace.settings.set_board(board("ulx3s-85f"))
    assert window.workspace.live.estimate.refusal
    assert window.panels.budget.view.refusal
    assert not any(node.share for node in window.canvas.canvas.picture.nodes.values())


def test_the_strip_of_edits_goes_back(window, hand):
    document = window.workspace.document
    start = document.design
    hand.click_layer("stem")
    for value in (18, 36):
        window.workspace.settings.set(REUSE_FACTOR, value)
    assert len(window.workspace.sitting.points) == 3
    window.panels.edits.go_to.emit(0)
    assert document.design == start
    assert document.undo_stack.canRedo()


def test_canvas_and_charts_light_up_together(window, hand):
    hand.hover_layer("block2_conv2")
    assert window.workspace.selection.hovered == "block2_conv2"
    window.panels.where.hovered.emit("stem")
    assert window.canvas.canvas.marks.hovered == "stem"


def test_a_design_that_the_tool_would_not_finish_is_mended_by_one_click(open_window):
    window = open_window("jet_tagger", (1920, 1080))
    document = window.workspace.document
    wide = edits.drop_unfitting_weights(edits.replace_op(document.design.network, "fc1", Dense(units=256)))
    target = replace(document.design.target, flow="vivado", io_type="io_parallel", board=board("vu13p"))
    design = set_on_layers(with_network(document.design, wide), ("fc1",), STRATEGY, "latency")
    document.edit("Wider", lambda _: replace(set_on_layers(design, ("fc1",), REUSE_FACTOR, 1), target=target))
    window.workspace.live.advise()
    window.docks.show("findings")
    QApplication.processEvents()
    titles = [finding.title for finding in window.workspace.live.findings]
    assert "fc1: 4,096 products may not synthesise" in titles
    fixes = [finding for finding in window.workspace.live.findings if finding.fix is not None]
    place = [finding.title for finding in fixes].index("fc1: 4,096 products may not synthesise")
    buttons = [each for each in window.panels.findings.findChildren(QPushButton) if each.isVisible()]
    CanvasHand(window).click(buttons[place])
    window.workspace.live.advise()
    assert not [each for each in window.workspace.live.findings if "fc1" in each.title and "synthesise" in each.title]
    assert document.design.chosen("fc1", STRATEGY).value == "resource"
