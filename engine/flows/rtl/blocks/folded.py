"""A matrix of products, folded: few multipliers go through all weights, one step a cycle.

In every step, the inputs of `lanes` are multiplied with the weights of `rows` outputs. A feed has the inputs of each
step: words as they come, or those under a window. The weights lie in a ROM: one word holds those of a step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import indent

import numpy as np

from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.accumulation import Accumulation, Codes
from engine.flows.rtl.blocks.feed import Feed
from engine.flows.rtl.folding import Folding
from engine.flows.rtl.verilog.cast import Function, cast_function
from engine.flows.rtl.verilog.counter import counter, counter_register
from engine.flows.rtl.verilog.module import counter_bits, module
from engine.flows.rtl.verilog.number import fitted, pattern
from engine.flows.rtl.verilog.repeated import repeated
from engine.flows.rtl.verilog.rom import packed, rom
from engine.flows.rtl.verilog.soft import SOFT_BELOW, cycles, multiples, soft_product
from engine.flows.rtl.verilog.tree import Tree, adder_tree
from engine.flows.rtl.word import Stream
from engine.precision import FixedType

_FEW_STEPS = 64
"""Up to which bits of weights may be the same in all of them, or as others: then an outline says how many change."""
_BEFORE_PRODUCT, _AFTER_SUM = 2, 2
"""Registers: the ROM and its output in front of the product; the sum and the result behind the adders."""


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """What one module needs: `feed` has a folding's lanes in every step, `target` takes its rows.

    With `own_lanes` each row has inputs of its own, as the channels of a depthwise convolution.
    """

    sums: Accumulation
    folding: Folding
    feed: Feed
    target: Stream
    finish: tuple[Function, ...]
    """Make a result of a sum, with a register between each two."""
    weight_bits: int
    own_lanes: bool = False
    outlined: bool = False
    """As in `Site`."""

    @property
    def part(self) -> int:
        """Bits of the products of one step, added up."""
        return min(self.sums.product.bits + (self.folding.lanes - 1).bit_length(), self.sums.total.bits)

    @property
    def tree(self) -> Tree:
        """The adders of one row."""
        term = "product{}" if self.sums.rounding is None else "rounded{}"
        if self.sums.product.bits > self.part:
            term = fitted(term, self.sums.product.bits, self.part)
        return adder_tree(term, self.folding.lanes, self.part, "moves", outlined=self.outlined)

    @property
    def delay(self) -> int:
        """Cycles from the last step of a sum to its result."""
        return self._before_sum + len(self.finish) - 1 + _AFTER_SUM

    @property
    def _before_sum(self) -> int:
        """Registers from a step to its sum."""
        product = cycles(self.sums.weight.bits) if self._is_soft else 1
        return _BEFORE_PRODUCT + product + self.tree.registers

    def times(self, arrivals: Times) -> Times:
        """When results come, from when the words of the feed are there."""
        return self.feed.ends(arrivals) + self.delay

    def verilog(self, name: str, about: Sequence[str]) -> str:
        """The module."""
        parts = [self._steps(), self.feed.verilog(), self._weights(), self._bias(), self._functions(), self._rows()]
        return module(name, about, {"s": self.feed.source}, self.target, "\n\n".join(parts))

    @property
    def _is_ready(self) -> str:
        return f"done[{len(self.finish) - 1}]"

    def _functions(self) -> str:
        rounding = self._rounding()
        functions = [*([] if rounding is None else [rounding]), *self.finish]
        return "\n\n".join(function.text for function in functions)

    def _rounding(self) -> Function | None:
        """Products take the step of the accumulator before they are added."""
        if self.sums.rounding is None:
            return None
        kept = self.sums.product
        type_ = FixedType(kept.bits, kept.bits - kept.fraction, rounding=self.sums.rounding.rounding)
        return cast_function("round_product", self.sums.x * self.sums.weight, type_)

    def _steps(self) -> str:
        stages = self._before_sum
        return f"""\
