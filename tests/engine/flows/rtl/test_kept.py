"""Estimating one design after the other: what an edit left alone is kept, and all is as if it were made afresh."""

from collections import Counter
from dataclasses import replace

import pytest

from engine.boards import board
from engine.design import RESULT, REUSE_FACTOR, WEIGHT, Design, Target, set_default, set_on_layers
from engine.flows.hls4ml.exact.checked import Checker
from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.rtl.cost.between import between
from engine.flows.rtl.cost.reading import read
from engine.flows.rtl.draft import Drafter
from engine.flows.rtl.flow import RtlFlow
from engine.flows.rtl.timeline import timeline
from engine.flows.rtl.top import top
from engine.network import Layer, Network
from engine.network.kinds import BatchNorm, DepthwiseConv2D, Input
from engine.precision import FixedType
from tests.samples import small_resnet, with_random_weights

EDITS = [
    lambda design: set_on_layers(design, ("conv1",), WEIGHT, FixedType(5, 1)),
    lambda design: set_on_layers(design, ("stem",), RESULT, FixedType(9, 3)),
    lambda design: set_on_layers(design, ("conv2",), REUSE_FACTOR, 72),
    lambda design: set_on_layers(design, ("conv1",), REUSE_FACTOR, 12),
    lambda design: set_default(design, "precision", FixedType(12, 5)),
    lambda design: set_on_layers(design, ("conv1",), WEIGHT, None),
]


@pytest.fixture
def resnet(store):
    design = small_resnet(store)
    design = set_on_layers(design, ("stem", "conv1", "conv2"), REUSE_FACTOR, 36)
    return replace(design, target=replace(design.target, flow="rtl"))


def test_every_edit_is_estimated_as_a_fresh_flow_does(resnet, store):
    kept, design = RtlFlow(), resnet
    kept.estimate(design, store)
    for edit in EDITS:
        design = edit(design)
        assert kept.estimate(design, store) == RtlFlow().estimate(design, store)


def test_modules_that_an_edit_left_alone_are_the_same_objects(resnet, store):
    drafter = Drafter()
    before = drafter.draft(resnet, store).hardware.blocks
    after = drafter.draft(EDITS[0](resnet), store).hardware.blocks
    assert [new.name for new, old in zip(after, before, strict=True) if new is not old] == ["conv1_relu"]


def test_what_joins_modules_is_read_as_the_top_has_it(resnet, store):
    for edit in (lambda design: design, EDITS[3]):
        hardware = Drafter().draft(edit(resnet), store).hardware
        found, text = between(hardware, timeline(hardware)), read(top(hardware))
        assert found.amounts == text.amounts
        assert Counter(found.memories) == Counter(text.memories)


def test_a_norm_that_an_edit_in_front_of_it_spoils_is_refused(store):
    layers = (
        Layer("x", Input(shape=(6, 6, 2))),
        Layer("depthwise", DepthwiseConv2D(), ("x",)),
        Layer("norm1", BatchNorm(), ("depthwise",)),
        Layer("norm2", BatchNorm(), ("norm1",)),
    )
    network = with_random_weights(Network(layers), store)
    design = Design("norms", network, Target(board("pynq-z2"), 10.0, "rtl", "io_stream"))
    checker, typed = Checker(), set_on_layers(design, ("depthwise", "norm1"), RESULT, FixedType(12, 5))
    checker.check(typed)
    for names in (("depthwise",), ("depthwise", "norm1")):
        with pytest.raises(NoExactModelError, match="melts it"):
            checker.check(set_on_layers(typed, names, RESULT, None))
