"""Where the steps of a folded matrix have their inputs from."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.flows.rtl.block import Times
from engine.flows.rtl.folding import Folding
from engine.flows.rtl.verilog.module import counter_bits
from engine.flows.rtl.verilog.pipeline import one_by_one
from engine.flows.rtl.word import Stream


class Feed(Protocol):
    """The inputs of every step, in all passes."""

    @property
    def source(self) -> Stream:
        """Words that come in over `s`."""

    @property
    def library(self) -> tuple[str, ...]:
        """Shared modules it uses."""

    def verilog(self) -> str:
        """Assigns `there`: the inputs of the step can be taken. One cycle after `takes`, counted in `moves`, they
        are in `word`. It may use `step`, and of several passes `pass` and `address`, and whether they are the last."""

    def ends(self, arrivals: Times) -> Times:
        """In which cycle the last step of each pass is taken, if nobody stops it."""

    def takes(self, arrivals: Times) -> Times:
        """In which cycle each word is taken."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """Words as they come: taken in the first pass, kept for the later ones."""

    source: Stream
    folding: Folding

    @property
    def library(self) -> tuple[str, ...]:
        """Shared modules it uses."""
        return ("skid",)

    def ends(self, arrivals: Times) -> Times:
        """In a first pass, a step needs its inputs; all others follow one a cycle."""
        first = self.takes(arrivals)[self.folding.steps - 1 :: self.folding.steps]
        later = self.folding.steps * np.arange(self.folding.passes)
        return np.asarray((first[:, None] + later).ravel())

    def takes(self, arrivals: Times) -> Times:
        """In which cycle each word is taken: later passes keep those of the next frame waiting."""
        alone = np.ones(self.folding.steps, np.int64)
        alone[-1] += self.folding.steps * (self.folding.passes - 1)
        return one_by_one(arrivals, np.tile(alone, len(arrivals) // self.folding.steps))

    def verilog(self) -> str:
        """A skid at the entry, and a memory of the words where there are several passes."""
        return f"{entry(self.source)}\n{self._once() if self.folding.passes == 1 else self._again()}"

    def _once(self) -> str:
        return f"""\
assign there = entry_valid;
assign entry_ready = moves;
reg [{self.source.bits - 1}:0] word;
always @(posedge clk) if (moves) word <= entry_word;"""

    def _again(self) -> str:
        bits, folding = self.source.bits, self.folding
        return f"""\
wire is_first_pass = pass == {counter_bits(folding.passes)}'d0;
assign there = entry_valid | ~is_first_pass;
assign entry_ready = moves & is_first_pass;

// Inputs as they come in the first pass, and as they were kept in the later ones.
reg [{bits - 1}:0] kept [0:{folding.steps - 1}];
reg [{bits - 1}:0] taken, read;
reg reads;
always @(posedge clk)
  if (moves) begin
    taken <= entry_word;
    if (is_first_pass) kept[step] <= entry_word;
    read <= kept[step];
    reads <= ~is_first_pass;
  end
wire [{bits - 1}:0] word = reads ? read : taken;"""


def entry(source: Stream) -> str:
    """A skid behind `s`: `entry_word` is there with `entry_valid` and goes with `entry_ready`."""
    bits = source.bits
    return f"""\
wire entry_valid, entry_ready;
wire [{bits - 1}:0] entry_word;
skid #(.BITS({bits})) entry (
  .clk(clk), .rst(rst), .s_valid(s_valid), .s_ready(s_ready), .s_data(s_data),
  .m_valid(entry_valid), .m_ready(entry_ready), .m_data(entry_word)
);"""
