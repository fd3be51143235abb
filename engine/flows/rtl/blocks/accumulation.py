"""How wide products and sums of a layer must be, so that they give the same bits as hls4ml's accumulator."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.numbers import ROOM, Exact, cast, rounded, wraps_plainly
from engine.emulate.exact.products import Sum
from engine.flows.rtl.errors import NotGeneratedError
from engine.flows.rtl.verilog.cast import rounded_bounds
from engine.flows.rtl.verilog.number import Number
from engine.precision import FixedType
from engine.precision.cast import limits

Codes = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Accumulation:
    """Sums of products of one layer, in whole numbers.

    `weights` are (n_in, n_out); where `rounding` is given, each product is rounded to its step first; `bias` has the
    step of the sum. `total` is what the sum needs: either all sums fit into it, or it wraps where the accumulator does.
    """

    x: Number
    weight: Number
    weights: Codes
    bias: Codes
    rounding: FixedType | None
    total: Number

    @property
    def product(self) -> Number:
        """What is added up."""
        exact = self.x * self.weight
        return exact if self.rounding is None else rounded_bounds(exact, self.rounding)


def accumulation(layer: str, operation: Sum, source: FixedType) -> Accumulation:
    """The sums of a layer. Raises NotGeneratedError where the order of additions decides what comes out."""
    accum = operation.accum
    bias = cast(operation.bias, accum).codes.astype(object)
    x, weights, fraction = Number.of(source), operation.weights.codes, operation.weights.fraction
    if operation.reads_bits:
        weights, start, fraction = _of_bits(operation)
        bias = bias + (start << accum.fraction - fraction)
    weight = Number(int(weights.min()), int(weights.max()), fraction)
    finest = (x * weight).fraction
    fraction = min(accum.fraction, max(finest, accum.fraction - _spare_bits(bias)))
    spare = accum.fraction - fraction
    found = Accumulation(x, weight, weights, bias >> spare, accum if finest > fraction else None, x)
    reach = _reach(found, fraction)
    low, high = (bound >> spare for bound in limits(accum))
    if low <= reach.low and reach.high <= high:
        return replace(found, total=reach)
    if wraps_plainly(accum) and accum.signed and accum.width > spare + 1:
        return replace(found, total=Number(low, high, fraction))
    raise NotGeneratedError(
        layer,
        f"Its sums can leave the range of its accumulator, {accum}, and then the order of additions decides.",
        "Give the accumulator more bits in front of the point, or let it wrap.",
    )


def _of_bits(operation: Sum) -> tuple[Codes, Codes, int]:
    """Of bits that stand for −1 and 1: what a set bit adds, what all cleared ones add up to, and their fraction bits.

    Where equal pairs are counted, a bit adds 1 if it is its weight. Terms are rounded as the accumulator does.
    """
    codes, fraction = operation.weights.codes.astype(object), operation.weights.fraction
    added, cleared = codes, 1 - codes if operation.counts else -codes
    if fraction > operation.accum.fraction:
        bits = int(abs(codes).max()).bit_length()
        added, cleared = (rounded(Exact(each, fraction, bits), operation.accum)[0] for each in (added, cleared))
        fraction = operation.accum.fraction
    return added - cleared, cleared.sum(axis=0), fraction


def _spare_bits(codes: Codes) -> int:
    """Lowest bits that are zero in all."""
    used = int(np.bitwise_or.reduce(codes.ravel(), initial=0))
    return (used & -used).bit_length() - 1 if used else 1 << 30


def _reach(sums: Accumulation, fraction: int) -> Number:
    """Bounds of all sums and of what they pass through: inputs may be 0, so no part reaches further than the whole."""
    lowest, highest = _products(sums, fraction)
    low = np.minimum(lowest, 0).sum(axis=0) + sums.bias
    high = np.maximum(highest, 0).sum(axis=0) + sums.bias
    return Number(min(int(low.min()), 0), max(int(high.max()), 0), fraction)


def _products(sums: Accumulation, fraction: int) -> tuple[Codes, Codes]:
    """Of each weight, the lowest and the highest product that is added."""
    shift = fraction - (sums.x * sums.weight).fraction
    bits = (sums.x * sums.weight).bits + max(shift, 0) + len(sums.weights).bit_length()
    codes = sums.weights.astype(np.int64 if bits <= ROOM else object, copy=False)
    if sums.rounding is None:
        ends = (codes * sums.x.low) << shift, (codes * sums.x.high) << shift
        return np.minimum(*ends), np.maximum(*ends)
    values, places = np.unique(codes, return_inverse=True)
    numbers = [sums.x * Number(int(each), int(each), sums.weight.fraction) for each in values]
    bounds = np.array([(each.low, each.high) for each in (rounded_bounds(n, sums.rounding) for n in numbers)], object)
    lowest, highest = (bounds[:, end][places.reshape(codes.shape)] for end in (0, 1))
    return lowest, highest
