"""Functions that hls4ml looks up in a table, softmax included."""

from dataclasses import dataclass
from math import prod

import numpy as np

from engine.emulate.exact.numbers import Exact, aligned, cast, divided, held, truncated, typed, whole
from engine.emulate.exact.reduce import largest, tree
from engine.emulate.exact.stage import Operation
from engine.emulate.exact.tables import (
    centred_index,
    exponential_table,
    falling_index,
    function_table,
    inverse_table,
    legacy_inverse_table,
    top_bits,
)
from engine.network.op import Shape
from engine.precision import FixedType

_SELU_SLOPE = 1.0507009873554805


@dataclass(frozen=True, slots=True, eq=False)
class Lookup(Operation):
    """Sigmoid, tanh, softplus or softsign."""

    function: str
    size: int
    table: FixedType

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """The nearest table value below."""
        index = centred_index(inputs[0], self.size, 4 if self.function == "tanh" else 8)
        return cast(typed(function_table(self.function, self.size, self.table)[index], self.table), result)


@dataclass(frozen=True, slots=True, eq=False)
class Exponential(Operation):
    """ELU, its table times `scale`; SELU, whose `scale` is the slope above zero."""

    function: str
    size: int
    table: FixedType
    scale: Exact
    streamed: bool

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Values below zero from the table, the others as they are or times the slope."""
        values, selu = inputs[0], self.function == "selu"
        index = falling_index(values, self.size, clamps_below=selu and not self.streamed)
        below = typed(function_table(self.function, self.size, self.table)[index], self.table)
        above, below = (values * self.scale, below) if selu else (values, below * self.scale)
        positive = values.codes >= 0
        upper, lower, fraction, bits = aligned(above, below)
        return cast(Exact(np.where(positive, upper, lower), fraction, bits), result)


def selu_slope(source: FixedType, streamed: bool) -> Exact:
    """The slope above zero: a constant of its own type, streamed of the input's."""
    return held([_SELU_SLOPE], source if streamed else FixedType(16, 1, signed=False))


@dataclass(frozen=True, slots=True, eq=False)
class Softmax(Operation):
    """Softmax over groups of `slice_` values: `inner` is how far apart those of a group lie."""

    implementation: str
    source: FixedType
    slice_: int
    inner: int
    exp_size: int
    inv_size: int
    exp_table: FixedType
    inv_table: FixedType
    inv_inp: FixedType
    accum: FixedType
    norm: FixedType
    """Type of the distance from the largest value."""
    legacy_size: int

    def apply(self, inputs: list[Exact], result: FixedType) -> Exact:
        """Shares, as hls4ml's chosen implementation computes them."""
        count = len(inputs[0].codes)
        groups = np.moveaxis(inputs[0].codes.reshape(count, -1, self.slice_, self.inner), 2, -1)
        values = Exact(groups, inputs[0].fraction, inputs[0].bits)
        compute = {"legacy": self._legacy, "argmax": self._argmax}.get(self.implementation, self._by_tables)
        return cast(_back(compute(values), count), result)

    def _by_tables(self, values: Exact) -> Exact:
        columns = [values[..., place] for place in range(self.slice_)]
        if self.implementation == "latency":
            addresses, type_, negative = columns, self.source, False
        else:
            top = largest(columns)
            addresses, type_, negative = [cast(top - column, self.norm) for column in columns], self.norm, True
        table = exponential_table(type_, self.exp_size, self.exp_table, negative)
        found = [typed(table[top_bits(each, type_, self.exp_size)], self.exp_table) for each in addresses]
        exponentials = [cast(each, self.accum) for each in found]
        total = cast(tree(exponentials, self.accum), self.inv_inp)
        inverses = inverse_table(self.inv_inp, self.inv_size, self.inv_table)
        inverse = typed(inverses[top_bits(total, self.inv_inp, self.inv_size)], self.inv_table)
        return _stacked([each * inverse for each in exponentials])

    def _legacy(self, values: Exact) -> Exact:
        table_type, size = FixedType(18, 8), self.legacy_size
        table, inverses = function_table("exp", size, table_type), legacy_inverse_table(size, table_type)
        columns = [values[..., place] for place in range(self.slice_)]
        shares = []
        for own in columns:
            total = typed(np.zeros_like(own.codes), table_type)
            for other in columns:
                index = centred_index(other - own, size, 8)
                term = whole(1) if other is own else typed(table[index], table_type)
                total = cast(total + cast(term, table_type), table_type)
            place = truncated(divided(total * whole(size), 64))
            shares.append(typed(inverses[np.clip(place, 0, size - 1)], table_type))
        return _stacked(shares)

    def _argmax(self, values: Exact) -> Exact:
        winners = values.codes.argmax(axis=-1)
        return Exact((np.arange(self.slice_) == winners[..., None]).astype(np.int64), 0, 1)

    def elements(self, inputs: tuple[Shape, ...], shape: Shape) -> int:
        """A few numbers for each value."""
        return 8 * prod(shape)


def _stacked(columns: list[Exact]) -> Exact:
    return Exact(np.stack([each.codes for each in columns], axis=-1), columns[0].fraction, columns[0].bits)


def _back(groups: Exact, count: int) -> Exact:
    """From (samples, outer, inner, slice) to the order in which values came."""
    return Exact(np.moveaxis(groups.codes, -1, 2).reshape(count, -1), groups.fraction, groups.bits)
