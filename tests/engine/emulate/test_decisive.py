"""Which edits leave the numbers of an emulation as they are: held against the bit-exact model."""

from dataclasses import replace

import numpy as np
import pytest

from engine.boards import board
from engine.design import ACCUM, REUSE_FACTOR, STRATEGY, WEIGHT, set_default, set_on_layers
from engine.emulate.data import Samples
from engine.emulate.decisive import decides_numbers
from engine.flows.hls4ml.golden import evaluate
from engine.precision import FixedType, Overflow
from tests.samples import jet_tagger, small_resnet


def on_target(**changes):
    return lambda design: replace(design, target=replace(design.target, **changes))


def on_layer(name, key, value):
    return lambda design: set_on_layers(design, (name,), key, value)


SATURATING = FixedType(16, 6, overflow=Overflow.SAT)


@pytest.mark.parametrize(
    "edit",
    [
        on_target(board=board("zcu104")),
        on_target(clock_ns=5.0),
        lambda design: replace(design, fifo_depths=(("stem → stem_relu", 9),)),
        lambda design: replace(design, name="other"),
        on_layer("conv1", REUSE_FACTOR, 36),
        on_layer("stem_relu", REUSE_FACTOR, 7),
        lambda design: set_default(design, REUSE_FACTOR, 4),
    ],
)
def test_what_decides_no_number(edit, store):
    design = set_on_layers(small_resnet(store), ("stem", "classifier"), REUSE_FACTOR, 1)
    assert decides_numbers(edit(design)) == decides_numbers(design)


@pytest.mark.parametrize(
    "edit",
    [
        on_target(flow="vivado"),
        on_target(io_type="io_parallel"),
        on_layer("conv1", WEIGHT, FixedType(5, 1)),
        on_layer("conv1", STRATEGY, "resource"),
        on_layer("conv1", REUSE_FACTOR, 5),
        lambda design: set_on_layers(set_default(design, ACCUM, SATURATING), ("conv1",), REUSE_FACTOR, 9),
    ],
)
def test_what_may_decide_numbers(edit, store):
    design = small_resnet(store)
    assert decides_numbers(edit(design)) != decides_numbers(design)


@pytest.mark.parametrize("saturating", [False, True])
def test_the_bit_exact_model_agrees(store, saturating):
    design = set_default(jet_tagger(store), STRATEGY, "resource")
    narrow = FixedType(8, 2, overflow=Overflow.SAT if saturating else Overflow.WRAP)
    design = set_on_layers(design, ("fc2",), ACCUM, narrow)
    other = set_on_layers(design, ("fc2",), REUSE_FACTOR, 16)
    samples = Samples({"features": np.random.default_rng(1).normal(size=(200, 16))})
    ours, theirs = (evaluate(each, store, samples).outputs["softmax"] for each in (design, other))
    same = decides_numbers(design) == decides_numbers(other)
    assert same is not saturating
    assert np.array_equal(ours, theirs) is same
