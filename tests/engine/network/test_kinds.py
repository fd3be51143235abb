"""Layer kinds: what they refuse, and shapes worked out by hand. Conformance with Keras is in tests/engine/readers."""

from dataclasses import fields

import pytest

from engine.network import KINDS, NetworkError, ShapeError
from engine.network.kinds import (
    BatchNorm,
    Conv1D,
    Conv2D,
    Dense,
    GlobalPool,
    Input,
    Merge,
    Pad2D,
    Permute,
    Pool2D,
    Reshape,
    UpSample2D,
)
from engine.network.kinds.windows import same_padding


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_explains_itself(kind):
    op = kind()
    assert op.LABEL
    assert op.HELP.endswith(".")
    assert op.GROUP in {"io", "conv", "dense", "recurrent", "norm", "activation", "pool", "merge", "shape"}
    assert op.subtitle()
    for item in fields(op):
        spec = item.metadata["param"]
        assert spec.label
        assert spec.help.endswith(".")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: Dense(units=0), "units is 0; it must be at least 1"),
        (lambda: Conv2D(kernel=(3,)), "kernel has 1 entries; it needs 2 numbers"),
        (lambda: Conv1D(strides=(1, 1)), "stride has 2 entries; it needs 1 numbers"),
        (lambda: Conv2D(padding="causal"), "padding 'causal' is not one of valid, same"),
        (lambda: Pad2D(padding=(1, 1)), "zeros has 2 entries; it needs 4 numbers"),
        (lambda: UpSample2D(size=(2,)), "factors has 1 entries"),
        (lambda: Input(shape=()), "shape has 0 entries; it needs at least one number"),
        (lambda: Reshape(target=()), "at least one number"),
        (lambda: BatchNorm(epsilon=-1.0), "must be at least 0"),
    ],
)
def test_parameters_out_of_bounds_are_refused(make, reason):
    with pytest.raises(NetworkError, match=reason):
        make()


@pytest.mark.parametrize(
    ("op", "shapes", "result"),
    [
        (Conv2D(filters=8, strides=(2, 2), padding="same"), [(7, 6, 3)], (4, 3, 8)),
        (Conv2D(filters=8, dilation=(2, 1)), [(7, 6, 3)], (3, 4, 8)),
        (Pool2D(pool=(3, 2), strides=(2, 2)), [(7, 6, 3)], (3, 3, 3)),
        (GlobalPool(keepdims=True), [(7, 6, 3)], (1, 1, 3)),
        (Dense(units=4), [(5, 3)], (5, 4)),
        (Reshape(target=(-1, 2)), [(3, 4)], (6, 2)),
        (Permute(order=(3, 1, 2)), [(5, 6, 7)], (7, 5, 6)),
        (Pad2D(padding=(1, 2, 3, 4)), [(5, 5, 1)], (8, 12, 1)),
        (Merge(), [(4, 4, 3), (1, 1, 3)], (4, 4, 3)),
        (Merge("dot"), [(4,), (4,)], (1,)),
    ],
)
def test_shapes_worked_out_by_hand(op, shapes, result):
    assert op.output_shape(tuple(shapes)) == result


@pytest.mark.parametrize(
    ("op", "shapes"),
    [
        (Conv2D(), [(7, 6)]),
        (Conv2D(), [(2, 2, 1)]),
        (GlobalPool(), [(7,)]),
        (Reshape(target=(5, 2)), [(3, 4)]),
        (Reshape(target=(-1, -1)), [(3, 4)]),
        (Reshape(target=(0, -1)), [(3, 4)]),
        (Permute(order=(1, 1)), [(3, 4)]),
        (Merge(), [(4,), (5,)]),
        (Merge(), [(4,), (4, 1)]),
        (Merge("dot"), [(4,), (4,), (4,)]),
    ],
)
def test_shapes_that_do_not_fit(op, shapes):
    with pytest.raises(ShapeError):
        op.output_shape(tuple(shapes))


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "zeros"), [(5, 3, 1, (1, 1)), (5, 2, 1, (0, 1)), (6, 3, 2, (0, 1)), (4, 1, 3, (0, 0))]
)
def test_zeros_that_same_padding_adds(size, kernel, stride, zeros):
    assert same_padding(size, kernel, stride) == zeros
