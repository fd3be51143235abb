"""Many values made one, one after the other: the largest, or the mean."""

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import indent

from engine.emulate.exact.numbers import wraps_plainly
from engine.flows.rtl.verilog.cast import Function, cast_function
from engine.flows.rtl.verilog.division import division_function
from engine.flows.rtl.verilog.number import Number, fitted
from engine.flows.rtl.word import Stream
from engine.precision import FixedType
from engine.precision.cast import limits


@dataclass(frozen=True, slots=True, eq=False)
class Reduction:
    """Of `count` values in each lane; with `casts_first` each is cast to the accumulator before it is used.

    What lies in front of it brings `word` with `taken`, `first` and `last`, and in `held` what was kept of the values
    before; `now` is what is to be kept, `reduced` the same a cycle later. All move with `moves`.
    """

    source: Stream
    target: Stream
    mode: str
    accum: FixedType
    casts_first: bool
    count: int
    finish: Callable[[Number], Function]
    """Makes a result of a number."""

    @property
    def any_order(self) -> bool:
        """Whether the order of additions makes no difference."""
        return self.mode == "max" or self._keep is None or wraps_plainly(self.accum)

    @property
    def total(self) -> Number:
        """What is kept from value to value."""
        if self.mode == "max":
            return self._value
        return self._reach if self._keep is None else Number.of(self.accum)

    @property
    def bits(self) -> int:
        """Of what is kept, of all lanes."""
        return self.source.lanes * self.total.bits

    @property
    def delay(self) -> int:
        """Cycles from a last value taken to its result."""
        return 1 + self._registers

    @property
    def _registers(self) -> int:
        """Behind the values: what they are made, its quotient, the result."""
        return 2 if self.mode == "max" else 3

    @property
    def _cast(self) -> Function | None:
        return cast_function("to_accumulator", Number.of(self.source.type), self.accum) if self.casts_first else None

    @property
    def _value(self) -> Number:
        return Number.of(self.source.type) if self._cast is None else self._cast.result

    @property
    def _reach(self) -> Number:
        """Of all sums, if none left the accumulator."""
        value = self._value.at(max(self._value.fraction, self.accum.fraction))
        return Number(self.count * min(value.low, 0), self.count * max(value.high, 0), value.fraction)

    @property
    def _sum(self) -> Number:
        """Of one addition."""
        return self._value + Number.of(self.accum)

    @property
    def _keep(self) -> Function | None:
        """What is made of each sum; None where all are in the accumulator as they are."""
        low, high = limits(self.accum)
        reach = self._reach
        if reach.fraction == self.accum.fraction and low <= reach.low and reach.high <= high:
            return None
        return cast_function("keep", self._sum, self.accum)

    def verilog(self) -> str:
        """Functions, what is on its way, and the lanes."""
        depth, between, end = self._registers, self._between(), self._end()
        keep = self._keep if self.mode == "average" else None
        functions = "\n\n".join(each.text for each in (self._cast, keep, between, end) if each is not None)
        return f"""\
{functions}

// A value is taken, then made one with those before it; behind the last of them a result leaves.
reg [{depth - 1}:0] busy;
assign m_valid = busy[{depth - 1}];
always @(posedge clk)
  if (rst) busy <= {depth}'d0;
  else if (moves) busy <= {{busy[{depth - 2}:0], taken & last}};
genvar lane;
generate
for (lane = 0; lane < {self.source.lanes}; lane = lane + 1) begin : lanes
{indent(self._lane(between, end), "  ")}
end
endgenerate"""

    def _between(self) -> Function | None:
        """What happens to the reduced value in front of the result: it is cast, or divided."""
        if self.mode == "average":
            return division_function("divided", self.total, self.count)
        return None if self.casts_first else cast_function("to_accumulator", self.total, self.accum)

    def _end(self) -> Function:
        between = self._between()
        return self.finish(self.total if between is None else between.result)

    def _lane(self, between: Function | None, end: Function) -> str:
        total, value, type_ = self.total, self._value, self.source.type
        part = f"word[lane*{type_.width} +: {type_.width}]"
        raw = part if type_.signed else f"{{1'b0, {part}}}"
        return f"""\
wire signed [{Number.of(type_).bits - 1}:0] raw = {raw};
wire signed [{value.bits - 1}:0] value = {"raw" if self._cast is None else "to_accumulator(raw)"};
wire signed [{total.bits - 1}:0] earlier = held[lane*{total.bits} +: {total.bits}];
wire signed [{total.bits - 1}:0] one;
{self._one()}
assign now[lane*{total.bits} +: {total.bits}] = one;
reg signed [{total.bits - 1}:0] of_all;
always @(posedge clk) if (moves & taken) of_all <= one;
assign reduced[lane*{total.bits} +: {total.bits}] = of_all;
{self._result(between, end)}"""

    def _one(self) -> str:
        """The value and those before it made one."""
        if self.mode == "max":
            return "assign one = first | (value > earlier) ? value : earlier;"
        sum_ = self._reach if self._keep is None else self._sum
        value, start = (f"{name}_raised" for name in ("value", "start"))
        start_zeros = sum_.fraction - self.total.fraction
        value_zeros = sum_.fraction - self._value.fraction
        return f"""\
wire signed [{self.total.bits - 1}:0] start = first ? {self.total.bits}'sd0 : earlier;
wire signed [{self._value.bits + value_zeros - 1}:0] {value} = {_raised("value", value_zeros)};
wire signed [{self.total.bits + start_zeros - 1}:0] {start} = {_raised("start", start_zeros)};
wire signed [{sum_.bits - 1}:0] sum = {start} + {value};
assign one = {"sum" if self._keep is None else "keep(sum)"};"""

    def _result(self, between: Function | None, end: Function) -> str:
        width, name, lines = self.target.type.width, "of_all", list[str]()
        if between is not None:
            kind = "reg" if self.mode == "average" else "wire"
            lines.append(f"{kind} signed [{between.result.bits - 1}:0] quotient;")
            lines.append(
                f"always @(posedge clk) if (moves) quotient <= {between.name}(of_all);"
                if kind == "reg"
                else f"assign quotient = {between.name}(of_all);"
            )
            name = "quotient"
        lines += [
            f"wire signed [{end.result.bits - 1}:0] finished = {end.name}({name});",
            f"reg [{width - 1}:0] result;",
            f"always @(posedge clk) if (moves) result <= {fitted('finished', end.result.bits, width)};",
            f"assign m_data[lane*{width} +: {width}] = result;",
        ]
        return "\n".join(lines)


def _raised(name: str, zeros: int) -> str:
    return f"{{{name}, {zeros}'b0}}" if zeros else name
