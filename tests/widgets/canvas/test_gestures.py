"""What the mouse does to nodes and wires, announced and never carried out by the canvas itself."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.widgets.canvas import networks
from widgets.canvas.drops import LAYER_MIME

FREE = (790.0, 440.0)


def boxes(view):
    return view.canvas.picture.layout.boxes


@pytest.fixture
def asked(view):
    """Everything the canvas announces, in order."""
    log = []
    for name in (
        "moved",
        "connect_requested",
        "disconnect_requested",
        "insert_requested",
        "add_menu_requested",
        "context_menu_requested",
    ):
        getattr(view, name).connect(lambda *args, name=name: log.append((name, *args)))
    return log


def test_dragging_a_node_announces_where_it_is(view, hand, asked):
    start = boxes(view)["classifier"]
    x, y = start.centre
    hand.drag("classifier", (x + 41, y + 79))
    assert asked == [("moved", {"classifier": (start.x + 40, start.y + 80)})]
    assert boxes(view)["classifier"].x == start.x + 40


def test_dragging_moves_all_that_is_selected(view, hand, asked):
    view.set_selection(["classifier", "softmax"])
    before = dict(boxes(view))
    x, y = before["softmax"].centre
    hand.drag("softmax", (x, y + 40))
    assert asked[0][1] == {n: (before[n].x, before[n].y + 40) for n in ("classifier", "softmax")}


def test_wires_follow_while_a_node_is_dragged(view, hand):
    x, y = boxes(view)["classifier"].centre
    hand.press("classifier")
    hand.move_to((x, y + 80))
    box = boxes(view)["classifier"]
    assert view.canvas.picture.layout.routes["global_pool", "classifier", 0][-1] == (box.x, box.centre[1])
    hand.release((x, y + 80))


def test_a_dragged_node_is_drawn_over_the_others(view, hand):
    x, y = boxes(view)["stem"].centre
    hand.press("stem")
    hand.move_to((x, y + 80))
    places = view.canvas.picture.places
    assert places.nodes_in(places.layout.bounds)[-1] == "stem"
    hand.release((x, y + 80))


def test_escape_puts_a_dragged_node_back(view, hand, asked):
    before = boxes(view)["classifier"]
    hand.press("classifier")
    hand.move_to(FREE)
    hand.key(Qt.Key.Key_Escape)
    hand.release(FREE)
    assert boxes(view)["classifier"] == before
    assert asked == []


def test_a_click_moves_nothing(view, hand, asked):
    hand.click("classifier")
    assert asked == []


def test_new_contents_do_not_disturb_a_drag_but_new_structure_ends_it(view, hand, asked):
    x, y = boxes(view)["classifier"].centre
    hand.press("classifier")
    hand.move_to((x, y + 80))
    model = view.model()
    view.set_model(replace(model, nodes=tuple(replace(n, share=0.01) if n.share else n for n in model.nodes)))
    assert boxes(view)["classifier"].centre == (x, y + 80)
    view.set_model(replace(model, nodes=(*model.nodes, networks.pill("extra"))))
    assert view.pointer.gesture is None
    hand.release((x, y + 80))
    assert asked == []


def draw_wire(hand, view, source, place):
    hand.hover(source)
    hand.drag(hand.port(source), place)


def test_a_wire_drawn_to_a_node_asks_to_connect_its_free_input(view, hand, asked):
    model = view.model()
    edges = tuple(e for e in model.edges if e.key != ("block2_skip", "add_2", 1))
    view.set_model(replace(model, edges=edges))
    draw_wire(hand, view, "block2_skip", "add_2")
    assert asked == [("connect_requested", "block2_skip", "add_2", 1)]


def test_a_full_merge_gets_one_more_input(view, hand, asked):
    draw_wire(hand, view, "stem", "add_1")
    assert asked == [("connect_requested", "stem", "add_1", 2)]


def test_a_refused_wire_says_why_and_asks_nothing(view, hand, asked):
    view.set_can_connect(lambda source, target: "It would close a loop." if target == "stem" else None)
    hand.hover("classifier")
    hand.press(hand.port("classifier"))
    hand.move_to("stem")
    preview = view.canvas.marks.preview
    assert preview.refused
    assert preview.targets["stem"] == "It would close a loop."
    assert preview.targets["relu_1"] is None
    assert view.overlays.reason.text() == "It would close a loop."
    assert not view.overlays.reason.isHidden()
    assert view.canvas.marks.state("stem").faded
    hand.release("stem")
    assert asked == []
    assert view.overlays.reason.isHidden()


def test_a_wire_dropped_on_free_ground_asks_what_to_add(view, hand, asked):
    draw_wire(hand, view, "softmax", FREE)
    name, x, y, source = asked[0]
    assert (name, source) == ("add_menu_requested", "softmax")
    assert (x, y) == pytest.approx(FREE, abs=2)


def test_escape_takes_a_wire_away(view, hand, asked):
    hand.hover("softmax")
    hand.press(hand.port("softmax"))
    hand.move_to("stem")
    assert view.canvas.marks.preview.wire
    hand.key(Qt.Key.Key_Escape)
    assert not view.canvas.marks.preview.wire
    hand.release("stem")
    assert asked == []


def test_the_end_of_a_wire_can_be_picked_up_and_dropped_elsewhere(view, hand, asked):
    view.set_selection(["classifier"])
    hand.drag(hand.port("classifier", output=False), "softmax")
    assert asked == [
        ("disconnect_requested", "global_pool", "classifier", 0),
        ("connect_requested", "global_pool", "softmax", 0),
    ]


def test_a_wire_pulled_off_its_input_is_disconnected(view, hand, asked):
    view.set_selection(["classifier"])
    hand.drag(hand.port("classifier", output=False), FREE)
    assert asked == [("disconnect_requested", "global_pool", "classifier", 0)]


def test_a_wire_put_back_changes_nothing(view, hand, asked):
    view.set_selection(["classifier"])
    hand.drag(hand.port("classifier", output=False), "classifier")
    assert asked == []


def test_an_open_input_can_be_wired_backwards(view, hand, asked):
    model = view.model()
    view.set_model(replace(model, edges=tuple(e for e in model.edges if e.target != "classifier")))
    view.set_selection(["classifier"])
    hand.drag(hand.port("classifier", output=False), "stem")
    assert asked == [("connect_requested", "stem", "classifier", 0)]


def test_layers_of_a_folded_block_cannot_be_wired(view, hand, asked):
    model = view.model()
    view.set_model(replace(model, blocks=(replace(model.blocks[0], folded=True), model.blocks[1])))
    draw_wire(hand, view, "softmax", "block:1")
    assert asked == []


def mime(kind="dense"):
    data = QMimeData()
    data.setData(LAYER_MIME, kind.encode())
    return data


def drag_layer(view, place, data, drop=True):
    """Bring something from the palette; returns whether the canvas takes it."""
    at = view.viewportTransform().map(QPointF(*place))
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(at.toPoint(), *rest)
    QApplication.sendEvent(view.viewport(), enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(view.viewport(), QDragMoveEvent(at.toPoint(), *rest))
    if drop:
        QApplication.sendEvent(view.viewport(), QDropEvent(at, *rest))
    return True


def test_a_layer_dropped_on_a_wire_goes_into_it(view, asked):
    (x0, y0), (x1, _) = view.canvas.picture.layout.routes["stem", "relu_1", 0][:2]
    at = ((x0 + x1) / 2, y0 + 6)
    data = mime()
    assert drag_layer(view, at, data, drop=False)
    assert view.canvas.marks.preview.edge == ("stem", "relu_1", 0)
    drag_layer(view, at, data)
    name, kind, edge, x, y = asked[0]
    assert (name, kind, edge) == ("insert_requested", "dense", ("stem", "relu_1", 0))
    assert (x + 88, y + 48) == pytest.approx(at, abs=1)
    assert view.canvas.marks.preview.edge is None


def test_a_layer_dropped_on_free_ground_stands_alone(view, asked):
    data = mime("conv2d")
    drag_layer(view, FREE, data)
    assert asked[0][:3] == ("insert_requested", "conv2d", None)


def test_other_things_are_left_to_the_window(view, asked):
    data = QMimeData()
    data.setText("a file")
    assert not drag_layer(view, FREE, data)


def test_double_click_and_key_offer_layers(view, hand, asked):
    hand.double_click(FREE)
    assert asked[0][0] == "add_menu_requested"
    assert asked[0][3] is None
    hand.click("stem")
    hand.key(Qt.Key.Key_A)
    assert asked[-1][0] == "add_menu_requested"
    assert asked[-1][3] == "stem"


def test_the_context_menu_is_about_what_is_under_it(view, hand, asked):
    at = hand.px("stem")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    assert asked[0][:2] == ("context_menu_requested", ("stem",))
    view.set_selection(["softmax", "stem"])
    QApplication.sendEvent(view.viewport(), event)
    assert set(asked[1][1]) == {"softmax", "stem"}


def test_the_pointer_becomes_a_cross_over_a_port(view, hand):
    hand.hover("stem")
    hand.hover(hand.port("stem"))
    assert view.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    hand.hover(FREE)
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_pressing_two_buttons_keeps_one_gesture(view, hand, asked):
    hand.press("classifier")
    hand.move_to(FREE)
    hand.press(FREE, Qt.MouseButton.MiddleButton)
    hand.release(FREE, Qt.MouseButton.MiddleButton)
    hand.release(FREE)
    assert [name for name, *_ in asked] == ["moved"]


def test_nothing_is_hovered_after_leaving(view, hand, qtbot):
    hand.hover("stem")
    with qtbot.waitSignal(view.hovered) as got:
        QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert got.args == [None]


def test_a_drag_at_the_edge_scrolls_on(view, hand, asked):
    view.zoom_to(1.6)
    view.center_on("stem")
    seen = view.camera.seen
    edge = (seen.right - 4, boxes(view)["stem"].centre[1])
    start = boxes(view)["stem"]
    hand.press("stem")
    hand.move_to(edge)
    assert view.edge_scroll.active
    for _ in range(5):
        view.edge_scroll.step()
    assert view.camera.seen.x > seen.x + 20
    assert boxes(view)["stem"].centre[0] > edge[0]
    hand.key(Qt.Key.Key_Escape)
    assert not view.edge_scroll.active
    assert boxes(view)["stem"] == start
    hand.release("stem")


def test_a_folded_block_is_not_dragged(view, hand, asked):
    model = view.model()
    view.set_model(replace(model, blocks=(replace(model.blocks[0], folded=True), model.blocks[1])))
    hand.drag("block:1", FREE)
    assert asked == []
