"""Dense layers and convolutions, ordinary and depthwise; batch normalisation and thresholds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.numbers import ROOM, Codes, Exact, cast, typed, whole
from engine.emulate.exact.stage import Operation
from engine.emulate.exact.sums import carried, channel_sums, dense_sums, reach_of, reuse_order
from engine.emulate.windows import windows
from engine.network.op import Shape
from engine.precision import FixedType, Rounding

_ONE, _TWO = whole(1), whole(2)


@dataclass(frozen=True, slots=True)
class Window:
    """What a convolution or a pooling slides over its input."""

    size: tuple[int, ...]
    strides: tuple[int, ...]
    padding: str = "valid"

    def patches(self, values: Exact, fill: int = 0) -> Exact:
        """(samples, *pixels, channels) → (samples, *positions, taps, channels)."""
        axes = len(self.size)
        seen = windows(values.codes, self.size, self.strides, self.padding, fill=fill)
        taps_first = np.moveaxis(seen, -axes - 1, -1)
        flat = taps_first.reshape(*taps_first.shape[: 1 + axes], prod(self.size), -1)
        return Exact(flat, values.fraction, values.bits)


@dataclass(frozen=True, slots=True, eq=False)
class Sum(Operation):
    """Sums of products and a bias.

    `weights` are (n_in, n_out); of a depthwise convolution (taps, channels). In `reads_bits` the input is single bits
    that stand for −1 and 1; with `counts` the weights are too, and equal pairs are counted. Where `doubled` is not 0, a
    sum is doubled at the end, and so much is taken off it.
    """

    PORTION: ClassVar[int] = 1 << 21
    """A matrix product pays for itself in large portions, and takes codes of any size."""
    TAKES_SMALL: ClassVar[bool] = True

    weights: Exact
    weight_type: FixedType
    bias: Exact
    bias_type: FixedType
    accum: FixedType
    reuse_factor: int = 1
    """Decides in which order products are added; 1 for kernels that add them as they come."""
    window: Window | None = None
    each_channel: bool = False
    reads_bits: bool = False
    counts: bool = False
    doubled: int = 0

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Sums, cast to the result."""
        reach = reach_of(inputs[0], self.weights)
        # Windows repeat values: they are made of what has the type of the sums already.
        values = inputs[0] if self.each_channel or self.reads_bits else carried(inputs[0], reach)
        values = values if self.window is None else self.window.patches(values)
        if self.each_channel:
            return self._of_channels(values, result)
        rows = values.reshape(-1, self.weights.codes.shape[0])
        return typed(np.concatenate([self._finished(sums, result) for sums in self._of_rows(rows, reach)]), result)

    def _finished(self, sums: Exact, result: FixedType) -> Codes:
        return cast(self._doubled(sums) if self.doubled else sums, result).codes

    def _of_channels(self, values: Exact, result: FixedType) -> Exact:
        taps, channels = self.weights.codes.shape
        rows, weights = values.reshape(-1, taps, channels), self.weights
        rows, weights = self._pairs(rows) if self.counts else (self._signed(rows), weights)
        groups = _channels_by_order(taps, channels, self.reuse_factor)
        found = np.empty((len(rows.codes), channels), dtype=np.int64 if result.width <= ROOM else object)
        for order, members in groups:
            part = rows if len(groups) == 1 else rows[:, :, members]
            steps = _both(order, taps) if self.counts else order
            sums = channel_sums(part, weights[:, members], self.bias[members], self.accum, steps)
            found[:, members] = np.concatenate([self._finished(each, result) for each in sums])
        return typed(found, result)

    def _of_rows(self, rows: Exact, reach: int) -> Iterator[Exact]:
        order = reuse_order(rows.codes.shape[1], self.reuse_factor)
        if not self.counts:
            signed = self._signed(rows)
            reach = reach_of(signed, self.weights) if self.reads_bits else reach
            return dense_sums(signed, self.weights, self.bias, self.accum, order, reach)
        pairs, weights = self._pairs(rows)
        steps = _both(order, len(order))
        return dense_sums(pairs, weights, self.bias, self.accum, steps, reach_of(pairs, weights))

    def _pairs(self, rows: Exact) -> tuple[Exact, Exact]:
        """Bits and weights of which a product is 1 where they are equal."""
        return _with_opposites(rows, 1), _with_opposites(self.weights, 0)

    def _signed(self, values: Exact) -> Exact:
        return values * _TWO - _ONE if self.reads_bits else values

    def _doubled(self, sums: Exact) -> Exact:
        width = max((self.doubled - 1).bit_length(), 1) + 2
        return cast(sums * _TWO - whole(self.doubled), FixedType(width, width, rounding=Rounding.TRN_ZERO))

    def elements(self, inputs: tuple[Shape, ...], shape: Shape) -> int:
        """Windows overlap: each output pixel needs its own."""
        rows = prod(shape) // max(self.weights.codes.shape[-1], 1)
        row = prod(self.weights.codes.shape) if self.each_channel else self.weights.codes.shape[0]
        return int(rows * row + prod(shape))


def _both(order: Sequence[int], count: int) -> list[int]:
    """The same order for bits with what they are not behind them."""
    return [place for index in order for place in (index, index + count)]


@lru_cache(maxsize=256)
def _channels_by_order(taps: int, channels: int, reuse_factor: int) -> tuple[tuple[tuple[int, ...], list[int]], ...]:
    """Orders in which taps are added, each with the channels that add them so."""
    orders: list[list[int]] = [[] for _ in range(channels)]
    for index in reuse_order(taps * channels, reuse_factor):
        orders[index % channels].append(index // channels)
    groups: dict[tuple[int, ...], list[int]] = {}
    for channel, order in enumerate(orders):
        groups.setdefault(tuple(order), []).append(channel)
    return tuple(groups.items())


def _with_opposites(bits: Exact, axis: int) -> Exact:
    """Bits and what they are not, one behind the other: a product with both counts the equal ones."""
    return Exact(np.concatenate([bits.codes, 1 - bits.codes], axis=axis), 0, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Scale(Operation):
    """Batch normalisation: a factor and an offset for each channel, or for each value."""

    factor: Exact
    factor_type: FixedType
    offset: Exact
    offset_type: FixedType
    reads_bits: bool = False

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Scaled, shifted and cast."""
        values = inputs[0].reshape(len(inputs[0].codes), -1, self.factor.codes.size)
        signed = values * _TWO - _ONE if self.reads_bits else values
        return cast(signed * self.factor + self.offset, result)


@dataclass(frozen=True, slots=True, eq=False)
class Threshold(Operation):
    """Batch normalisation and a step in one: bits at one threshold, or −1, 0 and 1 at two."""

    low: Exact
    high: Exact | None = None

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """1 from the threshold on, 0 below; or 1 above the high one, −1 up to the low one."""
        values = inputs[0].reshape(len(inputs[0].codes), -1, self.low.codes.size)
        if self.high is None:
            return Exact(_as_codes(~self.low.above(values)), 0, 1)
        steps = _as_codes(values.above(self.high)) - _as_codes(~values.above(self.low) & ~values.above(self.high))
        return Exact(steps, 0, 1)


def _as_codes(flags: NDArray[np.bool_]) -> NDArray[Any]:
    return flags.astype(np.int64)
