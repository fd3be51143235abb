"""What constant weights turn into: their digits decide between wires, adders and multipliers.

A constant with one non-zero digit in canonical signed-digit form is wiring, with two an adder, with more a
multiplier; equal products of one input are built once. Eleven, the least of three digits, the tools build of adders
too: without it the DSPs of 8-bit layers are 3 % off, with it 12 % (16 reports of Vivado HLS).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.precision import FixedType
from engine.precision.cast import cast

MOST_PRODUCTS = 1 << 16
"""Larger matrices are judged by rows taken evenly from them."""


@dataclass(frozen=True, slots=True)
class Digits:
    """A matrix of constants: products, those that are not zero, and among those that differ within a row, those of
    two digits, of three or more, and of the latter those by eleven.

    `zeros` are weights that were zero before they were stored: hls4ml counts these when it limits multipliers.
    `size` is the mean length in bits of those that are not zero, `deepest` how many of these the largest sum has.
    `known` says whether real weights were counted."""

    products: float
    nonzero: float
    adders: float
    multipliers: float
    elevens: float = 0.0
    zeros: float = 0.0
    size: float = 0.0
    deepest: float = 0.0
    known: bool = True

    def times(self, factor: float) -> "Digits":
        """The same constants built several times."""
        return Digits(
            self.products * factor,
            self.nonzero * factor,
            self.adders * factor,
            self.multipliers * factor,
            self.elevens * factor,
            self.zeros * factor,
            self.size,
            self.deepest * factor,
            self.known,
        )


def count_digits(matrix: NDArray[np.floating], type: FixedType, *, known: bool = True) -> Digits:
    """Count a matrix of (inputs, outputs) as it is stored in `type`."""
    step = max(1, -(-matrix.size // MOST_PRODUCTS))
    taken = matrix[::step] if 1 < step < matrix.shape[0] else matrix
    steps_taken = steps(taken, type)
    codes = np.sort(steps_taken, axis=1)
    weights = np.bitwise_count(codes ^ (3 * codes))
    new = np.ones(codes.shape, bool)
    new[:, 1:] = codes[:, 1:] != codes[:, :-1]
    found = Digits(
        codes.size,
        int(np.count_nonzero(codes)),
        int(np.count_nonzero(new & (weights == 2))),
        int(np.count_nonzero(new & (weights > 2))),
        int(np.count_nonzero(new & (np.abs(codes) == _ELEVEN))),
        int(np.count_nonzero(taken == 0)),
        _mean_size(codes),
        int(np.count_nonzero(steps_taken, axis=0).max(initial=0)),
        known,
    )
    return found if taken is matrix else found.times(matrix.size / taken.size)


def _mean_size(codes: NDArray[np.int64]) -> float:
    lengths = np.frexp(codes[codes != 0].astype(float))[1]
    return float(lengths.mean()) if lengths.size else 0.0


@lru_cache(maxsize=1024)
def assumed_digits(n_in: int, n_out: int, type: FixedType) -> Digits:
    """Digits of weights that are not at hand: normally distributed, as wide as Glorot's initial ones."""
    rows, columns = min(n_in, max(1, MOST_PRODUCTS // max(n_out, 1) // 8)), n_out
    values = np.random.default_rng(1).normal(0, np.sqrt(2 / (n_in + n_out)), (rows, columns))
    found = count_digits(values, type, known=False)
    return found.times(n_in / rows)


def steps(values: NDArray[np.floating], type: FixedType) -> NDArray[np.int64]:
    """Values as whole steps of a type; of very wide types the leading bits only."""
    narrow = type if type.width <= _WIDEST else type.changed(width=_WIDEST)
    held = cast(np.nan_to_num(values, posinf=0.0, neginf=0.0), narrow)
    return np.ldexp(held, narrow.fraction).astype(np.int64)


_WIDEST = 53
_ELEVEN = 11
