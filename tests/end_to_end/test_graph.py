"""Changing the network itself on the canvas."""

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtWidgets import QApplication, QInputDialog

from engine.network import UNCONNECTED
from tests.end_to_end.hand import CTRL, CanvasHand
from widgets.panels import MIME


def network(window):
    return window.workspace.document.design.network


def test_a_layer_is_added_by_key_and_search(window, hand, qtbot):
    hand.click_layer("global_pool")
    hand.key(Qt.Key.Key_A)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    hand.type("batch norm")
    hand.key(Qt.Key.Key_Return)
    added = window.workspace.selection.names[0]
    assert network(window)[added].op.KIND == "batch_norm"
    assert network(window)[added].inputs == ("global_pool",)
    assert added in window.canvas.canvas.picture.nodes
    assert window.workspace.document.undo_stack.count() == 1


def test_a_layer_dropped_on_an_edge_goes_into_it(window, hand):
    route = hand.view.canvas.picture.layout.routes["stem", "stem_relu", 0]
    (x0, y0), (x1, _) = route[:2]
    data = QMimeData()
    data.setData(MIME, b"batch_norm")
    assert hand.drop(hand.view.viewport(), hand.px(((x0 + x1) / 2, y0)), data)
    added = window.workspace.selection.names[0]
    assert network(window)[added].inputs == ("stem",)
    assert network(window)["stem_relu"].inputs == (added,)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert network(window)["stem_relu"].inputs == ("stem",)


def test_a_click_in_the_palette_adds_behind_the_selection(open_window):
    window = open_window("digits_resnet", (1920, 1080))
    hand = CanvasHand(window)
    hand.click_layer("classifier")
    hand.click(window.panels.layers._buttons["activation"])
    added = window.workspace.selection.names[0]
    assert network(window)[added].inputs == ("classifier",)


def test_ports_are_connected_by_dragging(window, hand):
    hand.draw_wire("stem_relu", "block1_add")
    assert network(window)["block1_add"].inputs == ("block1_conv2", "stem_relu", "stem_relu")
    assert ("stem_relu", "block1_add", 2) in hand.view.canvas.picture.layout.routes
    hand.key(Qt.Key.Key_Z, CTRL)
    assert network(window)["block1_add"].inputs == ("block1_conv2", "stem_relu")


def test_an_illegal_connection_is_refused_while_dragging_with_the_reason(window, hand):
    before = network(window)
    viewport = hand.view.viewport()
    reason = hand.view.overlays.reason
    hand.draw_wire("block1_relu2", "stem", then="hold")
    assert reason.isVisible()
    assert "circle" in reason.text()
    hand.hover_layer("block2_conv1")
    assert not reason.isVisible()
    hand.hover_layer("block2_add")
    assert reason.isVisible()
    assert "8×8×16" in reason.text()
    hand.release(viewport, hand.px("block2_add"))
    assert not reason.isVisible()
    assert network(window) == before
    assert not window.workspace.document.modified


def test_a_wire_to_a_layer_that_reads_another_replaces_what_it_reads(window, hand):
    hand.draw_wire("stem", "block1_conv1")
    assert network(window)["block1_conv1"].inputs == ("stem",)
    assert window.workspace.document.undo_stack.count() == 1


def test_deleting_reconnects_and_undo_brings_everything_back(window, hand):
    before = window.workspace.document.design
    hand.click_layer("stem_relu")
    hand.key(Qt.Key.Key_Delete)
    assert "stem_relu" not in network(window)
    assert network(window)["block1_conv1"].inputs == ("stem",)
    assert network(window)["block1_add"].inputs[1] == "stem"
    assert window.workspace.selection.names == ()
    hand.key(Qt.Key.Key_Z, CTRL)
    assert window.workspace.document.design == before


def test_copy_and_paste_keeps_edges_and_settings_among_the_copies(window, hand):
    hand.click_layer("block1_conv1")
    window.workspace.selection.set(["block1_conv1", "block1_relu1"])
    hand.key(Qt.Key.Key_C, CTRL)
    hand.key(Qt.Key.Key_V, CTRL)
    conv, relu = window.workspace.selection.names
    assert (conv, relu) == ("block1_conv1_2", "block1_relu1_2")
    assert network(window)[relu].inputs == (conv,)
    assert network(window)[conv].inputs == (UNCONNECTED,)
    design = window.workspace.document.design
    assert design.of_layer(conv) == design.of_layer("block1_conv1")
    assert window.workspace.document.undo_stack.count() == 1


def test_f2_renames(window, hand, monkeypatch):
    asked = []

    def answer(*args, **kwargs):
        asked.append(kwargs.get("text"))
        return "first", True

    monkeypatch.setattr(QInputDialog, "getText", answer)
    hand.click_layer("stem")
    before = window.workspace.document.design.of_layer("stem")
    hand.key(Qt.Key.Key_F2)
    assert asked == ["stem"]
    assert network(window)["stem_relu"].inputs == ("first",)
    assert window.workspace.document.design.of_layer("first") == before
    assert window.workspace.selection.names == ("first",)


