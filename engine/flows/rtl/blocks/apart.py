"""Windows that do not overlap: each value belongs to one, and is made one with what came of that window before.

A memory has, for one line of windows, what is made of each so far; no line of the picture is kept.
"""

from dataclasses import dataclass
from textwrap import indent
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.sliding import Sliding
from engine.flows.rtl.verilog.counter import counter_register
from engine.flows.rtl.verilog.memory import memory
from engine.flows.rtl.verilog.module import counter_bits
from engine.flows.rtl.verilog.pipeline import taken
from engine.flows.rtl.word import Stream

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """The front of a reduction: words of `source`, `words` to a pixel."""

    sliding: Sliding
    source: Stream
    words: int

    @property
    def _depth(self) -> int:
        """Words that are kept; windows of one line are done with before the next begins."""
        return self.words * (self.sliding.positions[1] if self.sliding.size[0] > 1 else 1)

    def takes(self, arrivals: Times) -> Times:
        """Words are taken as they come."""
        return taken([arrivals])

    def ends(self, arrivals: Times) -> Times:
        """When the last value of each window is taken."""
        last = np.logical_and.outer(self._axis(0)[1], self._axis(1)[1])
        every = np.repeat(last.ravel(), self.words)
        return np.asarray(self.takes(arrivals)[np.tile(every, len(arrivals) // self.source.words)])

    def _axis(self, axis: int) -> tuple[Any, Flags]:
        """Of each line, or column: its place in a window, and whether it is the window's last."""
        extent = (self.sliding.lines, self.sliding.columns)[axis]
        size, stride = self.sliding.size[axis], self.sliding.strides[axis]
        place = np.arange(extent) + self.sliding.edges[axis][0]
        phase, inside = place % stride, place // stride < self.sliding.positions[axis]
        last = inside & ((phase == size - 1) | ((phase < size) & (np.arange(extent) == extent - 1)))
        return phase, last

    def verilog(self, bits: int) -> str:
        """Scan of the picture, and the memory of what was made."""
        scan = "\n".join([counter_register("channel", self.words), self._scan("line", 0), self._scan("column", 1)])
        return f"""\
// Where the picture is, and each of its lines and columns in its window.
{scan}
assign there = s_valid;
assign s_ready = moves;
always @(posedge clk)
  if (rst) begin
    channel <= 0;
{self._resets("line", 0)}
{self._resets("column", 1)}
  end else if (takes) begin
    channel <= channel_is_last ? {counter_bits(self.words)}'d0 : channel + 1'b1;
    if (channel_is_last) begin
{indent(self._turns("column", 1), 6 * " ")}
      if (column_is_last) begin
{indent(self._turns("line", 0), 8 * " ")}
      end
    end
  end
reg [{self.source.bits - 1}:0] word;
reg taken, first, last;
always @(posedge clk) if (rst) taken <= 1'b0; else if (moves) taken <= takes & line_is_in & column_is_in;
always @(posedge clk)
  if (moves) begin
    word <= s_data;
    first <= line_is_first & column_is_first;
    last <= line_ends & column_ends;
  end

{self._kept(bits)}"""

    def _scan(self, name: str, axis: int) -> str:
        """Counter along an axis and within a window, and what they say of this place."""
        sliding = self.sliding
        extent = (sliding.lines, sliding.columns)[axis]
        size, stride, before = sliding.size[axis], sliding.strides[axis], sliding.edges[axis][0]
        bits, places = counter_bits(stride), counter_bits(extent)
        windowed = sliding.positions[axis] * stride - before
        inside = [f"({name}_phase < {bits}'d{size})"] if size < stride else []
        inside += [f"({name} < {places}'d{windowed})"] if windowed < extent else []
        first = [f"({name}_phase == {bits}'d0)", *([f"({name} == {places}'d0)"] if before else [])]
        cut = sliding.extents(axis)[-1] < size and windowed - stride + size > extent
        last = [f"({name}_phase == {bits}'d{size - 1})", *([f"{name}_is_last"] if cut else [])]
        return f"""\
{counter_register(name, extent)}
reg [{bits - 1}:0] {name}_phase;
wire {name}_is_in = {" & ".join(inside) or "1'b1"};
wire {name}_is_first = {" | ".join(first)};
wire {name}_ends = {" | ".join(last)};"""

    def _resets(self, name: str, axis: int) -> str:
        bits = counter_bits(self.sliding.strides[axis])
        return f"    {name} <= 0;\n    {name}_phase <= {bits}'d{self.sliding.edges[axis][0]};"

    def _turns(self, name: str, axis: int) -> str:
        stride, before = self.sliding.strides[axis], self.sliding.edges[axis][0]
        bits, places = counter_bits(stride), counter_bits((self.sliding.lines, self.sliding.columns)[axis])
        return (
            f"{name} <= {name}_is_last ? {places}'d0 : {name} + 1'b1;\n"
            f"{name}_phase <= {name}_is_last ? {bits}'d{before} : "
            f"({name}_phase == {bits}'d{stride - 1}) ? {bits}'d0 : {name}_phase + 1'b1;"
        )

    def _kept(self, bits: int) -> str:
        if self._depth == 1:
            return f"wire [{bits - 1}:0] now, reduced;\nwire [{bits - 1}:0] held = reduced;"
        index = counter_bits(self._depth)
        return f"""\
// What was made of each window so far; of the same one a cycle ago it is not in the memory yet.
{memory("partial", 1 << index, bits)}
{self._address(index)}
wire [{bits - 1}:0] now, reduced;
reg [{index - 1}:0] written;
reg [{bits - 1}:0] read;
reg is_same;
wire [{bits - 1}:0] held = is_same ? reduced : read;
always @(posedge clk)
  if (moves) begin
    written <= partial_address;
    read <= partial[partial_address];
    is_same <= taken & (written == partial_address);
    if (taken) partial[written] <= now;
  end"""

    def _address(self, index: int) -> str:
        if self._depth == self.words:
            return f"wire [{index - 1}:0] partial_address = channel;"
        back = (
            f"channel_is_last & ~(column_phase == {counter_bits(self.sliding.strides[1])}'d{self.sliding.size[1] - 1})"
        )
        return f"""\
reg [{index - 1}:0] partial_address;
always @(posedge clk)
  if (rst) partial_address <= 0;
  else if (takes) begin
    if (channel_is_last & column_is_last) partial_address <= 0;
    else if ({back}) partial_address <= partial_address - {index}'d{self.words - 1};
    else partial_address <= partial_address + 1'b1;
  end"""
