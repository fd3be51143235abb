"""Dense layers and convolutions, ordinary and depthwise; batch normalisation and thresholds."""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.numbers import Exact, cast, typed, whole
from engine.emulate.exact.stage import Operation
from engine.emulate.exact.sums import channel_sums, dense_sums, reuse_order
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
    that stand for −1 and 1; with `counts` the weights are too, equal pairs are counted and the count turned into the
    sum at the end.
    """

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

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Sums, cast to the result."""
        values = inputs[0] if self.window is None else self.window.patches(inputs[0])
        if self.each_channel:
            sums = self._of_channels(values)
        else:
            sums = self._of_rows(values.reshape(-1, self.weights.codes.shape[0]))
        return cast(self._counted(sums) if self.counts else sums, result)

    def _of_channels(self, values: Exact) -> Exact:
        taps, channels = self.weights.codes.shape
        rows = self._signed(values.reshape(-1, taps, channels))
        orders = [_taps_in_order(taps, channels, channel, self.reuse_factor) for channel in range(channels)]
        groups: dict[tuple[int, ...], list[int]] = {}
        for channel, order in enumerate(orders):
            groups.setdefault(order, []).append(channel)
        if len(groups) == 1:
            return channel_sums(rows, self.weights, self.bias, self.accum, orders[0])
        found = np.empty((len(rows.codes), channels), dtype=rows.codes.dtype)
        for order, members in groups.items():
            sums = channel_sums(rows[:, :, members], self.weights[:, members], self.bias[members], self.accum, order)
            found[:, members] = sums.codes
        return typed(found, self.accum)

    def _of_rows(self, rows: Exact) -> Exact:
        order = reuse_order(rows.codes.shape[1], self.reuse_factor)
        if not self.counts:
            return dense_sums(self._signed(rows), self.weights, self.bias, self.accum, order)
        count = len(order)
        both = [place for index in order for place in (index, index + count)]
        pairs, weights = _with_opposites(rows, 1), _with_opposites(self.weights, 0)
        return dense_sums(pairs, weights, self.bias, self.accum, both)

    def _signed(self, values: Exact) -> Exact:
        return values * _TWO - _ONE if self.reads_bits else values

    def _counted(self, sums: Exact) -> Exact:
        count = self.weights.codes.shape[0]
        width = max((count - 1).bit_length(), 1) + 2
        return cast(sums * _TWO - whole(count), FixedType(width, width, rounding=Rounding.TRN_ZERO))

    def elements(self, inputs: tuple[Shape, ...], shape: Shape) -> int:
        """Windows overlap: each output pixel needs its own."""
        rows = prod(shape) // max(self.weights.codes.shape[-1], 1)
        row = prod(self.weights.codes.shape) if self.each_channel else self.weights.codes.shape[0]
        return int(rows * row + prod(shape))


def _taps_in_order(taps: int, channels: int, channel: int, reuse_factor: int) -> tuple[int, ...]:
    """The taps of one channel in the order in which they are added."""
    order = reuse_order(taps * channels, reuse_factor) if reuse_factor > 1 else range(taps * channels)
    return tuple(index // channels for index in order if index % channels == channel)


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