def test_a_name_that_is_taken_is_refused(window, hand, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("stem", True))
    hand.click_layer("classifier")
    hand.key(Qt.Key.Key_F2)
    assert "classifier" in network(window)
    assert not window.workspace.document.modified


def test_g_folds_the_block_of_the_selection_and_unfolds_it(window, hand):
    nodes = len(hand.view.canvas.picture.nodes)
    hand.click_layer("block1_conv1")
    hand.key(Qt.Key.Key_G)
    assert len(hand.view.canvas.picture.nodes) < nodes
    assert not window.workspace.document.modified
    hand.key(Qt.Key.Key_G)
    assert len(hand.view.canvas.picture.nodes) == nodes


def test_folding_selects_the_whole_block_so_that_delete_takes_what_is_seen(window, hand):
    hand.click_layer("block1_conv1")
    hand.key(Qt.Key.Key_G)
    block = window.workspace.view.model.blocks[0]
    assert set(window.workspace.selection.names) == set(block.members)
    assert window.canvas.canvas.marks.selected == {block.id}
    hand.key(Qt.Key.Key_Delete)
    assert not any(name in network(window) for name in block.members)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert block.id in window.canvas.canvas.picture.nodes
    assert all(name in network(window) for name in block.members)


def test_unfolding_keeps_the_layers_selected(window, hand):
    hand.click_layer("block1_conv1")
    hand.key(Qt.Key.Key_G)
    hand.key(Qt.Key.Key_G)
    assert window.canvas.canvas.marks.selected == set(window.workspace.selection.names)


def test_a_duplicate_stands_behind_the_network_and_makes_no_block(window, hand):
    blocks = [block.title for block in window.workspace.view.model.blocks]
    hand.click_layer("block1_conv1")
    hand.key(Qt.Key.Key_D, CTRL)
    assert [block.title for block in window.workspace.view.model.blocks] == blocks
    copy, last = hand.box("block1_conv1_2"), hand.box("softmax")
    assert copy.x > last.right or copy.y > last.bottom


def test_layers_are_copied_into_another_window(window, hand, open_window):
    hand.click_layer("softmax")
    hand.key(Qt.Key.Key_Delete)
    edited = network(window)
    window.workspace.selection.set(["block1_conv1", "block1_relu1"])
    hand.key(Qt.Key.Key_C, CTRL)
    other = open_window("jet_tagger")
    there, before = CanvasHand(other), network(other)
    other.canvas.setFocus()
    there.key(Qt.Key.Key_V, CTRL)
    assert other.workspace.selection.names == ("block1_conv1", "block1_relu1")
    assert network(other)["block1_relu1"].inputs == ("block1_conv1",)
    there.key(Qt.Key.Key_Z, CTRL)
    assert network(other) == before
    assert network(window) == edited


def test_a_rubber_band_selects_and_all_of_it_is_dragged_as_one_step(window, hand):
    first, last = hand.box("block1_conv1"), hand.box("block1_conv2")
    viewport = hand.view.viewport()
    hand.drag(viewport, hand.px((first.x - 8, first.y - 6)), hand.px((last.right + 6, last.bottom + 6)))
    chosen = window.workspace.selection.names
    assert chosen == ("block1_conv1", "block1_relu1", "block1_conv2")
    before = {name: hand.box(name) for name in chosen}
    hand.drag(viewport, hand.px("block1_conv1"), hand.px("block1_conv1") + QPoint(0, 90))
    assert len({hand.box(name).y - before[name].y for name in chosen}) == 1
    assert window.workspace.document.undo_stack.undoText() == "Move 3 layers"
    hand.key(Qt.Key.Key_Z, CTRL)
    assert {name: hand.box(name) for name in chosen} == before


def test_a_dragged_node_stays_where_it_was_put(window, hand):
    start = hand.box("classifier")
    viewport = hand.view.viewport()
    hand.drag(viewport, hand.px("classifier"), hand.px("classifier") + QPoint(0, 60))
    moved = hand.box("classifier")
    assert moved.y > start.y
    assert dict(window.workspace.document.design.positions)["classifier"] == (moved.x, moved.y)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.box("classifier") == start


def test_what_the_converter_inserts_is_shown_on_demand(window, hand):
    assert not any(node.ghost for node in hand.view.canvas.picture.nodes.values())
    hand.key(Qt.Key.Key_L, CTRL)
    ghosts = [node for node in hand.view.canvas.picture.nodes.values() if node.ghost]
    assert ghosts
    assert all(node.origin in network(window) for node in ghosts)
    hand.key(Qt.Key.Key_L, CTRL)
    assert not any(node.ghost for node in hand.view.canvas.picture.nodes.values())


def test_the_header_counts_layers_and_rows(window):
    header, canvas = window.panels.centre.header, window.canvas
    rows, direction = canvas.rows()
    assert (rows, direction) == (2, "rows")
    assert header._detail.text() == "17 layers, 2 rows"
    window.commands.run("view.rows")
    columns, direction = canvas.rows()
    assert direction == "top-down"
    assert header._detail.text() == f"17 layers, {columns} columns"
