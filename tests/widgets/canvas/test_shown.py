"""Folding and hiding change what is shown, never the model."""

from dataclasses import replace

import pytest

from tests.widgets.canvas import networks
from widgets.canvas.model import BlockView
from widgets.canvas.shown import shown


def folded(model, *ids):
    return replace(model, blocks=tuple(replace(b, folded=b.id in ids) for b in model.blocks))


def test_a_folded_block_is_one_card_with_the_sum_of_its_shares():
    content = shown(folded(networks.digits_resnet(), "block:2"))
    card = next(n for n in content.nodes if n.id == "block:2")
    assert card.title == "Block 2"
    assert card.subtitle == "6 layers, folded"
    assert card.share == pytest.approx(0.12 + 0.5 + 0.03)
    assert card.share_text == "168 DSP"
    assert [b.kind for b in card.badges] == ["over"]
    assert content.home["block2_skip"] == "block:2"
    assert [b.id for b in content.blocks] == ["block:1"]


def test_wires_of_a_folded_block_lead_to_its_card_once():
    content = shown(folded(networks.digits_resnet(), "block:1"))
    keys = {e.key for e in content.edges}
    assert ("relu_1", "block:1", 0) in keys
    assert ("block:1", "block2_conv1", 0) in keys
    assert not any("add_1" in key for key in keys)
    assert sum(key[1] == "block:1" for key in keys) == 1


def test_the_outer_fold_wins():
    model = networks.digits_resnet()
    outer = BlockView("all", "Both", tuple(m for b in model.blocks for m in b.members), folded=True)
    content = shown(folded(replace(model, blocks=(*model.blocks, outer)), "block:1", "all"))
    assert content.home["block1_conv1"] == "all"
    assert not any(n.id == "block:1" for n in content.nodes)


def test_a_ghost_without_wires_hangs_on_its_origin_and_folds_with_it():
    model = networks.with_ghosts()
    content = shown(model)
    assert [g.id for g in content.attached["block2_conv2"]] == ["pad"]
    assert "pad" in next(b for b in content.blocks if b.id == "block:2").members
    content = shown(folded(model, "block:2"))
    assert content.attached == {}
    assert not any(n.id == "pad" for n in content.nodes)
    assert next(n for n in content.nodes if n.id == "block:2").subtitle == "6 layers, folded"