reg [{len(self.finish) - 1}:0] done;  // a sum is complete; in the last bit, it is ready to be a result
wire moves = ~({self._is_ready} & m_valid & ~m_ready);  // all wait while a result waits
wire there;  // the inputs of this step
wire takes = moves & there;
{self._counters()}

// What is on its way to the sums; what was started last is in bit 0.
reg [{stages - 1}:0] busy, first, last;
wire sums_move = busy[{stages - 1}];
wire sums_start = first[{stages - 1}];
wire sums_end = sums_move & last[{stages - 1}];
always @(posedge clk)
  if (rst) begin
    busy <= 0;
    done <= 0;
  end else if (moves) begin
    busy <= {{busy[{stages - 2}:0], takes}};
    first <= {{first[{stages - 2}:0], is_first}};
    last <= {{last[{stages - 2}:0], step_is_last}};
    done <= {"sums_end" if len(self.finish) == 1 else f"{{done[{len(self.finish) - 2}:0], sums_end}}"};
  end

reg valid;
assign m_valid = valid;
always @(posedge clk)
  if (rst) valid <= 1'b0;
  else if (moves & {self._is_ready}) valid <= 1'b1;
  else if (m_ready) valid <= 1'b0;"""

    def _counters(self) -> str:
        folding = self.folding
        passes = (
            f"`pass` through the outputs, {folding.rows} at once" if folding.passes > 1 else "for all outputs at once"
        )
        lines = [
            f"// `step` goes through the inputs, {folding.lanes} at once; {passes}.",
            counter("step", folding.steps, "takes"),
        ]
        if folding.passes > 1:
            lines.append(counter("pass", folding.passes, "takes & step_is_last"))
            lines.append(counter("address", folding.cycles, "takes"))
        return "\n".join([*lines, f"wire is_first = step == {counter_bits(folding.steps)}'d0;"])

    @property
    def _is_soft(self) -> bool:
        return self.weight_bits < SOFT_BELOW

    def _value(self, index: int) -> str:
        """An input of a step, x0, x1 ..., at the time of its weights: of a row, or of all."""
        bits, name, value = self.sums.x.bits, f"x{index}", self._lane(index)
        if self._is_soft:
            return "\n".join(multiples(name, value, bits, self.sums.weight.bits))
        return f"reg signed [{bits - 1}:0] {name}; always @(posedge clk) if (moves) {name} <= {value};"

    def _lane(self, index: int) -> str:
        type_ = self.feed.source.type
        first = index * type_.width
        place = f"row*{self.folding.lanes * type_.width} + {first}" if self.own_lanes else f"{first}"
        part = f"word[{place} +: {type_.width}]"
        return part if type_.signed else f"{{1'b0, {part}}}"

    def _weights(self) -> str:
        """ROM words: the weights of a step, lane by lane within row by row."""
        folding, bits = self.folding, self.folding.multipliers * self.sums.weight.bits
        memory = rom("weight_rom", self._changes() if self.outlined else self._words(), bits, folding.cycles)
        address = "step" if folding.passes == 1 else "address"
        return f"""\
// The {folding.multipliers} weights of a step, {self.sums.weight.bits} bits each: output by output, the first in bit 0.
{memory}
reg [{bits - 1}:0] fetched, weights;
always @(posedge clk)
  if (moves) begin
    fetched <= weight_rom[{address}];
    weights <= fetched;
  end"""

    def _in_steps(self) -> Codes:
        """(cycles, multipliers)."""
        folding = self.folding
        # (passes, rows) outputs, (steps, lanes) inputs → pass, step, row, lane
        order = self.sums.weights.T.reshape(folding.passes, folding.rows, folding.steps, folding.lanes)
        return order.transpose(0, 2, 1, 3).reshape(folding.cycles, -1)

    def _words(self) -> list[int]:
        return [packed(word, self.sums.weight.bits) for word in self._in_steps().tolist()]

    def _changes(self) -> list[int]:
        """Two words that differ in as many bits as all of them do; of many, one: nearly all bits change."""
        if not 1 < self.folding.cycles <= _FEW_STEPS:
            return [0]
        words, mask = self._in_steps(), (1 << self.sums.weight.bits) - 1
        changing = (np.bitwise_or.reduce(words) & ~np.bitwise_and.reduce(words)) & mask
        return [0, (1 << sum(each.bit_count() for each in changing.tolist())) - 1]

    def _bias(self) -> str:
        folding, bits = self.folding, self.sums.total.bits
        words = [packed(each, bits) for each in self.sums.bias.reshape(folding.passes, folding.rows).tolist()]
        width = folding.rows * bits
        about = f"// With these biases, {bits} bits each, sums begin."
        if folding.passes == 1:
            return f"{about}\nwire [{width - 1}:0] bias = {pattern(words[0], width)};"
        return f"""\
{about}
{rom("bias_rom", words, width)}
{counter_register("bias_pass", folding.passes)}
wire [{width - 1}:0] bias = bias_rom[bias_pass];
always @(posedge clk)
  if (rst) bias_pass <= 0;
  else if (moves & sums_end) bias_pass <= bias_pass_is_last ? {counter_bits(folding.passes)}'d0 : bias_pass + 1'b1;"""

    def _rows(self) -> str:
        total, width = self.sums.total.bits, self.target.type.width
        finished = fitted("finished", self.finish[-1].result.bits, width)
        shift = self.sums.total.fraction - self.sums.product.fraction
        aligned = min(self.part + shift, total)
        kept = fitted("part", self.part, aligned - shift)
        tree, values = self.tree, self._each_lane(self._value)
        inside = [values if self.own_lanes else "", self._each_lane(self._product), tree.text]
        text = "\n".join(filter(None, inside))
        return f"""\
{"" if self.own_lanes else values}
// Each row makes the sum of one output.
genvar row;
generate
for (row = 0; row < {self.folding.rows}; row = row + 1) begin : rows
{indent(text, "  ")}
  wire signed [{self.part - 1}:0] part = {tree.sum};
  wire signed [{aligned - 1}:0] aligned = {f"{{{kept}, {shift}'b0}}" if shift else kept};
  wire signed [{total - 1}:0] start = bias[row*{total} +: {total}];
  reg signed [{total - 1}:0] sum;
  always @(posedge clk) if (moves & sums_move) sum <= aligned + (sums_start ? start : sum);
{indent(self._settling(), "  ")}
  reg [{width - 1}:0] result;
  always @(posedge clk) if (moves & {self._is_ready}) result <= {finished};
  assign m_data[row*{width} +: {width}] = result;
end
endgenerate"""

    def _each_lane(self, text: Callable[[int], str]) -> str:
        return "\n".join(repeated(self.folding.lanes, text, outlined=self.outlined))

    def _settling(self) -> str:
        """`finished` out of `sum`."""
        *before, last = self.finish
        lines, value = list[str](), "sum"
        for index, function in enumerate(before):
            lines.append(f"reg signed [{function.result.bits - 1}:0] settled{index};")
            lines.append(f"always @(posedge clk) if (moves) settled{index} <= {function.name}({value});")
            value = f"settled{index}"
        lines.append(f"wire signed [{last.result.bits - 1}:0] finished = {last.name}({value});")
        return "\n".join(lines)

    def _product(self, index: int) -> str:
        lanes, bits, exact = self.folding.lanes, self.sums.weight.bits, (self.sums.x * self.sums.weight).bits
        lines = [f"wire signed [{bits - 1}:0] weight{index} = weights[(row*{lanes} + {index})*{bits} +: {bits}];"]
        if self._is_soft:
            lines += soft_product(f"product{index}", f"x{index}", f"weight{index}", self.sums.x.bits, bits, exact)
        else:
            lines.append(f"reg signed [{exact - 1}:0] product{index};")
            lines.append(f"always @(posedge clk) if (moves) product{index} <= x{index} * weight{index};")
        rounding = self._rounding()
        if rounding is not None:
            lines.append(f"wire signed [{rounding.result.bits - 1}:0] rounded{index} = round_product(product{index});")
        return "\n".join(lines)
