"""Softmax as hls4ml's `legacy`: of each value, the inverse of the sum of e^(other − own)."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from engine.emulate.exact.lookups import Softmax
from engine.emulate.exact.numbers import typed
from engine.emulate.exact.tables import function_table, legacy_inverse_table
from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.elementwise import value_of
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.cast import Function
from engine.flows.rtl.verilog.counter import counter
from engine.flows.rtl.verilog.index import address_bits, addressed, index_function
from engine.flows.rtl.verilog.number import Number, fitted, literal
from engine.flows.rtl.verilog.rom import packed, rom
from engine.precision import FixedType

_TABLE = FixedType(18, 8)
"""The type of both tables and of the sums."""
_DELAY = 8
"""Registers from a pair of values to a result."""


@dataclass(frozen=True, slots=True, eq=False)
class Legacy:
    """Values are collected; then all pairs of them go by, one a cycle."""

    site: Site
    operation: Softmax
    about: ClassVar[str] = "all pairs of values go by one after the other"
    multipliers: ClassVar[int] = 0

    @property
    def cycles(self) -> int:
        """Of one group."""
        return self.operation.slice_ * (self.operation.slice_ + 1)

    def times(self, arrivals: Times) -> Times:
        """When results come: a group is collected once the pairs of the one before are through."""
        count, free, starts = self.operation.slice_, 0, []
        for group in arrivals.reshape(-1, count):
            for arrival in group:
                free = max(free, int(arrival)) + 1
            starts += [free + count * own for own in range(count)]
            free += count * count
        return np.array(starts, np.int64) + count - 1 + _DELAY

    @property
    def body(self) -> str:
        """What is in the module."""
        return "\n\n".join([self._collected(), self._pairs(), self._exponential(), self._sum(), self._inverse()])

    def _collected(self) -> str:
        width, count = self.site.source.width, self.operation.slice_
        return f"""\
wire moves = ~m_valid | m_ready;  // all wait while a result waits
reg pairs;  // all values of a group are there
assign s_ready = moves & ~pairs;
wire takes = s_valid & s_ready;
{counter("place", count, "takes")}
reg [{width - 1}:0] kept [0:{count - 1}];
always @(posedge clk) if (takes) kept[place] <= s_data;"""

    def _pairs(self) -> str:
        width, count = self.site.source.width, self.operation.slice_
        return f"""\
{counter("other", count, "moves & pairs")}
{counter("own", count, "moves & pairs & other_is_last")}
always @(posedge clk)
  if (rst) pairs <= 1'b0;
  else if (takes & place_is_last) pairs <= 1'b1;
  else if (moves & other_is_last & own_is_last) pairs <= 1'b0;
reg [{width - 1}:0] own_word, other_word;
reg [2:0] same;
reg [{_DELAY - 1}:0] busy;
reg [3:0] first, last;
assign m_valid = busy[{_DELAY - 1}];
always @(posedge clk)
  if (rst) busy <= {_DELAY}'d0;
  else if (moves) busy <= {{busy[{_DELAY - 2}:4], busy[3] & last[3], busy[2:0], pairs}};
always @(posedge clk)
  if (moves) begin
    own_word <= kept[own];
    other_word <= kept[other];
    same <= {{same[1:0], own == other}};
    first <= {{first[2:0], other == 0}};
    last <= {{last[2:0], other_is_last}};
  end"""

    def _exponential(self) -> str:
        size, number = self.operation.legacy_size, Number.of(self.site.source)
        gap = number - number
        place = index_function("to_place", gap, size, 16, -(size // 2), size - 1 - size // 2)
        table = function_table("exp", size, _TABLE)
        words = addressed(place.result, lambda index: int(table[index + size // 2]))
        return f"""\
{value_of("own_word", self.site.source, "0", "own_value")}
{value_of("other_word", self.site.source, "0", "other_value")}
wire signed [{gap.bits - 1}:0] gap = other_value - own_value;
{place.text}
{_looked_up("exponential", place, "gap", words, _TABLE.width)}
reg signed [{_TABLE.width - 1}:0] term;
always @(posedge clk)
  if (moves) term <= same[2] ? {literal(1 << _TABLE.fraction, _TABLE.width)} : exponential_fetched;"""

    def _sum(self) -> str:
        return f"""\
reg signed [{_TABLE.width - 1}:0] total;
always @(posedge clk) if (moves & busy[3]) total <= (first[3] ? {_TABLE.width}'sd0 : total) + term;"""

    def _inverse(self) -> str:
        size, width = self.operation.legacy_size, self.site.result.width
        place = index_function("to_inverse", Number.of(_TABLE), size, 64, 0, size - 1)
        results = self.site.finished(typed(legacy_inverse_table(size, _TABLE), _TABLE))
        words = addressed(place.result, lambda index: int(results[index]))
        return f"""\
{place.text}
{_looked_up("inverse", place, "total", words, width)}
reg [{width - 1}:0] result;
always @(posedge clk) if (moves) result <= inverse_fetched;
assign m_data = result;"""


def _looked_up(name: str, place: Function, value: str, words: list[int], width: int) -> str:
    bits, wanted = place.result.bits, address_bits(place.result)
    return f"""\
{rom(f"{name}_rom", [packed([word], width) for word in words], width)}
wire signed [{bits - 1}:0] {name}_found = {place.name}({value});
reg [{wanted - 1}:0] {name}_place;
reg [{width - 1}:0] {name}_fetched;
always @(posedge clk)
  if (moves) begin
    {name}_place <= {fitted(f"{name}_found", bits, wanted)};
    {name}_fetched <= {name}_rom[{name}_place];
  end"""
