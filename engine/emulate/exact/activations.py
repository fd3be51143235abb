"""Element-wise functions that are computed, not looked up."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.numbers import Exact, aligned, cast, whole
from engine.emulate.exact.stage import Operation
from engine.precision import FixedType

_ZERO, _ONE, _TWO, _SIX = whole(0), whole(1), whole(2), whole(6)


@dataclass(frozen=True, slots=True, eq=False)
class Clip(Operation):
    """ReLU, or with `six` ReLU 6."""

    TAKES_SMALL: ClassVar[bool] = True

    six: bool = False

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """What is above zero."""
        values = inputs[0]
        positive = Exact(np.maximum(values.codes, 0), values.fraction, values.bits)
        return cast(_chosen(positive.above(_SIX), _SIX, positive) if self.six else positive, result)


@dataclass(frozen=True, slots=True, eq=False)
class Leaky(Operation):
    """Leaky ReLU and PReLU: what is not above zero times a slope, one for all or one for each value."""

    slope: Exact
    slope_type: FixedType

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Values with the negative ones bent."""
        values = inputs[0].reshape(len(inputs[0].codes), -1)
        return cast(_chosen(values.above(_ZERO), values, values * self.slope), result)


@dataclass(frozen=True, slots=True, eq=False)
class Thresholded(Operation):
    """What is above a threshold; 0 elsewhere."""

    threshold: Exact
    threshold_type: FixedType

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Values with the small ones dropped."""
        return cast(_chosen(inputs[0].above(self.threshold), inputs[0], _ZERO), result)


@dataclass(frozen=True, slots=True, eq=False)
class Hard(Operation):
    """Hard sigmoid, slope · x + shift within 0 and 1; of hard tanh (`both_signs`) spread to −1 and 1."""

    slope: Exact
    shift: Exact
    both_signs: bool

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Three straight pieces."""
        line = self.slope * inputs[0] + self.shift
        line = _chosen(line.above(_ONE), _ONE, line)
        line = _chosen(_ZERO.above(line), _ZERO, line)
        return cast(line * _TWO - _ONE if self.both_signs else line, result)


@dataclass(frozen=True, slots=True, eq=False)
class Sign(Operation):
    """1 from zero on, −1 below; as a bit where `as_bit`."""

    as_bit: bool

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Signs."""
        signs = np.where(inputs[0].codes >= 0, 1, 0 if self.as_bit else -1)
        return cast(Exact(signs.astype(np.int64), 0, 1), result)


@dataclass(frozen=True, slots=True, eq=False)
class Ternary(Operation):
    """−1, 0 or 1. In io_parallel the input is doubled first, in its own type; streamed it is not."""

    source: FixedType
    doubled: bool

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Steps at ±1 of what was perhaps doubled."""
        values = cast(inputs[0] * _TWO, self.source) if self.doubled else inputs[0]
        steps = values.above(_ONE).astype(np.int64) - ~values.above(whole(-1))
        return cast(Exact(steps, 0, 1), result)


def _chosen(condition: NDArray[np.bool_], first: Exact, second: Exact) -> Exact:
    ours, theirs, fraction, bits = aligned(first, second)
    return Exact(np.where(condition, ours, theirs), fraction, bits)
