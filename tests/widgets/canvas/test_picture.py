"""Finding, walking, moving and wording on a laid-out model."""

from dataclasses import replace

import pytest

from tests.widgets.canvas import networks
from widgets.canvas.appearance import appearance
from widgets.canvas.geometry import Rect
from widgets.canvas.heat import full_scale, percent, step_of
from widgets.canvas.model import Badge, NodeView
from widgets.canvas.picture import draw_up, same_places
from widgets.canvas.shown import shown
from widgets.canvas.walk import walk
from widgets.canvas.words import spoken, tool_tip

SPACE = (1320.0, 600.0)


@pytest.fixture
def picture():
    return draw_up(networks.digits_resnet(), "rows", SPACE)


def middle(picture, node):
    return picture.layout.boxes[node].centre


def test_nodes_and_wires_are_found_where_they_are(picture):
    assert picture.places.node_at(middle(picture, "block1_conv1")) == "block1_conv1"
    assert picture.places.node_at((-500.0, -500.0)) is None
    (x0, y0), (x1, _) = picture.layout.routes["image", "stem", 0][:2]
    assert picture.places.edge_at(((x0 + x1) / 2, y0 + 5), 6) == ("image", "stem", 0)
    assert picture.places.edge_at(((x0 + x1) / 2, y0 + 7), 6) is None


def test_a_region_finds_what_touches_it(picture):
    box = picture.layout.boxes["stem"]
    assert picture.places.nodes_in(Rect(box.right - 5, box.bottom - 5, 20, 5)) == ["stem"]
    assert set(picture.places.nodes_in(picture.layout.bounds)) == set(picture.nodes)


def test_arrows_walk_along_wires(picture):
    assert walk(picture, None, "right") == "image"
    assert walk(picture, "image", "right") == "stem"
    assert walk(picture, "relu_1", "right") == "block1_conv1"
    assert walk(picture, "relu_3", "right") == "block2_conv1"
    assert walk(picture, "block2_conv1", "left") == "relu_3"
    assert walk(picture, "softmax", "right") is None


def test_arrows_across_the_flow_go_to_the_nearest(picture):
    assert walk(picture, "block2_conv1", "down") == "block2_skip"
    assert walk(picture, "block2_skip", "up") in ("block2_conv1", "block2_conv2", "add_2")
    assert walk(picture, "classifier", "up") == "add_1"


def test_arrows_turn_with_the_flow():
    picture = draw_up(networks.digits_resnet(), "top-down", SPACE)
    assert walk(picture, "image", "down") == "stem"
    assert walk(picture, "stem", "up") == "image"
    assert walk(picture, "block2_conv1", "right") == "block2_skip"


def test_moving_takes_wires_frames_and_ghosts_along():
    picture = draw_up(networks.with_ghosts(), "rows", SPACE)
    x, y = picture.layout.boxes["block2_conv2"].x, picture.layout.boxes["block2_conv2"].y
    moved = picture.moved({"block2_conv2": (x, y + 300)})
    box = moved.layout.boxes["block2_conv2"]
    assert moved.layout.routes["relu_4", "block2_conv2", 0][-1] == (box.x, box.centre[1])
    assert moved.layout.boxes["pad"].y == box.bottom + 10
    assert moved.layout.frames["block:2"].bottom >= moved.layout.boxes["pad"].bottom
    assert moved.layout.boxes["stem"] == picture.layout.boxes["stem"]
    assert moved.places.node_at(box.centre) == "block2_conv2"


def test_the_prefix_shared_with_the_block_is_dropped(picture):
    assert picture.content.short_names["block2_conv2"] == "conv2"
    assert picture.content.short_names["stem"] == "stem"


def test_layers_and_visible_nodes_translate_into_each_other():
    model = networks.digits_resnet()
    blocks = (replace(model.blocks[0], folded=True), model.blocks[1])
    picture = draw_up(replace(model, blocks=blocks), "rows", SPACE)
    assert picture.visible(("block1_conv1", "add_1", "stem")) == ("block:1", "stem")
    assert set(picture.layers(("block:1",))) == set(model.blocks[0].members)
    assert picture.block_of("block:1") == "block:1"
    assert picture.block_of("block2_conv1") == "block:2"
    assert picture.block_of("stem") is None


@pytest.mark.parametrize(
    ("change", "same"),
    [({"share": 0.9, "chips": ("4,2",)}, True), ({"title": "renamed"}, True), ({"form": "pill"}, False)],
)
def test_only_structure_moves_things(change, same):
    model = networks.digits_resnet()
    nodes = tuple(replace(n, **change) if n.id == "stem" else n for n in model.nodes)
    assert same_places(shown(model), shown(replace(model, nodes=nodes))) is same


def test_a_longer_title_of_a_pill_needs_room():
    model = networks.digits_resnet()
    nodes = tuple(replace(n, title="Average pooling") if n.id == "global_pool" else n for n in model.nodes)
    assert not same_places(shown(model), shown(replace(model, nodes=nodes)))


@pytest.mark.parametrize(
    ("shares", "full"),
    [([0.06, 0.12, 0.12, 0.12, 0.5, 0.03, 0.04], 0.5), ([0.011] * 90, 0.05), ([], 0.5), ([1.0], 0.5)],
)
def test_the_full_scale_is_round_and_fits_the_mean(shares, full):
    assert full_scale(shares) == full


def test_heat_has_five_steps():
    bounds = (0.05, 0.1, 0.2, 0.4)
    assert [step_of(s, 0.5, bounds) for s in (0.0, 0.05, 0.1, 0.39, 0.4)] == [0, 1, 2, 3, 4]
    assert step_of(0.04, 0.05, bounds) == 4


@pytest.mark.parametrize(
    ("share", "full", "words"),
    [(0.5, 0.5, "50 %"), (0.004, 0.5, "<1 %"), (0.053, 0.05, "5.3 %"), (0.0004, 0.01, "0.04 %"), (0.0, 0.5, "0 %")],
)
def test_percentages_are_as_fine_as_the_scale(share, full, words):
    assert percent(share, full) == words


def test_a_node_is_spoken_with_its_amount_and_findings():
    node = networks.card("block2_conv2", 128 / 257, 72, "4×4×32", "Conv2D 3×3", badges=(Badge("over"),))
    assert spoken(node) == "block2_conv2, Conv2D 3x3, 128 DSP, 50 %, over limit"
    assert spoken(networks.add("add_1")) == "add_1, Add, output 8x8x16"


def test_a_tool_tip_explains_the_badges():
    node = NodeView("a", "conv", "conv", "a", badges=(Badge("risk", "Sums may overflow."),), tooltip="Convolution")
    assert tool_tip(node) == "Convolution\nSums may overflow."


def test_what_looks_alike_is_not_drawn_again():
    node = networks.card("a", 0.2)
    assert appearance(node, 0.5) == appearance(replace(node, share=0.2004, tooltip="other"), 0.5)
    assert appearance(node, 0.5) != appearance(replace(node, share=0.21), 0.5)
    assert appearance(node, 0.5) != appearance(replace(node, badges=(Badge("over"),)), 0.5)
    assert appearance(node, 0.5) != appearance(node, 0.2)
