"""Many numbers made one, as hls4ml's `reduce` does it."""

from collections.abc import Sequence

import numpy as np

from engine.emulate.exact.numbers import Exact, cast
from engine.precision import FixedType


def largest(values: Sequence[Exact]) -> Exact:
    """The largest at each place; all have one step."""
    found = values[0]
    for value in values[1:]:
        found = Exact(np.maximum(found.codes, value.codes), found.fraction, found.bits)
    return found


def tree(values: Sequence[Exact], type_: FixedType) -> Exact:
    """The sum by halves, each partial sum cast: the left half holds the largest power of two below the count."""
    if len(values) == 1:
        return values[0]
    left = 1 << ((len(values) - 1).bit_length() - 1)
    return cast(tree(values[:left], type_) + tree(values[left:], type_), type_)
