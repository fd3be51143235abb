"""Softmax as hls4ml's `argmax`: 1 for the largest value, 0 for all others."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from engine.emulate.exact.lookups import Softmax
from engine.emulate.exact.numbers import Exact
from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.elementwise import value_of
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.counter import counter
from engine.flows.rtl.verilog.module import counter_bits
from engine.flows.rtl.verilog.number import Number, pattern
from engine.flows.rtl.verilog.pipeline import taken

_DELAY = 2
"""Cycles from a group's last value to its first result."""


@dataclass(frozen=True, slots=True, eq=False)
class Largest:
    """The first of the largest values is found while they come; the results leave while the next group comes."""

    site: Site
    operation: Softmax
    about: ClassVar[str] = "1 for the largest"
    multipliers: ClassVar[int] = 0

    @property
    def cycles(self) -> int:
        """Of one group."""
        return self.operation.slice_

    def times(self, arrivals: Times) -> Times:
        """When results come."""
        ends = taken([arrivals]).reshape(-1, self.operation.slice_)[:, -1:]
        return np.asarray((ends + _DELAY + np.arange(self.operation.slice_)).ravel())

    @property
    def body(self) -> str:
        """What is in the module."""
        count, type_, bits = self.operation.slice_, self.site.source, counter_bits(self.operation.slice_)
        none, one = (int(code) for code in self.site.finished(Exact(np.array([0, 1]), 0, 1)))
        width = self.site.result.width
        return f"""\
reg valid;
assign m_valid = valid;
wire moves = ~m_valid | m_ready;  // all wait while a result waits
wire takes = s_valid & moves;
assign s_ready = moves;
{value_of("s_data", type_, "0", "x")}
{counter("place", count, "takes")}
reg signed [{Number.of(type_).bits - 1}:0] most;
reg [{bits - 1}:0] found, winner;
wire is_more = place == {bits}'d0 || x > most;
always @(posedge clk)
  if (takes & is_more) begin
    most <= x;
    found <= place;
  end
always @(posedge clk) if (takes & place_is_last) winner <= is_more ? place : found;

reg gives;
always @(posedge clk)
  if (rst) gives <= 1'b0;
  else if (moves) gives <= takes & place_is_last | gives & ~step_is_last;
{counter("step", count, "moves & gives")}
reg [{width - 1}:0] result;
always @(posedge clk)
  if (rst) valid <= 1'b0;
  else if (moves) valid <= gives;
always @(posedge clk) if (moves) result <= step == winner ? {pattern(one, width)} : {pattern(none, width)};
assign m_data = result;"""
