"""Estimating one design after the other: what an edit left alone is kept, and all is as if it were made afresh."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.boards import board
from engine.design import (
    RESULT,
    REUSE_FACTOR,
    WEIGHT,
    Design,
    Target,
    set_default,
    set_on_layers,
    with_network,
)
from engine.flows.hls4ml.exact.checked import Checker
from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.rtl.cost.between import between
from engine.flows.rtl.cost.estimator import Estimator
from engine.flows.rtl.cost.reading import read
from engine.flows.rtl.draft import Drafter
from engine.flows.rtl.flow import RtlFlow
from engine.flows.rtl.timeline import timeline
from engine.flows.rtl.top import top
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import Activation, BatchNorm, Conv2D, Dense, DepthwiseConv2D, Flatten, Input, Merge, Pad2D
from engine.precision import FixedType
from tests.engine.flows.rtl.running import with_positive_variances
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


def test_a_type_between_norms_that_are_merged_merges_them_anew(store):
    dense, norms = Layer("fc", Dense(3), ("x",)), [Layer(f"n{i}", BatchNorm(), (b,)) for i, b in ((1, "fc"), (2, "n1"))]
    network = with_random_weights(Network((Layer("x", Input(shape=(4,))), dense, *norms)), store)
    network = with_positive_variances(network, store)
    plain = Design("norms", network, Target(board("pynq-z2"), 10.0, "rtl", "io_parallel"))
    typed, lowering = set_on_layers(plain, ("n1",), RESULT, FixedType(12, 5)), Lowering(store)
    before, after, again = (lowering.lower(each).by_name["fc"] for each in (plain, typed, plain))
    assert after.digest == Lowering(store).lower(typed).by_name["fc"].digest != before.digest == again.digest
    assert after.operation is not before.operation is again.operation


def test_a_norm_that_divides_by_no_number_is_refused(store):
    layers = (Layer("x", Input(shape=(4,))), Layer("fc", Dense(3), ("x",)), Layer("norm", BatchNorm(), ("fc",)))
    network = with_random_weights(Network(layers), store)
    norm = network["norm"]
    spoilt = replace(norm, weights=tuple({**dict(norm.weights), "variance": store.put(-np.ones(3, "f4"))}.items()))
    design = Design("n", Network((*network.layers[:2], spoilt)), Target(board("pynq-z2"), 10.0, "rtl", "io_parallel"))
    assert RtlFlow().estimate(design, store).refusal.startswith("'norm': A variance is not above zero")


def _branched(store: TensorStore) -> Design:
    """Zeros that a convolution takes into its module, and branches that meet behind it."""
    layers = (
        Layer("x", Input(shape=(6, 6, 2))),
        Layer("pad", Pad2D((1, 0, 1, 0)), ("x",)),
        Layer("conv", Conv2D(filters=2, kernel=(2, 2), padding="valid"), ("pad",)),
        Layer("relu", Activation(), ("conv",)),
        Layer("side", Conv2D(filters=2, kernel=(3, 3), padding="same"), ("relu",)),
        Layer("add", Merge(), ("relu", "side")),
        Layer("flat", Flatten(), ("add",)),
        Layer("fc", Dense(4), ("flat",)),
    )
    network = with_random_weights(Network(layers), store)
    return Design("edited", network, Target(board("pynq-z2"), 10.0, "rtl", "io_stream"))


def _padded(design: Design, zeros: tuple[int, ...]) -> Design:
    layers = tuple(replace(each, op=Pad2D(zeros)) if each.name == "pad" else each for each in design.network.layers)
    return with_network(design, Network(layers))


_SIDES = st.sampled_from([0, 1])
_LAYERS = st.sampled_from(["pad", "conv", "relu", "side", "add", "fc"])
_TYPES = st.sampled_from([FixedType(8, 3), FixedType(5, 1), FixedType(12, 6), None])
_RANDOM = st.one_of(
    st.builds(lambda top, left: lambda it: _padded(it, (top, 1 - top, left, 1 - left)), _SIDES, _SIDES),
    st.builds(lambda layer, type_: lambda it: set_on_layers(it, (layer,), RESULT, type_), _LAYERS, _TYPES),
    st.builds(
        lambda layer, reuse: lambda it: set_on_layers(it, (layer,), REUSE_FACTOR, reuse),
        st.sampled_from(["conv", "side", "fc"]),
        st.sampled_from([1, 2, 4, 8]),
    ),
)


@settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(edits=st.lists(_RANDOM, min_size=3, max_size=8))
def test_after_any_edits_all_is_as_if_it_were_made_afresh(store, edits):
    drafter, estimator, design = Drafter(), Estimator(), _branched(store)
    for edit in (lambda it: it, *edits):
        design = edit(design)
        kept, fresh = drafter.draft(design, store), Drafter().draft(design, store)
        assert kept.problems == fresh.problems
        if kept.hardware is None or fresh.hardware is None:
            continue
        assert [each.verilog for each in kept.hardware.blocks] == [each.verilog for each in fresh.hardware.blocks]
        assert estimator.estimate(design, kept.hardware) == Estimator().estimate(design, fresh.hardware)
