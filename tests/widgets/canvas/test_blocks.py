"""Repeated blocks are found from wiring and names."""

from dataclasses import replace

from tests.widgets.canvas import networks
from widgets.canvas.blocks import find_blocks
from widgets.canvas.model import CanvasModel, EdgeView


def found(model):
    return [(b.title, b.members) for b in find_blocks(model.nodes, model.edges)]


def test_residual_blocks_reach_from_the_fork_to_the_activation_after_the_merge():
    model = networks.digits_resnet()
    assert found(model) == [(b.title, b.members) for b in model.blocks]


def test_blocks_without_telling_names_are_counted():
    model = networks.digits_resnet()
    names = {n.id: f"layer{chr(97 + k)}" for k, n in enumerate(model.nodes)}
    nodes = [replace(n, id=names[n.id]) for n in model.nodes]
    edges = [EdgeView(names[e.source], names[e.target], e.port) for e in model.edges]
    assert [b.title for b in find_blocks(nodes, edges)] == ["Block 1", "Block 2"]


def test_stages_hold_their_blocks():
    blocks = find_blocks(networks.resnet_300().nodes, networks.resnet_300().edges)
    stage = next(b for b in blocks if b.title == "Stage 3")
    inner = [b for b in blocks if b is not stage and set(b.members) <= set(stage.members)]
    assert len(stage.members) == 37
    assert [b.title for b in inner] == [f"Block {k}" for k in range(1, 6)]
    assert len({b.id for b in blocks}) == len(blocks)


def test_numbered_prefixes_repeat_without_any_skip():
    names = ["image", "block1_conv1", "block1_conv2", "pool", "block2_conv1", "block2_conv2", "out"]
    nodes = [networks.card(n) for n in names]
    blocks = find_blocks(nodes, networks.chain(*names))
    assert [(b.title, b.members) for b in blocks] == [
        ("Block 1", ("block1_conv1", "block1_conv2")),
        ("Block 2", ("block2_conv1", "block2_conv2")),
    ]


def test_a_copy_that_is_not_connected_is_in_no_block():
    model = networks.digits_resnet()
    copies = [networks.card("block1_conv1_2"), networks.pill("block1_relu_2")]
    nodes = [*copies, *model.nodes]
    edges = [*model.edges, EdgeView("block1_conv1_2", "block1_relu_2")]
    assert [(b.title, b.members) for b in find_blocks(nodes, edges)] == found(model)


def test_a_plain_chain_has_no_blocks():
    assert found(networks.chain_of_6()) == []


def test_a_region_with_a_side_exit_is_no_block():
    model = networks.digits_resnet()
    tapped = (*model.edges, EdgeView("relu_2", "softmax", 1))
    titles = [b.members for b in find_blocks(model.nodes, tapped)]
    assert not any("block1_conv1" in members and "add_1" in members for members in titles)


def test_disjoint_or_nested_never_crossing():
    for make in networks.ALL.values():
        model: CanvasModel = make()
        sets = [set(b.members) for b in find_blocks(model.nodes, model.edges)]
        for k, a in enumerate(sets):
            assert all(a.isdisjoint(b) or a < b or b < a for b in sets[k + 1 :])
