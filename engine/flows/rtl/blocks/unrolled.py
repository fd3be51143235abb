"""A matrix of products with reuse factor 1: a new frame every cycle, constants as shared adders."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.flows.rtl.adders.graph import Adder, AdderGraph, Output
from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.accumulation import Accumulation
from engine.flows.rtl.verilog.cast import Function
from engine.flows.rtl.verilog.module import module
from engine.flows.rtl.verilog.number import Number, fitted, lane, literal, signed
from engine.flows.rtl.word import Stream

LEVELS = 3
"""Adders one behind the other between two registers."""


@dataclass(frozen=True, eq=False)
class Unrolled:
    """What one module needs: `graph` computes the matrix of `sums`, `finish` makes a result of a sum.

    Of an `outlined` module, which is for an estimate, the graph has one output, which stands for all.
    """

    sums: Accumulation
    graph: AdderGraph
    source: Stream
    target: Stream
    finish: Function
    outlined: bool = False

    @cached_property
    def stages(self) -> list[int]:
        """For each node, behind how many registers it is computed."""
        return [max(level - 1, 0) // LEVELS for level in self.graph.levels]

    @cached_property
    def depth(self) -> int:
        """The stage in which all sums are there."""
        return max((self.stages[each.node] for each in self.graph.outputs if each.node is not None), default=0)

    @property
    def delay(self) -> int:
        """Cycles from inputs to results."""
        return self.depth + 1

    def times(self, arrivals: Times) -> Times:
        """One frame a cycle."""
        starts = np.maximum.accumulate(arrivals - np.arange(len(arrivals))) + np.arange(len(arrivals))
        return starts + self.delay

    def verilog(self, name: str, about: Sequence[str]) -> str:
        """The module."""
        lines = [self._moves(), *self._inputs(), *self._adders(), self.finish.text, *self._results()]
        return module(name, about, {"s": self.source}, self.target, "\n".join(lines))

    def _moves(self) -> str:
        busy = f"{{busy[{self.depth - 1}:0], s_valid}}" if self.depth else "s_valid"
        return f"""\
// All registers move at once, unless a result waits for its reader.
reg [{self.depth}:0] busy;
wire moves = ~busy[{self.depth}] | m_ready;
assign s_ready = moves;
assign m_valid = busy[{self.depth}];
always @(posedge clk)
  if (rst) busy <= 0;
  else if (moves) busy <= {busy};
