"""A memory of the last lines of a frame: written as words come, read in the order of loops.

A word is kept until no later read asks for it; then its place is free. So frames follow each other without a gap, and
the memory holds no more than the lines that a window spans.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.nest import Nest, span
from engine.flows.rtl.blocks.rhythm import rhythm
from engine.flows.rtl.verilog.memory import cost, memory
from engine.flows.rtl.verilog.number import Number, literal, pattern
from engine.flows.rtl.verilog.rom import packed
from engine.flows.rtl.word import Stream


@dataclass(frozen=True, eq=False)
class Lines:
    """Reads of a nest, of words that come over `source`, one a cycle. As a feed: `steps` reads are one pass."""

    nest: Nest
    source: Stream
    steps: int = 1
    hurries: bool = False
    """Whether words of the next frame come while the last of this one are read, so that no cycle is lost."""
    fill: int = 0
    """What is read beyond the edges: the bits of one value."""

    @cached_property
    def depth(self) -> int:
        """Words of the memory, a power of two: what a period spans, and those that come while lines change; while
        frames change too where it hurries, or where that costs no more."""
        nest = self.nest
        found, most = (_power_of_two(span(nest) + max(jumps, default=0)) for jumps in (nest.jumps()[:-1], nest.jumps()))
        least = cost(found, self.source.bits)
        while found < most and (self.hurries or cost(2 * found, self.source.bits) == least):
            found *= 2
        return found

    @property
    def bits(self) -> int:
        """Of counters that compare what is written with what is read."""
        nest = self.nest
        behind = max(*nest.jumps(), 0) + nest.words
        reach = self.depth + behind + abs(nest.line * nest.places) + abs(nest.place)
        low = min(-nest.furthest - behind, -reach, *nest.moves())
        return Number(low, max(reach, *nest.moves()), 0).bits

    @property
    def pace(self) -> tuple[Nest, int, int]:
        """All that its times follow from."""
        return self.nest, self.steps, self.depth

    @property
    def library(self) -> tuple[str, ...]:
        """Shared modules it uses."""
        return ()

    def verilog(self) -> str:
        """Takes `s`, goes on with `takes`; gives `there`, whether a read can be done, and a cycle later `word`."""
        nest, bits, word = self.nest, self.bits, self.source.bits
        address, top = (self.depth - 1).bit_length(), bits - 1
        start = nest.line * nest.places + nest.place
        blank = "is_blank | " if nest.has_edges else ""
        return f"""\
// The last words lie in `lines`, each until no later read asks for it.
{nest.verilog(bits)}
{memory("lines", self.depth, word)}
reg [{address - 1}:0] write_address, read_address;
reg signed [{top}:0] room;   // places that are free, less one
reg signed [{top}:0] ahead;  // words that are written from the one that is read on, less one
wire writes = s_valid & s_ready;
assign s_ready = ~room[{top}];
assign there = {blank}~ahead[{top}];
always @(posedge clk)
  if (rst) begin
    write_address <= 0;
    read_address <= {_pattern(start, address)};
    room <= {literal(self.depth + start - 1, bits)};
    ahead <= {literal(-start - 1, bits)};
  end else begin
    if (writes) write_address <= write_address + 1'b1;
    if (takes) read_address <= read_address + move[{address - 1}:0];
    room <= room + (frees ? jump : {bits}'sd0) - {_flag("writes", bits)};
    ahead <= ahead - (takes ? move : {bits}'sd0) + {_flag("writes", bits)};
  end
reg [{word - 1}:0] read;
always @(posedge clk) begin
  if (writes) lines[write_address] <= s_data;
  if (moves) read <= lines[read_address];
end
{self._masked()}"""

    def _masked(self) -> str:
        if not self.nest.has_edges:
            return f"wire [{self.source.bits - 1}:0] word = read;"
        blank = pattern(packed([self.fill] * self.source.lanes, self.source.type.width), self.source.bits)
        return f"""\
reg read_is_blank;
always @(posedge clk) if (moves) read_is_blank <= is_blank;
wire [{self.source.bits - 1}:0] word = read_is_blank ? {blank} : read;"""

    def ends(self, arrivals: Times) -> Times:
        """In which cycle the last read of each pass is done, if nobody stops it."""
        return self._rhythm(arrivals)[0]

    def takes(self, arrivals: Times) -> Times:
        """In which cycle each word is taken."""
        return self._rhythm(arrivals)[1]

    def needs(self, arrivals: Times) -> Times:
        """In which cycle each word must be taken at the latest."""
        return self._rhythm(arrivals)[2]

    def _rhythm(self, arrivals: Times) -> tuple[Times, Times, Times]:
        """All is later with the first word, but for reads in front of a picture, which wait for none."""
        spare = max(int(arrivals[0]) - self.nest.reads, 0)
        ends, takes, needs = rhythm(*self.pace, np.asarray(arrivals - spare, np.int64).tobytes())
        return ends + spare, takes + spare, needs + spare


def _power_of_two(count: int) -> int:
    return 1 << max((count - 1).bit_length(), 1)


def _pattern(value: int, bits: int) -> str:
    return f"{bits}'d{value % (1 << bits)}"


def _flag(name: str, bits: int) -> str:
    return f"$signed({{{bits - 1}'b0, {name}}})"
