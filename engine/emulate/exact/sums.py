"""Sums of products in an accumulator, as hls4ml's kernels add them up.

Each product is cast to the accumulator's type and added to it, the bias first; after each addition the type's range
is kept. Where no sum can leave the range, or leaving it wraps, the order does not matter and one matrix product gives
the same bits: in float32 while all sums stay below 2^24, in float64 below 2^53. Else the additions are made one by one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.numbers import ROOM, SMALL, Codes, Exact, brought_in, cast, rounded, typed, wraps_plainly
from engine.precision import FixedType
from engine.precision.cast import limits

_SINGLE, _DOUBLE, _INTEGER = 1 << 24, 1 << 53, 1 << 63
_BEFORE_THREADS = 200_000
"""Multiplications up to which OpenBLAS works in the calling thread: below 4 · 65,536."""
_AT_ONCE = 1 << 15
"""Sums added up one by one at the same time: as many as stay in the processor's cache."""


@lru_cache(maxsize=256)
def reuse_order(count: int, reuse_factor: int) -> tuple[int, ...]:
    """Inputs in the order in which hls4ml's folded kernels add their products to one sum.

    In every step of the reuse loop, those that lie a reuse factor apart.
    """
    return tuple(sorted(range(count), key=lambda index: (index % reuse_factor, index // reuse_factor)))


@dataclass(frozen=True, slots=True, eq=False)
class Products:
    """Products that are summed: `one` of an index, all together (`total`, whole numbers of whatever NumPy type), and
    how large their magnitudes add up."""

    one: Callable[[int], Exact]
    total: Callable[[], NDArray[Any]]
    reach: int
    fraction: int


def reach_of(x: Exact, weights: Exact) -> int:
    """How large the magnitudes of products with weights (n_in, n_out) can add up."""
    column = int(np.abs(weights.codes).sum(axis=0).max(initial=0)) if _fits(weights) else _object_reach(weights)
    return _largest(x.codes) * column


def carried(x: Exact, reach: int) -> Exact:
    """The same with codes of the type that products which add up so far are summed in: floats hold them exactly."""
    return Exact(x.codes.astype(_carrier(reach), copy=False), x.fraction, x.bits)


def _carrier(reach: int) -> type:
    if reach < _SINGLE:
        return np.float32
    if reach < _DOUBLE:
        return np.float64
    return np.int64 if reach < _INTEGER >> 1 else object


def dense_sums(
    x: Exact, weights: Exact, bias: Exact, accum: FixedType, order: Sequence[int], reach: int
) -> Iterator[Exact]:
    """(rows, n_in) with (n_in, n_out) → (rows, n_out) in the accumulator's type, some rows at a time.

    `reach` is how large the magnitudes of the products can add up, at most.
    """
    rows = max(_AT_ONCE // max(weights.codes.shape[1], 1), 1)

    def products(part: Exact) -> Products:
        def one(index: int) -> Exact:
            return part[:, index, None] * weights[index]

        def total() -> NDArray[Any]:
            return _matrix_product(part.codes, weights.codes, reach)

        return Products(one, total, reach, x.fraction + weights.fraction)

    return _summed(x, products, bias, accum, order, rows)


def channel_sums(x: Exact, weights: Exact, bias: Exact, accum: FixedType, order: Sequence[int]) -> Iterator[Exact]:
    """(rows, taps, channels) with (taps, channels) → (rows, channels): each channel by itself, some rows at a time."""
    reach = _largest(x.codes) * _largest(weights.codes) * weights.codes.shape[0]
    rows = max(_AT_ONCE // max(weights.codes.shape[1], 1), 1)

    def products(part: Exact) -> Products:
        def one(index: int) -> Exact:
            return part[:, index] * weights[index]

        def total() -> NDArray[Any]:
            dtype = np.int64 if reach < 1 << ROOM else object
            ours, theirs = part.codes.astype(dtype), weights.codes.astype(dtype)
            return np.asarray(sum(ours[:, tap] * theirs[tap] for tap in range(theirs.shape[0])))

        return Products(one, total, reach, x.fraction + weights.fraction)

    return _summed(x, products, bias, accum, order, rows)


def _summed(
    x: Exact, products: Callable[[Exact], Products], bias: Exact, accum: FixedType, order: Sequence[int], rows: int
) -> Iterator[Exact]:
    start = _compact(cast(bias, accum))
    every = products(x)
    one_by_one = _order_matters(every, start, accum)
    total = None if one_by_one else every.total()
    bits = max(every.reach.bit_length(), 1)
    for first in range(0, len(x.codes), rows):
        block = slice(first, first + rows)
        if total is None:
            yield typed(_one_by_one(products(x[block]), start, accum, order), accum)
        else:
            yield cast(Exact(_whole(total[block], bits), every.fraction, bits) + start, accum)


def _whole(sums: NDArray[Any], bits: int) -> Codes:
    return sums if sums.dtype == object else sums.astype(np.int32 if bits <= SMALL else np.int64)


def _compact(numbers: Exact) -> Exact:
    if numbers.bits > SMALL:
        return numbers
    return Exact(numbers.codes.astype(np.int32), numbers.fraction, numbers.bits)


def _order_matters(products: Products, start: Exact, accum: FixedType) -> bool:
    """Whether products must be cast and added one by one."""
    finer = products.fraction - accum.fraction
    if finer > 0:
        return True
    if wraps_plainly(accum):
        return False
    lowest, highest = limits(accum)
    reach = (products.reach << -finer) + _largest(start.codes)
    return reach > highest or (accum.signed and -reach < lowest) or (not accum.signed and products.reach > 0)


def _one_by_one(products: Products, start: Exact, accum: FixedType, order: Sequence[int]) -> Codes:
    sums = start.codes
    later = wraps_plainly(accum) and products.fraction > accum.fraction
    for index in order:
        codes, floors, negative = rounded(products.one(index), accum)
        if later and codes.dtype != object:
            sums = sums + codes  # int64 keeps what a wrap of at most 62 bits asks for
            continue
        term = brought_in(codes, floors, negative, accum)
        sums = cast(typed(term, accum) + typed(sums, accum), accum).codes
    if later:
        return cast(Exact(_lower_bits(sums, accum), accum.fraction, accum.width), accum).codes
    return np.asarray(sums)


def _lower_bits(codes: Codes, accum: FixedType) -> Codes:
    return np.asarray(codes & ((1 << accum.width) - 1)) if accum.width <= ROOM else codes


def _matrix_product(x: Codes, weights: Codes, reach: int) -> NDArray[Any]:
    """Exact: no sum of magnitudes is above `reach`, so that neither floats nor int64 lose anything."""
    dtype = _carrier(reach)
    ours: NDArray[Any] = x.astype(dtype, copy=False)
    theirs: NDArray[Any] = weights.astype(dtype)
    return _in_blocks(ours, theirs) if reach < _DOUBLE else np.asarray(ours @ theirs)


def _in_blocks(x: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
    """The matrix product, a few rows at a time.

    OpenBLAS starts threads for larger ones; on a busy computer those wait for each other longer than they work.
    """
    rows = _BEFORE_THREADS // max(weights.size, 1)
    if rows < 2 or len(x) <= rows:
        return np.asarray(x @ weights)
    found = np.empty((len(x), weights.shape[1]), x.dtype)
    for first in range(0, len(x), rows):
        np.matmul(x[first : first + rows], weights, out=found[first : first + rows])
    return found


def _largest(codes: Codes) -> int:
    return max(abs(int(codes.min())), abs(int(codes.max()))) if codes.size else 0


def _fits(weights: Exact) -> bool:
    return weights.codes.dtype != object and weights.bits + int(weights.codes.shape[0]).bit_length() <= ROOM


def _object_reach(weights: Exact) -> int:
    return int(abs(weights.codes.astype(object)).sum(axis=0).max()) if weights.codes.size else 0
