"""LSTM and GRU, step by step."""

from abc import abstractmethod
from dataclasses import dataclass
from math import prod

import numpy as np

from engine.emulate.exact.activations import Clip
from engine.emulate.exact.lookups import Lookup
from engine.emulate.exact.numbers import Exact, cast, typed, whole
from engine.emulate.exact.products import Sum
from engine.emulate.exact.stage import Operation
from engine.network.op import Shape
from engine.precision import FixedType

_ONE = whole(1)


@dataclass(frozen=True, slots=True, eq=False)
class Recurrent(Operation):
    """A layer with a state: `ahead` multiplies the input, `back` the state; functions act in the accumulator's type."""

    units: int
    ahead: Sum
    back: Sum
    gate: Lookup | Clip
    candidate: Lookup | Clip
    accum: FixedType
    every_step: bool

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """The state after the last step, or after every one."""
        count, steps = inputs[0].codes.shape[:2]
        state = memory = typed(np.zeros((count, self.units), np.int64), result)
        states = []
        for step in range(steps):
            products = self.ahead.apply([inputs[0][:, step]], self.accum), self.back.apply([state], self.accum)
            state, memory = self._next(*products, state, memory, result)
            states.append(state)
        if not self.every_step:
            return states[-1]
        return typed(np.stack([each.codes for each in states], axis=1), result)

    @abstractmethod
    def _next(self, ahead: Exact, back: Exact, state: Exact, memory: Exact, result: FixedType) -> tuple[Exact, Exact]:
        """State and memory after a step."""

    def _part(self, sums: Exact, place: int) -> Exact:
        return sums[:, place * self.units : (place + 1) * self.units]

    def _gate(self, sums: Exact) -> Exact:
        return self.gate.apply([cast(sums, self.accum)], self.accum)

    def _candidate(self, sums: Exact) -> Exact:
        return self.candidate.apply([cast(sums, self.accum)], self.accum)

    def elements(self, inputs: tuple[Shape, ...], shape: Shape) -> int:
        """A few numbers for each gate."""
        return 8 * prod(inputs[0]) + 40 * self.units


@dataclass(frozen=True, slots=True, eq=False)
class LongShortTerm(Recurrent):
    """LSTM; gates i, f, c, o."""

    def _next(self, ahead: Exact, back: Exact, state: Exact, memory: Exact, result: FixedType) -> tuple[Exact, Exact]:
        enter, forget, leave = (self._gate(self._part(ahead, at) + self._part(back, at)) for at in (0, 1, 3))
        candidate = self._candidate(self._part(ahead, 2) + self._part(back, 2))
        memory = cast(candidate * enter + memory * forget, result)
        bent = self.candidate.apply([memory], self.accum)
        return cast(leave * bent, result), memory


@dataclass(frozen=True, slots=True, eq=False)
class Gated(Recurrent):
    """GRU whose reset gate acts behind the product; gates z, r, h."""

    def _next(self, ahead: Exact, back: Exact, state: Exact, memory: Exact, result: FixedType) -> tuple[Exact, Exact]:
        update, reset = (self._gate(self._part(ahead, at) + self._part(back, at)) for at in (0, 1))
        kept = cast(reset * self._part(back, 2), self.accum)
        candidate = self._candidate(self._part(ahead, 2) + kept)
        return cast(candidate * (_ONE - update) + state * update, result), memory