"""

    def _inputs(self) -> list[str]:
        lines = ["// Inputs, and behind registers what later adders read: n1_2 is node 1 in stage 2."]
        for index in range(self.graph.inputs):
            lines += self._node(index, lane("s_data", index, self.source.type))
        return lines

    def _adders(self) -> list[str]:
        return [line for place, adder in enumerate(self.graph.adders) for line in self._adder(place, adder)]

    def _adder(self, place: int, adder: Adder) -> list[str]:
        node = self.graph.inputs + place
        stage, bits = self.stages[node], self._bits(node)
        first, second = (f"n{each}_{stage}" for each in (adder.first, adder.second))
        own, other = self._bits(adder.first), self._bits(adder.second)
        if not adder.shift:
            return self._node(node, _combined((first, own), (second, other), adder.minus, bits))
        if adder.shift >= bits:
            return self._node(node, fitted(first, own, bits))
        # The lowest bits of the first one pass through.
        above = f"{first}[{own - 1}:{adder.shift}]" if own > adder.shift else f"{first}[{own - 1}]"
        kept = max(own - adder.shift, 1)
        upper = _combined((f"n{node}_above", kept), (second, other), adder.minus, bits - adder.shift)
        return [
            f"wire signed [{kept - 1}:0] n{node}_above = {above};",
            f"wire signed [{bits - adder.shift - 1}:0] n{node}_upper = {upper};",
            *self._node(node, f"{{n{node}_upper, {fitted(first, own, adder.shift)}}}"),
        ]

    def _node(self, node: int, value: str) -> list[str]:
        """A node where it is computed, and in registers up to where it is read last."""
        bits, stage = self._bits(node), self.stages[node]
        lines = [f"wire signed [{bits - 1}:0] n{node}_{stage} = {value};"]
        for later in range(stage + 1, self._last[node] + 1):
            move = f"if (moves) n{node}_{later} <= n{node}_{later - 1};"
            lines += [f"reg signed [{bits - 1}:0] n{node}_{later};", f"always @(posedge clk) {move}"]
        return lines

    @cached_property
    def _last(self) -> list[int]:
        """The last stage in which each node is read."""
        last = list(self.stages)
        for place, adder in enumerate(self.graph.adders):
            for node in (adder.first, adder.second):
                last[node] = max(last[node], self.stages[self.graph.inputs + place])
        for output in self.graph.outputs:
            if output.node is not None:
                last[output.node] = self.depth
        return last

    @cached_property
    def _bounds(self) -> list[Number]:
        """How far each node reaches, as codes: it is a sum of multiples of independent inputs."""
        x = self.sums.x
        forms = self.graph.forms
        lows = np.where(forms > 0, forms * x.low, forms * x.high).sum(axis=1)
        highs = np.where(forms > 0, forms * x.high, forms * x.low).sum(axis=1)
        return [Number(int(low), int(high), 0) for low, high in zip(lows, highs, strict=True)]

    def _bits(self, node: int) -> int:
        """Bits of a node; those above the sum's do not matter, as the sum wraps there."""
        exact = self._bounds[node].bits
        return exact if node < self.graph.inputs else min(exact, self.sums.total.bits)

    def _results(self) -> list[str]:
        lines = [f"reg [{self.target.bits - 1}:0] results;", "assign m_data = results;"]
        every = [
            line
            for index, each in enumerate(self.graph.outputs)
            for line in (*self._sum(index, each), *self._result(index))
        ]
        if self.outlined:
            every = [f"for (i = 0; i < {self.target.lanes}; i = i + 1) begin", *every, "end"]
        return [*lines, *every]

    def _sum(self, index: int, output: Output) -> list[str]:
        """A column's sum and its bias, at the step of the sum."""
        total = self.sums.total.bits
        bias = signed(int(self.sums.bias[index]), total)
        shift = output.shift + self.sums.total.fraction - self.sums.product.fraction
        declared = f"wire signed [{total - 1}:0] sum{index} ="
        if output.node is None or shift >= total:
            return [f"{declared} {literal(bias, total)};"]
        node = f"n{output.node}_{self.depth}"
        sign, bits = "-" if output.minus else "+", self._bits(output.node) + shift
        column = f"column{index}" if bits <= total else fitted(f"column{index}", bits, total)
        return [
            f"wire signed [{bits - 1}:0] column{index} = " + (f"{{{node}, {shift}'b0}};" if shift else f"{node};"),
            f"{declared} {f'{literal(bias, total)} {sign}' if bias or output.minus else ''} {column};",
        ]

    def _result(self, index: int) -> list[str]:
        width, bits = self.target.type.width, self.finish.result.bits
        place = f"results[{(index + 1) * width - 1}:{index * width}]"
        return [
            f"wire signed [{bits - 1}:0] finished{index} = {self.finish.name}(sum{index});",
            f"always @(posedge clk) if (moves) {place} <= {fitted(f'finished{index}', bits, width)};",
        ]


def _combined(first: tuple[str, int], second: tuple[str, int], minus: bool, bits: int) -> str:
    """Sum or difference of two variables of known bits; where they are wider than it, their lowest bits."""
    sign = "-" if minus else "+"
    if max(first[1], second[1]) <= bits:
        return f"{first[0]} {sign} {second[0]}"
    return f"{fitted(*first, bits)} {sign} {fitted(*second, bits)}"
