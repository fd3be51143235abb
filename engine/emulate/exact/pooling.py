"""Pooling, over windows and over all pixels."""

from dataclasses import dataclass
from math import prod

import numpy as np

from engine.emulate.exact.numbers import Exact, cast, divided, typed
from engine.emulate.exact.products import Window
from engine.emulate.exact.reduce import largest, tree
from engine.emulate.exact.stage import Operation
from engine.emulate.windows import windows
from engine.network.op import Shape
from engine.precision import FixedType


@dataclass(frozen=True, slots=True, eq=False)
class Pool(Operation):
    """The largest value or the mean of each window.

    Streamed, values are cast to the accumulator first and added as a tree; else they are added one after the other,
    and 'same' padding does not count in the mean.
    """

    mode: str
    window: Window
    accum: FixedType
    source: FixedType
    streamed: bool

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """One value for each window and channel."""
        seen = self.window.patches(inputs[0], self._filling())
        taps = [seen[..., tap, :] for tap in range(seen.codes.shape[-2])]
        if self.streamed:
            return cast(_streamed(taps, self.mode, self.accum), result)
        if self.mode == "max":
            return cast(cast(largest(taps), self.accum), result)
        return cast(_mean(taps, self._present(inputs[0].codes.shape), self.accum), result)

    def _filling(self) -> int:
        """What hls4ml puts beyond the edges of a maximum: the highest bit alone, lowest only of signed types."""
        top: int = 1 << (self.source.width - 1)
        return 0 if self.mode != "max" else -top if self.source.signed else top

    def _present(self, shape: Shape) -> list[int]:
        """How many values within the picture each window has."""
        size, strides, padding = self.window.size, self.window.strides, self.window.padding
        ones = windows(np.ones((1, *shape[1:-1], 1)), size, strides, padding)
        return [int(count) for count in ones.sum(axis=tuple(range(-len(size), 0))).ravel()]

    def elements(self, inputs: tuple[Shape, ...], shape: Shape) -> int:
        """Windows may overlap."""
        return prod(shape) * (1 + prod(self.window.size))


@dataclass(frozen=True, slots=True, eq=False)
class GlobalPool(Operation):
    """The largest value or the mean over all pixels."""

    mode: str
    accum: FixedType
    streamed: bool

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """One value for each channel."""
        shape = inputs[0].codes.shape
        pixels = inputs[0].reshape(shape[0], -1, shape[-1])
        values = [pixels[:, place] for place in range(pixels.codes.shape[1])]
        if self.mode == "max":
            return cast(self._largest(values), result)
        if not self.streamed:
            return cast(_mean(values, [len(values)], self.accum), result)
        return cast(divided(self._sum([cast(value, self.accum) for value in values]), len(values)), result)

    def _largest(self, values: list[Exact]) -> Exact:
        if not self.streamed:
            return cast(largest(values), self.accum)
        lowest = -(1 << (self.accum.width - 1)) if self.accum.signed else 0
        start = typed(np.full(values[0].codes.shape, lowest), self.accum)
        return largest([start, *(cast(value, self.accum) for value in values)])

    def _sum(self, values: list[Exact]) -> Exact:
        total = typed(np.zeros_like(values[0].codes), self.accum)
        for value in values:
            total = cast(total + value, self.accum)
        return total


def _streamed(taps: list[Exact], mode: str, accum: FixedType) -> Exact:
    cast_taps = [cast(tap, accum) for tap in taps]
    if mode == "max":
        return largest(cast_taps)
    return cast(divided(tree(cast_taps, accum), len(taps)), accum)


def _mean(values: list[Exact], counts: list[int], accum: FixedType) -> Exact:
    """The sum in the accumulator's type, step by step, divided by how many count; `counts` for each position."""
    total = typed(np.zeros_like(values[0].codes), accum)
    for value in values:
        total = cast(total + value, accum)
    if len(set(counts)) == 1:
        return cast(divided(total, counts[0]), accum)
    positions = total.reshape(len(total.codes), len(counts), -1)
    parts = [divided(positions[:, place], count).codes for place, count in enumerate(counts)]
    return cast(Exact(np.stack(parts, axis=1), total.fraction, total.bits), accum)
