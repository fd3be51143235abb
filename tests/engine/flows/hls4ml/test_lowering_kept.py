"""Lowering one design after the other: what an edit left alone is kept, and is as if it were made afresh."""

import numpy as np

from engine.design import ACCUM, RESULT, REUSE_FACTOR, WEIGHT, set_default, set_on_layers
from engine.emulate.exact.products import Sum
from engine.flows.hls4ml.exact.lower import Lowering
from engine.precision import FixedType
from tests.samples import small_resnet

EDITS = [
    lambda design: set_on_layers(design, ("conv1",), WEIGHT, FixedType(5, 1)),
    lambda design: set_on_layers(design, ("stem",), RESULT, FixedType(9, 3)),
    lambda design: set_on_layers(design, ("conv2",), REUSE_FACTOR, 12),
    lambda design: set_on_layers(design, ("conv2",), ACCUM, FixedType(18, 8)),
    lambda design: set_default(design, "precision", FixedType(12, 5)),
    lambda design: set_on_layers(design, ("conv1",), WEIGHT, None),
]


def test_every_edit_gives_what_a_fresh_lowering_gives(store):
    design, kept = small_resnet(store), Lowering(store)
    for edit in EDITS:
        design = edit(design)
        lowered, afresh = kept.lower(design), Lowering(store).lower(design)
        assert lowered.digests() == afresh.digests()
        for ours, fresh in zip(lowered.stages, afresh.stages, strict=True):
            assert (ours.name, ours.digest, ours.result) == (fresh.name, fresh.digest, fresh.result)
            assert (ours.reuse_factors, ours.inputs, ours.shape) == (fresh.reuse_factors, fresh.inputs, fresh.shape)
            if isinstance(ours.operation, Sum):
                assert np.array_equal(ours.operation.weights.codes, fresh.operation.weights.codes)


def test_an_edit_makes_no_operation_anew_that_it_leaves_alone(store):
    design, kept = small_resnet(store), Lowering(store)
    before = kept.lower(design)
    after = kept.lower(set_on_layers(design, ("conv1",), WEIGHT, FixedType(5, 1)))
    new = [ours.name for ours, theirs in zip(after.stages, before.stages, strict=True) if ours is not theirs]
    assert "conv1" in new
    assert not {"stem", "stem_relu", "classifier"} & set(new)
    same = {name for name, digest in after.digests().items() if before.digests()[name] == digest}
    assert "stem" in same
    assert "classifier" not in same, "what lies behind it computes other values"
