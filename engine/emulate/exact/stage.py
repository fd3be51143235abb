"""The integer specification of a design: stages that read each other, each with its operation and its type.

Everything that a simulation or a generator of hardware needs is in it, free of the network it came from.
"""

import hashlib
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.emulate.exact.numbers import Exact, cast, held
from engine.network.op import Shape
from engine.precision import FixedType


@dataclass(frozen=True, slots=True, eq=False)
class Operation(ABC):
    """Base of what stages compute. Arrays are batch first, channels last."""

    PORTION: ClassVar[int] = 1 << 16
    """Numbers in memory at once, about: as many as stay in the processor's cache."""
    TAKES_SMALL: ClassVar[bool] = False
    """Whether codes may come in fewer bytes than int64's."""

    @abstractmethod
    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """The stage's values, as its result type holds them."""

    def elements(self, inputs: tuple[Shape, ...], shape: Shape) -> int:
        """Numbers that one sample needs in memory at once, about."""
        return int(np.prod(shape, initial=1)) + sum(int(np.prod(each, initial=1)) for each in inputs)


@dataclass(frozen=True, slots=True, eq=False)
class Entry(Operation):
    """Where samples enter: they are cast to the type of the input.

    C++'s whole-number types, made of a float, lose what is behind the point, but what lies between −0.5 and 0 becomes 1
    (`ap_int_base.h` negates the −1 that it takes for it): so does `as_whole`, as hls4ml's emulation.
    """

    as_whole: bool = False

    def hold(self, samples: ArrayLike, result: FixedType) -> Exact:
        """Finite float64 numbers as the input's type holds them."""
        values = np.asarray(samples, np.float64)
        return held(np.where((values > -0.5) & (values < 0), 1.0, values) if self.as_whole else values, result)

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """The samples in that type."""
        return cast(inputs[0], result)


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One built layer. `layers` are the user's layers that it stands for."""

    name: str
    layers: tuple[str, ...]
    inputs: tuple[str, ...]
    input_shapes: tuple[Shape, ...]
    shape: Shape
    result: FixedType
    operation: Operation
    digest: str
    """Equal for stages that compute the same of what they read."""
    reuse_factors: tuple[int, ...] = ()
    """How often each multiplier works for one result, for each matrix of products; the last is of the state."""
    is_bits: bool = False
    """Whether the values are single bits that stand for −1 and 1."""

    def run(self, inputs: list[Exact]) -> Exact:
        """The values of a batch, from those of the inputs."""
        found = self.operation.apply(inputs, self.result)
        return found.reshape(-1, *self.shape)


@dataclass(frozen=True, slots=True, eq=False)
class Specification:
    """All stages, each behind its inputs. `entries` and `outputs`: the user's layer → the stage's name."""

    stages: tuple[Stage, ...]
    entries: dict[str, str]
    outputs: dict[str, str]
    by_name: dict[str, Stage] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {stage.name: stage for stage in self.stages})

    def digests(self) -> dict[str, str]:
        """By stage: equal where the same is computed of the same samples. Names what is kept of it."""
        found: dict[str, str] = {}
        for stage in self.stages:
            causes = "".join([stage.digest, *(found[name] for name in stage.inputs)])
            found[stage.name] = hashlib.sha256(causes.encode()).hexdigest()
        return found

    def ends(self) -> dict[str, str]:
        """Of each user's layer that has a result of its own, the stage that yields it: the last that stands for it."""
        return {stage.layers[-1]: stage.name for stage in self.stages if stage.layers}


@dataclass(frozen=True, slots=True, eq=False)
class Gather(Operation):
    """Moves values: output value i is input value `index[i]`, or 0 where that is −1."""

    TAKES_SMALL: ClassVar[bool] = True

    index: NDArray[Any]

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """All values at their new places."""
        flat = inputs[0].reshape(len(inputs[0].codes), -1)
        moved = flat.codes.take(self.index, axis=1)
        moved[:, np.flatnonzero(self.index < 0)] = 0
        return cast(Exact(moved, flat.fraction, flat.bits), result)


@dataclass(frozen=True, slots=True, eq=False)
class Cast(Operation):
    """Passes values on, cast to another type: copies, flattenings, linear functions."""

    TAKES_SMALL: ClassVar[bool] = True

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """The same values."""
        return cast(inputs[0], result)
