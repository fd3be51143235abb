"""Tuning layers: what moves while the mouse is down, and that each drag is one step."""

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt

from engine.design import REUSE_FACTOR, STRATEGY, WEIGHT
from engine.precision import FixedType
from tests.end_to_end.hand import CTRL, SHIFT
from tests.painted import assert_whole


def effective(window, layer, key):
    space = window.workspace
    return space.live.flow.resolve(space.document.design, layer, key).value


def picture(widget):
    return widget.grab().toImage()


def test_an_example_opens_with_everything_populated(window):
    nodes = window.canvas.canvas.picture.nodes
    assert len(nodes) == len(window.workspace.document.design.network.layers) == 17
    assert sum(bool(node.share) for node in nodes.values()) >= 5
    budget = window.panels.budget.view
    assert [row.name for row in budget.rows][:2] == ["LUT", "FF"]
    assert window.panels.outline._model.rowCount() > 5
    assert window.target_bar.board.currentText() == window.workspace.document.design.target.board.name
    assert "17 layers" in window.status._size.text()


def test_bars_move_while_the_slider_is_held(window, hand, slider):
    hand.click_layer("stem")
    document, live = window.workspace.document, window.workspace.live
    start, totals, pictures = document.design, [], []

    def note():
        totals.append(live.estimate.total.resource("LUT").value)
        pictures.append(picture(window.panels.budget))

    live.estimated.connect(note)
    place = slider.grip()
    for step in range(1, 4):
        slider.move(slider.track, slider.at(place + step))
    assert len(set(totals)) > 1
    assert any(before != after for before, after in pairwise(pictures))
    held = document.design
    slider.release(slider.track, slider.at(place + 3))
    assert document.design == held != start
    assert document.undo_stack.count() == 1
    assert effective(window, "stem", REUSE_FACTOR) == slider.track.view.legal[place + 3]
    hand.key(Qt.Key.Key_Z, CTRL)
    assert document.design == start
    hand.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert document.design == held


def test_what_a_drag_leaves_unpainted_is_as_it_was(window, hand, slider, qtbot):
    hand.click_layer("stem")
    panels = window.panels
    beside = {panel: picture(panel) for panel in (panels.where, panels.outline, panels.edits)}
    place = slider.grip()
    for step in range(1, 4):
        slider.move(slider.track, slider.at(place + step))
        assert_whole(window)
    qtbot.waitUntil(lambda: all(picture(panel) != before for panel, before in beside.items()))
    assert_whole(window)
    slider.release(slider.track, slider.at(place + 3))
    panels.inspector.precision.bits.type_changed.emit(FixedType(5, 2))
    assert_whole(window)


def test_the_ghost_mark_stays_at_the_value_before_the_drag(window, hand, slider):
    hand.click_layer("stem")
    live = window.workspace.live
    before = live.estimate
    place = slider.grip()
    slider.move(slider.track, slider.at(place + 1))
    slider.move(slider.track, slider.at(place + 2))
    assert live.before == before
    slider.release(slider.track, slider.at(place + 2))
    assert live.before == before


def test_escape_during_a_drag_takes_it_back(window, hand, slider):
    hand.click_layer("stem")
    document = window.workspace.document
    start = document.design
    place = slider.grip()
    slider.move(slider.track, slider.at(place + 2))
    assert document.design != start
    slider.key(Qt.Key.Key_Escape)
    assert document.design == start
    slider.move(slider.track, slider.at(place + 1))
    slider.release(slider.track, slider.at(place + 1))
    assert document.design == start
    assert not document.undo_stack.canUndo()
    assert not document.undo_stack.canRedo()


def test_arrow_keys_step_over_legal_values(window, hand, slider):
    hand.click_layer("stem")
    before = effective(window, "stem", REUSE_FACTOR)
    slider.track.setFocus()
    slider.key(Qt.Key.Key_Right)
    legal = slider.track.view.legal
    assert effective(window, "stem", REUSE_FACTOR) == legal[legal.index(before) + 1]
    assert window.workspace.document.undo_stack.count() == 1


def test_dragging_a_precision_handle_changes_bits_as_one_step(window, hand):
    hand.click_layer("stem")
    document, bits = window.workspace.document, window.inspector.precision.bits
    before, widths = effective(window, "stem", WEIGHT), []
    document.changed.connect(lambda _before, after: widths.append(after.chosen("stem", WEIGHT).value.width))
    handle = bits.fraction_handle
    start = handle.mapTo(bits, handle.rect().center())
    window.inspector.area.ensureWidgetVisible(bits)
    hand.press(bits, start)
    for columns in (1, 2):
        hand.move(bits, start + QPoint(round(columns * bits.scale().column), 0))
    end = start + QPoint(round(2 * bits.scale().column), 0)
    hand.release(bits, end)
    assert effective(window, "stem", WEIGHT).width == before.width + 2
    assert widths == [before.width + 1, before.width + 2]
    assert document.undo_stack.count() == 1


def test_a_precision_is_typed(window, hand):
    hand.click_layer("classifier")
    hand.key(Qt.Key.Key_P)
    field = window.inspector.precision.field
    assert field.hasFocus()
    field.selectAll()
    hand.type("ap_fixed<7,2,RND,SAT>")
    hand.key(Qt.Key.Key_Return)
    assert str(effective(window, "classifier", WEIGHT)) == "ap_fixed<7,2,RND,SAT>"
    assert window.workspace.document.undo_stack.undoText() == "Weights of classifier to ap_fixed<7,2,RND,SAT>"


def test_a_wrong_precision_says_why_and_changes_nothing(window, hand):
    hand.click_layer("classifier")
    hand.key(Qt.Key.Key_P)
    window.inspector.precision.field.selectAll()
    hand.type("ap_fixed<0,2>")
    hand.key(Qt.Key.Key_Return)
    assert not window.workspace.document.modified
    assert window.inspector.precision.field.accessibleDescription()


def test_a_band_selects_several_and_a_strategy_reaches_all(window, hand):
    start, end = hand.box("block1_conv1"), hand.box("block1_conv2")
    viewport = hand.view.viewport()
    hand.drag(viewport, hand.px((start.x - 6, start.bottom + 8)), hand.px((end.right + 4, end.y + 20)))
    names = set(window.workspace.selection.names)
    assert {"block1_conv1", "block1_relu1", "block1_conv2"} <= names
    hand.drag(viewport, hand.px((start.x - 6, start.bottom + 8)), hand.px((start.x + 20, start.y + 20)))
    hand.click_layer("block1_conv2", SHIFT)
    names = window.workspace.selection.names
    assert set(names) == {"block1_conv1", "block1_conv2"}
    control = window.inspector.strategy.field.control
    window.inspector.area.ensureWidgetVisible(control)
    control.setFocus()
    hand.key(Qt.Key.Key_Up)
    assert {effective(window, name, STRATEGY) for name in names} == {"latency"}
    assert window.workspace.document.undo_stack.count() == 1


def test_reset_inherits_again(window, hand):
    hand.click_layer("stem")
    design = window.workspace.document.design
    assert design.of_layer("stem").get(REUSE_FACTOR) is not None
    hand.key(Qt.Key.Key_Backspace, CTRL)
    assert window.workspace.document.design.of_layer("stem").get(REUSE_FACTOR) is None
    assert window.inspector.view.reuse.inherited
