"""A window in registers: each pixel shifts a column of pixels in, those above it come from a memory of lines.

All values under the window are there at once, so that a step may take any number of them. Pixels beyond the edges are
shifted in as zeros, one a cycle.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.feed import entry
from engine.flows.rtl.blocks.sliding import Sliding
from engine.flows.rtl.verilog.counter import counter_register
from engine.flows.rtl.verilog.memory import memory
from engine.flows.rtl.verilog.module import counter_bits
from engine.flows.rtl.verilog.pipeline import one_by_one
from engine.flows.rtl.word import Stream

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Shifted:
    """A feed: `choices` are, for each step, places in the window, or -1 for a zero. `source` brings pixels."""

    sliding: Sliding
    source: Stream
    choices: Sequence[Sequence[int]]
    steps: int
    """Of one pass."""

    @property
    def pace(self) -> tuple[Sliding, int, int]:
        """All that its times follow from."""
        return self.sliding, len(self.choices), self.steps

    @property
    def library(self) -> tuple[str, ...]:
        """Shared modules it uses."""
        return ("skid",)

    def ends(self, arrivals: Times) -> Times:
        """A pixel is shifted in when it is there and the window before it is done with; then steps follow."""
        offsets = np.arange(self.steps - 1, len(self.choices), self.steps) + 1
        completing = self._run(arrivals)[1]
        return np.asarray((completing[:, None] + offsets).ravel())

    def takes(self, arrivals: Times) -> Times:
        """In which cycle each pixel is taken."""
        return self._run(arrivals)[0]

    def _run(self, arrivals: Times) -> tuple[Times, Times]:
        """When pixels of the picture are shifted in, and when those that complete a window."""
        frames = len(arrivals) // self.source.words
        is_real, completes = (np.tile(each, frames) for each in self._scan())
        wanted = np.zeros(len(is_real), np.int64)
        wanted[is_real] = arrivals
        shifted = one_by_one(wanted, np.where(completes, len(self.choices), 1))
        return shifted[is_real], shifted[completes]

    def _scan(self) -> tuple[Flags, Flags]:
        """Of each pixel with those around: whether it is of the picture, and whether it completes a window."""
        (real_lines, ends_lines), (real_columns, ends_columns) = self._along(0), self._along(1)
        is_real, completes = np.outer(real_lines, real_columns), np.outer(ends_lines, ends_columns)
        return is_real.ravel(), completes.ravel()

    def _along(self, axis: int) -> tuple[Flags, Flags]:
        """The same of lines, or columns."""
        sliding, place = self.sliding, np.arange(self.sliding.padded[axis])
        before, extent = sliding.edges[axis][0], (sliding.lines, sliding.columns)[axis]
        past = place - sliding.size[axis] + 1
        is_real = (before <= place) & (place < before + extent)
        return is_real, (past >= 0) & (past % sliding.strides[axis] == 0)

    def verilog(self) -> str:
        """Scan of the picture, lines, window, and the steps' choice of it."""
        return "\n\n".join([entry(self.source), self._scanning(), self._columns(), self._window(), self._choice()])

    def _scanning(self) -> str:
        sliding = self.sliding
        real = [self._real("line", 0), self._real("column", 1)]
        return f"""\
// The picture is gone through with the zeros around it.
{counter_register("line", sliding.padded[0])}
{counter_register("column", sliding.padded[1])}
{_phase("line", sliding.size[0], sliding.strides[0])}
{_phase("column", sliding.size[1], sliding.strides[1])}
wire column_is_real = {real[1]};
wire is_real = {real[0]} & column_is_real;
reg full;  // a window is complete and not done with
wire window_ends = {f"{self._turn}_is_last" if len(self.choices) > 1 else "1'b1"};
wire may_shift = ~full | (takes & window_ends);
wire shifts = may_shift & (entry_valid | ~is_real);
assign entry_ready = may_shift & is_real;
assign there = full;
always @(posedge clk)
  if (rst) full <= 1'b0;
  else if (shifts) full <= line_completes & column_completes;
  else if (may_shift) full <= 1'b0;
always @(posedge clk)
  if (rst) begin
    line <= 0;
    column <= 0;
    line_wait <= {_first_wait(sliding.size[0], sliding.strides[0])};
    column_wait <= {_first_wait(sliding.size[1], sliding.strides[1])};
  end else if (shifts) begin
    column <= column_is_last ? {counter_bits(sliding.padded[1])}'d0 : column + 1'b1;
    column_wait <= {_next_wait("column", sliding.size[1], sliding.strides[1])};
    if (column_is_last) begin
      line <= line_is_last ? {counter_bits(sliding.padded[0])}'d0 : line + 1'b1;
      line_wait <= {_next_wait("line", sliding.size[0], sliding.strides[0])};
    end
  end"""

    @property
    def _turn(self) -> str:
        """What counts through the choices."""
        return "step" if self.steps == len(self.choices) else "address"

    def _real(self, name: str, axis: int) -> str:
        (before, after), extent = self.sliding.edges[axis], self.sliding.padded[axis]
        bits = counter_bits(extent)
        bounds = [f"({name} >= {bits}'d{before})"] if before else []
        bounds += [f"({name} < {bits}'d{extent - after})"] if after else []
        return " & ".join(bounds) or "1'b1"

    def _columns(self) -> str:
        above, pixel = self.sliding.size[0] - 1, self.source.bits
        shown = f"wire [{pixel - 1}:0] pixel = is_real ? entry_word : {pixel}'d0;"
        if not above:
            return f"{shown}\nwire [{pixel - 1}:0] shifted_in = pixel;"
        bits = above * pixel
        kept = "pixel" if above == 1 else f"{{pixel, above[{bits - 1}:{pixel}]}}"
        return f"""\
// Of each column, the pixels above the one that comes, the highest in the lowest bits.
reg [{bits - 1}:0] above;
{shown}
wire [{bits - 1}:0] kept = {kept};
wire [{bits + pixel - 1}:0] shifted_in = column_is_real ? {{pixel, above}} : {bits + pixel}'d0;
{self._memory(bits)}"""

    def _memory(self, bits: int) -> str:
        columns = self.sliding.columns
        if columns == 1:
            return "always @(posedge clk) if (shifts & column_is_real) above <= kept;"
        index = counter_bits(columns)
        return f"""\
{memory("lines", columns, bits)}
{counter_register("spot", columns)}
wire [{index - 1}:0] next_spot = spot_is_last ? {index}'d0 : spot + 1'b1;
always @(posedge clk)
  if (rst) spot <= 0;
  else if (shifts & column_is_real) spot <= next_spot;
always @(posedge clk)
  if (shifts & column_is_real) begin
    lines[spot] <= kept;
    above <= lines[next_spot];
  end"""

    def _window(self) -> str:
        (lines, columns), pixel = self.sliding.size, self.source.bits
        bits = columns * pixel
        moved = []
        for line in range(lines):
            new = f"shifted_in[{(line + 1) * pixel - 1}:{line * pixel}]"
            low, high = line * bits, (line + 1) * bits - 1
            old = f", window[{high}:{low + pixel}]" if columns > 1 else ""
            moved.append(f"    window[{high}:{low}] <= {{{new}{old}}};")
        text = "\n".join(moved)
        return f"""\
reg [{lines * bits - 1}:0] window;  // lines, pixels, channels: the first in the lowest bits
always @(posedge clk)
  if (shifts) begin
{text}
  end"""

    def _choice(self) -> str:
        width = self.source.type.width
        lanes = len(self.choices[0])
        bits = lanes * width
        order = [place for step in self.choices for place in step]
        in_order = order == list(range(len(order)))
        values = [f"window[{place * width} +: {width}]" if place >= 0 else f"{width}'d0" for place in reversed(order)]
        every = "" if in_order else f"wire [{len(order) * width - 1}:0] chosen = {{{', '.join(values)}}};\n"
        name = "window" if in_order else "chosen"
        value = name if len(self.choices) == 1 else f"{name}[{self._turn}*{bits} +: {bits}]"
        return f"""\
{every}reg [{bits - 1}:0] word;
always @(posedge clk) if (moves) word <= {value};"""


def _phase(name: str, size: int, stride: int) -> str:
    """Counts down to the place that completes a window."""
    bits = counter_bits(max(size, stride))
    return f"reg [{bits - 1}:0] {name}_wait;\nwire {name}_completes = {name}_wait == {bits}'d0;"


def _first_wait(size: int, stride: int) -> str:
    return f"{counter_bits(max(size, stride))}'d{size - 1}"


def _next_wait(name: str, size: int, stride: int) -> str:
    bits = counter_bits(max(size, stride))
    first, again = f"{bits}'d{size - 1}", f"{bits}'d{stride - 1}"
    return f"{name}_is_last ? {first} : {name}_completes ? {again} : {name}_wait - 1'b1"
