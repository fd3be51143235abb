"""Softmax by a table of exponentials and one of inverses: hls4ml's `stable` and `latency`.

The values of a group are kept while the largest is found (`stable`), then they are read back, and their exponentials
are kept and added up; those are read back last, times the inverse of their sum. Each of the three parts works on a
group of its own, so a value may come every cycle.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from engine.emulate.exact.lookups import Softmax
from engine.emulate.exact.numbers import cast, typed, wraps_plainly
from engine.emulate.exact.tables import address_bits, exponential_table, inverse_table
from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.elementwise import finished, value_of
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.cast import Function, cast_function
from engine.flows.rtl.verilog.counter import counter
from engine.flows.rtl.verilog.number import Number, fitted
from engine.flows.rtl.verilog.pipeline import taken
from engine.flows.rtl.verilog.rom import packed, rom
from engine.precision import Overflow

_SHARE = 6
"""Cycles from the last exponential of a group to its first share: the sum, its inverse and the product."""


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """One module."""

    site: Site
    operation: Softmax
    about: ClassVar[str] = "one table of exponentials, one of inverses, one multiplier"
    multipliers: ClassVar[int] = 1

    @property
    def cycles(self) -> int:
        """Of one group."""
        return self.operation.slice_

    def times(self, arrivals: Times) -> Times:
        """When results come."""
        count = self.operation.slice_
        ends = taken([arrivals]).reshape(-1, count)[:, -1:]
        collected = count if self._collects else 0
        return np.asarray((ends + collected + self._steps + _SHARE + np.arange(count)).ravel())

    @property
    def body(self) -> str:
        """What is in the module."""
        entry = self._collected() if self._collects else self._direct()
        return "\n\n".join([_FRAME, self._values(), entry, self._exponentials(), self._inverse(), self._shares()])

    @property
    def _collects(self) -> bool:
        return self.operation.implementation != "latency"

    @property
    def _steps(self) -> int:
        """Registers from a value, read back where it was kept, to its exponential."""
        return 4 if self._collects else 3

    @property
    def _exponential_codes(self) -> list[int]:
        """The table's values as the sum takes them."""
        made = self.operation
        type_ = made.norm if self._collects else made.source
        table = exponential_table(type_, made.exp_size, made.exp_table, self._collects)
        return [int(code) for code in cast(typed(table, made.exp_table), made.accum).codes]

    @property
    def _exponential(self) -> Number:
        codes = self._exponential_codes
        return Number(min(codes), max(codes), self.operation.accum.fraction)

    def _values(self) -> str:
        return f"""\
{value_of("s_data", self.site.source, "0", "x")}
{counter("place", self.operation.slice_, "takes")}"""

    def _collected(self) -> str:
        made, type_ = self.operation, self.site.source
        number = Number.of(type_)
        gap = Number(0, number.high - number.low, number.fraction)
        to_norm = cast_function("to_distance", gap, made.norm)
        depth = _address(made.slice_ + 1)
        bits = address_bits(made.exp_size)
        width = made.norm.width
        return f"""\
// Values as they come, and the largest of them.
reg [{type_.width - 1}:0] kept [0:{(1 << depth) - 1}];
reg [{depth - 1}:0] write_place, read_place;
reg signed [{number.bits - 1}:0] most, top, read_top;
wire place_is_first = place == 0;
wire signed [{number.bits - 1}:0] larger = place_is_first || x > most ? x : most;
always @(posedge clk)
  if (takes) begin
    kept[write_place] <= s_data;
    most <= larger;
    if (place_is_last) top <= larger;
  end

// They are read back once a group is complete.
reg reads;
always @(posedge clk)
  if (rst) begin
    reads <= 1'b0;
    write_place <= 0;
    read_place <= 0;
  end else if (moves) begin
    reads <= takes & place_is_last | reads & ~step_is_last;
    if (takes) write_place <= write_place + 1'b1;
    if (reads) read_place <= read_place + 1'b1;
  end
{counter("step", made.slice_, "moves & reads")}
wire enters = reads;
wire enters_first = step == 0;
wire enters_last = step_is_last;
reg [{type_.width - 1}:0] read_word;
always @(posedge clk)
  if (moves) begin
    read_word <= kept[read_place];
    read_top <= top;
  end

// How far below the largest a value lies: its top bits are the place in the table.
{value_of("read_word", type_, "0", "read_value")}
wire signed [{number.bits}:0] wide_gap = read_top - read_value;
wire signed [{gap.bits - 1}:0] gap = {fitted("wide_gap", number.bits + 1, gap.bits)};
{to_norm.text}
wire signed [{to_norm.result.bits - 1}:0] norm = to_distance(gap);
wire [{width - 1}:0] distance = {fitted("norm", to_norm.result.bits, width)};
reg [{bits - 1}:0] exponential_place;
always @(posedge clk) if (moves) exponential_place <= distance[{width - 1}:{width - bits}];"""

    def _direct(self) -> str:
        width, bits = self.site.source.width, address_bits(self.operation.exp_size)
        return f"""\
// The top bits of a value are its place in the table.
wire enters = takes;
wire enters_first = place == 0;
wire enters_last = place_is_last;
reg [{bits - 1}:0] exponential_place;
always @(posedge clk) if (moves) exponential_place <= s_data[{width - 1}:{width - bits}];"""

    def _exponentials(self) -> str:
        number, stages = self._exponential, self._steps
        bits, depth = number.bits, _address(self.operation.slice_ + _SHARE)
        words = [packed([code], bits) for code in self._exponential_codes]
        keep, total = self._kept_sum(), self._total().bits
        return f"""\
{rom("exponential_rom", words, bits)}
reg signed [{bits - 1}:0] fetched, exponential;
always @(posedge clk)
  if (moves) begin
    fetched <= exponential_rom[exponential_place];
    exponential <= fetched;
  end
reg [{stages - 1}:0] busy, first, last;  // of the values on their way here
always @(posedge clk)
  if (rst) busy <= {stages}'d0;
  else if (moves) begin
    busy <= {{busy[{stages - 2}:0], enters}};
    first <= {{first[{stages - 2}:0], enters_first}};
    last <= {{last[{stages - 2}:0], enters_last}};
  end
wire adds = moves & busy[{stages - 1}];

// Exponentials are kept and added up.
reg signed [{bits - 1}:0] exponentials [0:{(1 << depth) - 1}];
reg [{depth - 1}:0] kept_place;
{keep.text}
reg signed [{total - 1}:0] total;
wire signed [{keep.result.bits - 1}:0] next_total = keep((first[{stages - 1}] ? {total}'sd0 : total) + exponential);
always @(posedge clk)
  if (rst) kept_place <= 0;
  else if (adds) begin
    exponentials[kept_place] <= exponential;
    kept_place <= kept_place + 1'b1;
    total <= {fitted("next_total", keep.result.bits, total)};
  end"""

    def _total(self) -> Number:
        """What the sum of a group can be; raises NotGeneratedError where the order of additions decides."""
        made, each = self.operation, self._exponential
        reach = Number(min(each.low * made.slice_, each.low), max(each.high * made.slice_, each.high), each.fraction)
        saturates = made.accum.overflow in (Overflow.SAT, Overflow.SAT_SYM) and each.low >= 0
        if reach.fits(made.accum):
            return Number(min(reach.low, 0), max(reach.high, 0), reach.fraction)
        if wraps_plainly(made.accum) or saturates:
            return Number.of(made.accum)
        raise self.site.refused(
            f"The sum of its exponentials can leave the range of its accumulator, {made.accum}, and then the order of "
            "additions decides.",
            "Give the accumulator more bits in front of the point.",
        )

    def _kept_sum(self) -> Function:
        total = self._total()
        return cast_function("keep", total + self._exponential, self.operation.accum)

    def _inverse(self) -> str:
        made = self.operation
        to_inverse = cast_function("to_inverse", self._total(), made.inv_inp)
        number, codes = self._inverses()
        bits, width = address_bits(made.inv_size), made.inv_inp.width
        return f"""\
// The top bits of the sum are the place of its inverse, which then stays for all shares of the group.
reg summed, waits, arrives;
always @(posedge clk)
  if (rst) begin
    summed <= 1'b0;
    waits <= 1'b0;
    arrives <= 1'b0;
  end else if (moves) begin
    summed <= busy[{self._steps - 1}] & last[{self._steps - 1}];
    waits <= summed;
    arrives <= waits;
  end
{to_inverse.text}
{rom("inverse_rom", [packed([code], number.bits) for code in codes], number.bits)}
wire signed [{to_inverse.result.bits - 1}:0] addressing = to_inverse(total);
wire [{width - 1}:0] address = {fitted("addressing", to_inverse.result.bits, width)};
reg [{bits - 1}:0] inverse_place;
reg signed [{number.bits - 1}:0] found, inverse;
always @(posedge clk)
  if (moves) begin
    inverse_place <= address[{width - 1}:{width - bits}];
    found <= inverse_rom[inverse_place];
    if (arrives) inverse <= found;
  end"""

    def _inverses(self) -> tuple[Number, list[int]]:
        made = self.operation
        codes = [int(code) for code in inverse_table(made.inv_inp, made.inv_size, made.inv_table)]
        return Number(min(codes), max(codes), made.inv_table.fraction), codes

    def _shares(self) -> str:
        exponential, (inverse, _) = self._exponential, self._inverses()
        share = exponential * inverse
        finish = self.site.finish(share)
        depth = _address(self.operation.slice_ + _SHARE)
        return f"""\
// Exponentials are read back so that they meet the inverse.
reg shares;
reg [{depth - 1}:0] share_place;
reg [2:0] leaving;
assign m_valid = leaving[2];
always @(posedge clk)
  if (rst) begin
    shares <= 1'b0;
    leaving <= 3'd0;
    share_place <= 0;
  end else if (moves) begin
    shares <= waits | shares & ~share_is_last;
    leaving <= {{leaving[1:0], shares}};
    if (shares) share_place <= share_place + 1'b1;
  end
{counter("share", self.operation.slice_, "moves & shares")}
reg signed [{exponential.bits - 1}:0] read_exponential;
reg signed [{share.bits - 1}:0] product;
always @(posedge clk)
  if (moves) begin
    read_exponential <= exponentials[share_place];
    product <= read_exponential * inverse;
  end
{finish.text}
{finished(finish, "product", self.site.result)}
assign m_data = result;"""


_FRAME = """\
wire moves = ~m_valid | m_ready;  // all wait while a result waits
wire takes = s_valid & moves;
assign s_ready = moves;"""


def _address(count: int) -> int:
    return max((count - 1).bit_length(), 1)
