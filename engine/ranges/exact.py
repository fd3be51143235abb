"""The sum that never overflows, worked out from the weights: every product and every sum of products is held."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.precision import MAX_WIDTH, FixedType
from engine.precision.cast import cast

Array = NDArray[Any]

_WORD = 63
"""Bits of a machine's whole numbers, without the sign; what needs more is worked out in Python's, which have no end."""


def exact_sum(
    kernel: Array, bias: Array | None, weight: FixedType, offset: FixedType | None, arriving: FixedType, outputs: int
) -> FixedType | None:
    """The narrowest type that holds, bit for bit, any part of any sum of a layer, in whatever order it is added up.

    `kernel` (..., outputs) and `bias` (outputs,) are rounded as `weight` and `offset` hold them; inputs are anything
    that `arriving` holds. None where that is wider than a type can be.
    """
    weights = _codes(kernel, weight).reshape(-1, outputs)
    if weight.width + arriving.width + len(weights).bit_length() < _WORD:
        weights = weights.astype(np.int64)
    low, high = _ends(arriving)
    step = -(weight.fraction + arriving.fraction)
    least = np.minimum(weights * low, weights * high).sum(axis=0).astype(object)
    most = np.maximum(weights * low, weights * high).sum(axis=0).astype(object)
    if bias is not None and offset is not None:
        added = _codes(bias, offset)
        least, most, step = _with_bias(least, most, step, added, -offset.fraction)
    return _holding(int(least.min()), int(most.max()), step)


def _codes(values: Array, type_: FixedType) -> Array:
    """Whole numbers of steps, as Python's own."""
    steps = np.ldexp(cast(np.asarray(values, np.float64), type_), type_.fraction)
    return steps.astype(np.int64).astype(object) if type_.width < _WORD else np.vectorize(int, otypes=[object])(steps)


def _ends(type_: FixedType) -> tuple[int, int]:
    return round(type_.minimum / type_.step), round(type_.maximum / type_.step)


def _with_bias(least: Array, most: Array, step: int, added: Array, added_step: int) -> tuple[Array, Array, int]:
    """Ends of the sums with a bias that may be there from the start, in the finer of both steps."""
    finest = min(step, added_step)
    shift, added_shift = 2 ** (step - finest), 2 ** (added_step - finest)
    low = least * shift + np.minimum(added, 0) * added_shift
    high = most * shift + np.maximum(added, 0) * added_shift
    return low, high, finest


def _holding(least: int, most: int, step: int) -> FixedType | None:
    """The type with this step (an exponent of 2) that reaches from `least` to `most` steps."""
    signed = least < 0
    bits = max(most.bit_length(), (-least - 1).bit_length() if signed else 1) + signed
    return FixedType(bits, bits + step, signed) if bits <= MAX_WIDTH else None
