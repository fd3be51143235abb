"""Where branches meet."""

from dataclasses import dataclass

import numpy as np

from engine.emulate.exact.numbers import Exact, cast, typed
from engine.emulate.exact.stage import Operation
from engine.network.op import Shape
from engine.precision import FixedType


@dataclass(frozen=True, slots=True, eq=False)
class Merge(Operation):
    """Two branches value by value; the shorter one is repeated from its start."""

    function: str

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Exactly computed, then cast; of the larger or smaller one, only the one taken is cast."""
        first, second = _as_long(inputs)
        match self.function:
            case "add":
                return cast(first + second, result)
            case "subtract":
                return cast(first - second, result)
            case "multiply":
                return cast(first * second, result)
            case "average":
                both = first + second
                return cast(Exact(both.codes, both.fraction + 1, both.bits), result)
        takes_first = first.above(second) if self.function == "maximum" else second.above(first)
        return typed(np.where(takes_first, cast(first, result).codes, cast(second, result).codes), result)


@dataclass(frozen=True, slots=True, eq=False)
class Dot(Operation):
    """The scalar product of two vectors."""

    accum: FixedType

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Products cast to the accumulator, added one by one."""
        first, second = inputs
        total = typed(np.zeros(len(first.codes), np.int64), self.accum)
        for place in range(first.codes.shape[1]):
            total = cast(total + cast(first[:, place] * second[:, place], self.accum), self.accum)
        return cast(total, result)


@dataclass(frozen=True, slots=True, eq=False)
class Concatenate(Operation):
    """Branches side by side, each cast to the result."""

    axis: int
    """Counted without the batch."""
    shapes: tuple[Shape, ...]

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """All values."""
        parts = [cast(each.reshape(-1, *shape), result) for each, shape in zip(inputs, self.shapes, strict=True)]
        return typed(np.concatenate([part.codes for part in parts], axis=self.axis + 1), result)


def _as_long(inputs: list[Exact]) -> list[Exact]:
    """Both flat and equally long."""
    flat = [each.reshape(len(each.codes), -1) for each in inputs]
    longest = max(each.codes.shape[1] for each in flat)
    return [each[:, np.arange(longest) % each.codes.shape[1]] for each in flat]
