"""Showing, selecting, walking and zooming on the canvas."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.widgets.canvas import networks
from widgets import theme
from widgets.canvas.model import CanvasModel, Heat
from widgets.canvas.surface import level_of

SHIFT = Qt.KeyboardModifier.ShiftModifier


def wheel(view, notches, at, keys=Qt.KeyboardModifier.NoModifier):
    place = QPointF(at)
    event = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def pixel(view, scene_point):
    """Colour on screen at a place of the scene."""
    at = view.viewportTransform().map(QPointF(*scene_point)).toPoint()
    return view.viewport().grab().toImage().pixelColor(at)


def test_the_whole_network_is_in_sight_at_once(view):
    seen, bounds = view.camera.seen, view.canvas.picture.layout.bounds
    assert view.zoom() == 1.0
    assert seen.contains((bounds.x, bounds.y))
    assert seen.contains((bounds.right, bounds.bottom))


def test_a_small_window_keeps_the_middle_level(view, qtbot):
    view.resize(700, 200)
    assert view.zoom() >= 0.4


def test_selecting_with_the_mouse_announces_layers(view, hand, qtbot):
    with qtbot.waitSignal(view.selection_changed) as got:
        hand.click("stem")
    assert got.args == [("stem",)]
    hand.click("classifier", SHIFT)
    assert view.selection() == ("stem", "classifier")
    hand.click("stem", SHIFT)
    assert view.selection() == ("classifier",)
    hand.click((300.0, 470.0))
    assert view.selection() == ()


def test_selecting_from_outside_is_not_announced(view, qtbot):
    with qtbot.assertNotEmitted(view.selection_changed):
        view.set_selection(["stem", "no such layer"])
    assert view.selection() == ("stem",)


def test_a_rubber_band_selects_what_it_touches(view, hand):
    boxes = view.canvas.picture.layout.boxes
    hand.drag((boxes["image"].x - 10, boxes["stem"].bottom + 20), (boxes["relu_1"].x + 3, boxes["stem"].y - 10))
    assert set(view.selection()) == {"image", "stem", "relu_1"}


def test_escape_gives_back_what_was_selected_before_the_band(view, hand):
    hand.click("softmax")
    boxes = view.canvas.picture.layout.boxes
    hand.press((boxes["image"].x - 10, boxes["stem"].bottom + 20), keys=SHIFT)
    hand.move_to("stem")
    assert "stem" in view.selection()
    hand.key(Qt.Key.Key_Escape)
    assert view.selection() == ("softmax",)
    assert view.pointer.gesture is None
    hand.release("stem")


def test_hovering_is_announced_and_leaves_again(view, hand, qtbot):
    seen = []
    view.hovered.connect(seen.append)
    hand.hover("stem")
    hand.hover((300.0, 470.0))
    assert seen == ["stem", None]


def test_hover_from_elsewhere_lights_a_node(view):
    box = view.canvas.picture.layout.boxes["stem"]
    edge = (box.x + 40, box.y)
    before = pixel(view, edge)
    view.set_hover("stem")
    assert pixel(view, edge) != before
    view.set_hover(None)
    assert pixel(view, edge) == before


def test_arrow_keys_walk_and_shift_extends(view, hand):
    hand.click("stem")
    hand.key(Qt.Key.Key_Right)
    assert view.selection() == ("relu_1",)
    hand.key(Qt.Key.Key_Right, SHIFT)
    assert view.selection() == ("relu_1", "block1_conv1")
    hand.key(Qt.Key.Key_Left)
    assert view.selection() == ("relu_1",)


def test_walking_brings_the_node_into_sight(view, hand):
    view.zoom_to(2.0)
    view.center_on("image")
    view.set_selection(["relu_3"])
    hand.key(Qt.Key.Key_Right)
    seen, box = view.camera.seen, view.canvas.picture.layout.boxes["block2_conv1"]
    assert seen.contains((box.x, box.y))
    assert seen.contains((box.right, box.bottom))


def test_the_focused_node_is_spoken(view, hand):
    hand.click("block2_conv2")
    assert view.accessibleName() == "block2_conv2, Conv2D 3x3 · 32, 128 DSP, 50 %, over limit"
    view.set_selection([])
    assert view.accessibleName() == "Network, 17 layers"


def test_the_wheel_zooms_at_the_pointer(view):
    at = QPoint(400, 200)
    before = view.camera.scene_point(at)
    wheel(view, 2, at)
    assert view.zoom() > 1.2
    assert view.camera.scene_point(at) == pytest.approx(before, abs=2)
    wheel(view, -2, at)
    assert view.zoom() == pytest.approx(1.0)


def test_zoom_stays_within_bounds_and_the_network_within_reach(view):
    for _ in range(60):
        wheel(view, 3, QPoint(5, 5))
    assert view.zoom() == pytest.approx(4.0)
    for _ in range(90):
        wheel(view, -3, QPoint(5, 5))
    assert view.zoom() == pytest.approx(0.02)
    assert view.camera.seen.touches(view.canvas.picture.layout.bounds)


def test_panning_with_middle_button_and_space(view, hand):
    start = view.camera.seen
    hand.drag((500.0, 480.0), (440.0, 450.0), Qt.MouseButton.MiddleButton)
    assert view.camera.seen.x == pytest.approx(start.x + 60, abs=1)
    view.fit_all()
    QApplication.sendEvent(view, key_event(Qt.Key.Key_Space))
    hand.drag("stem", (150.0, 200.0))
    assert view.camera.seen.x != pytest.approx(start.x, abs=1)
    assert view.selection() == ()


def key_event(key):
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


def test_keys_fit_and_zoom(view, hand):
    hand.click("stem")
    hand.key(Qt.Key.Key_F)
    assert view.zoom() == pytest.approx(1.25)
    box = view.canvas.picture.layout.boxes["stem"]
    assert view.camera.seen.centre == pytest.approx(box.centre, abs=2)
    hand.key(Qt.Key.Key_Home)
    assert view.zoom() == 1.0
    hand.key(Qt.Key.Key_Minus)
    assert view.zoom() == pytest.approx(0.8)
    hand.key(Qt.Key.Key_Plus)
    assert view.zoom() == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("zoom", "level"), [(1.0, "full"), (0.8, "full"), (0.79, "middle"), (0.4, "middle"), (0.39, "far")]
)
def test_levels_of_detail(zoom, level):
    assert level_of(zoom) == level


def test_from_far_nodes_are_filled_with_heat(view):
    view.zoom_to(0.3)
    hot = view.canvas.picture.layout.boxes["block2_conv2"]
    cool = view.canvas.picture.layout.boxes["block2_skip"]
    assert pixel(view, (hot.x + 20, hot.y + 20)) == theme.current().color("resource.DSP")
    assert pixel(view, (cool.x + 88, cool.y + 20)) == theme.current().color("heat.DSP.0")


def test_without_heat_nothing_is_tinted(view):
    view.set_heat(None)
    view.zoom_to(0.3)
    hot = view.canvas.picture.layout.boxes["block2_conv2"]
    assert pixel(view, (hot.x + 20, hot.y + 20)) == theme.current().color("bg.node")
    assert view.overlays.legend.isHidden()


def changed(model, **shares):
    return replace(model, nodes=tuple(replace(n, share=shares.get(n.id, n.share)) for n in model.nodes))


def test_new_shares_move_nothing_and_repaint_their_nodes(view):
    model = view.model()
    layout = view.canvas.picture.layout
    box = layout.boxes["stem"]
    bar = (box.x + 40, box.y + 84)
    before = pixel(view, bar)
    view.set_model(changed(model, stem=0.45))
    assert view.canvas.picture.layout is layout
    assert pixel(view, bar) == QColor(theme.current().color("resource.DSP"))
    assert before != pixel(view, bar)


def test_selection_survives_new_contents_and_goes_with_the_layer(view):
    view.set_selection(["stem", "softmax"])
    view.set_model(changed(view.model(), stem=0.3))
    assert view.selection() == ("stem", "softmax")
    model = view.model()
    view.set_model(
        replace(
            model,
            nodes=tuple(n for n in model.nodes if n.id != "softmax"),
            edges=tuple(e for e in model.edges if e.target != "softmax"),
        )
    )
    assert view.selection() == ("stem",)


def test_a_user_who_zoomed_is_left_alone_by_new_layers(view):
    view.zoom_to(1.7)
    seen = view.camera.seen
    model = view.model()
    view.set_model(replace(model, nodes=(*model.nodes, networks.pill("extra"))))
    assert view.camera.seen == seen


def test_folding_is_asked_for_by_title_key_and_double_click(view, hand, qtbot):
    frame = view.canvas.picture.layout.frames["block:1"]
    with qtbot.waitSignal(view.fold_toggled) as got:
        hand.click((frame.x + 40, frame.y + 12))
    assert got.args == ["block:1"]
    hand.click("block2_conv1")
    with qtbot.waitSignal(view.fold_toggled) as got:
        hand.key(Qt.Key.Key_G)
    assert got.args == ["block:2"]
    model = view.model()
    view.set_model(replace(model, blocks=(replace(model.blocks[0], folded=True), model.blocks[1])))
    with qtbot.waitSignal(view.fold_toggled) as got:
        hand.double_click("block:1")
    assert got.args == ["block:1"]


def test_a_folded_block_stands_for_its_layers(view, hand):
    model = view.model()
    view.set_model(replace(model, blocks=(replace(model.blocks[0], folded=True), model.blocks[1])))
    hand.click("block:1")
    assert set(view.selection()) == set(model.blocks[0].members)
    view.set_selection(["block1_conv2"])
    assert view.canvas.marks.selected == {"block:1"}


def test_opening_a_layer(view, hand, qtbot):
    with qtbot.waitSignal(view.activated) as got:
        hand.double_click("stem")
    assert got.args == ["stem"]
    hand.click("classifier")
    with qtbot.waitSignal(view.activated) as got:
        hand.key(Qt.Key.Key_Return)
    assert got.args == ["classifier"]


def test_deleting_is_asked_for_only_with_a_selection(view, hand, qtbot):
    with qtbot.assertNotEmitted(view.delete_requested):
        hand.key(Qt.Key.Key_Delete)
    hand.click("stem")
    with qtbot.waitSignal(view.delete_requested):
        hand.key(Qt.Key.Key_Delete)


def test_search_hits_stand_out_and_escape_clears_them(view, hand):
    box = view.canvas.picture.layout.boxes["classifier"]
    name = (box.x + 20, box.y + 20)
    before = pixel(view, name)
    view.highlight(["stem"])
    assert pixel(view, name) != before
    view.setFocus()
    hand.key(Qt.Key.Key_Escape)
    assert pixel(view, name) == before


def test_centring_on_a_layer_makes_it_readable(view):
    view.zoom_to(0.2)
    view.center_on("softmax")
    assert view.zoom() == 1.0
    assert view.camera.seen.centre == pytest.approx(view.canvas.picture.layout.boxes["softmax"].centre, abs=2)


def test_the_layout_turns(view):
    view.set_layout("top-down")
    boxes = view.canvas.picture.layout.boxes
    assert boxes["image"].y < boxes["stem"].y < boxes["softmax"].y
    view.set_layout("rows")
    assert view.canvas.picture.layout.rows == 2


def test_hovering_a_ghost_lights_its_origin(view, hand):
    view.set_model(networks.with_ghosts())
    hand.hover("pad")
    assert view.canvas.marks.origin == "block2_conv2"


def test_the_theme_can_change_while_it_is_shown(view, qapp):
    empty = (500.0, 470.0)
    try:
        theme.apply(qapp, theme.Scheme.DARK)
        assert pixel(view, empty) == theme.make_theme("dark").color("bg.canvas")
    finally:
        theme.apply(qapp, theme.Scheme.LIGHT)
    assert pixel(view, empty) == theme.make_theme("light").color("bg.canvas")


def test_larger_text_enlarges_the_nodes(view, qapp):
    try:
        theme.apply(qapp, theme.Scheme.LIGHT, text_scale=1.5)
        view.zoom_to(1.0)
        assert view.zoom() == 1.0
        assert view.camera.scale == pytest.approx(1.5)
    finally:
        theme.apply(qapp, theme.Scheme.LIGHT)


def test_an_empty_canvas_shows_the_first_steps(view, qtbot):
    view.set_model(CanvasModel())
    assert not view.overlays.empty.isHidden()
    view.set_model(networks.chain_of_6())
    assert view.overlays.empty.isHidden()


def test_heat_of_another_quantity(view):
    view.set_heat(Heat("LUT", theme.current().color("resource.LUT").name()))
    assert view.overlays.legend.accessibleName() == "LUT share of the design: from nothing to 50 %"


def test_coming_with_the_tab_key_shows_where_the_arrows_start(view, hand):
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.canvas.marks.state("image").focused
    assert view.accessibleName().startswith("Image")
    assert view.selection() == ()
    hand.key(Qt.Key.Key_Right)
    assert view.selection() == ("stem",)
    view.clearFocus()
    assert view.canvas.marks.focused is None


def test_from_far_a_click_on_a_frame_folds_nothing(view, hand, qtbot):
    view.zoom_to(0.3)
    frame = view.canvas.picture.layout.frames["block:1"]
    with qtbot.assertNotEmitted(view.fold_toggled):
        hand.click((frame.x + 40, frame.y + 12))


def test_a_stage_folds_by_its_title(view, hand, qtbot):
    view.set_model(networks.resnet_300())
    view.zoom_to(1.0)
    view.center_on("stage2_conv")
    x, y = view.canvas.picture.layout.titles["stage:stage2"]
    with qtbot.waitSignal(view.fold_toggled) as got:
        hand.click((x + 20, y - 8))
    assert got.args == ["stage:stage2"]
