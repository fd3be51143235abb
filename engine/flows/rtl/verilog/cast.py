"""Verilog functions that round numbers and bring them into the range of a type, as ap_fixed does.

They are written for few LUTs: rounding adds one bit to what is kept, and bits above a range tell whether it is left.
"""

from dataclasses import dataclass

from engine.flows.rtl.verilog.number import Number, fitted, literal
from engine.precision import FixedType, Overflow, Rounding
from engine.precision.cast import limits


@dataclass(frozen=True, slots=True)
class Function:
    """A Verilog function of one number: its name, its text, and what comes out."""

    name: str
    text: str
    result: Number


def cast_function(name: str, source: Number, target: FixedType, *, relu: bool = False) -> Function:
    """A function that puts a number into a type; with `relu`, 0 in place of what is negative."""
    value = source.positive() if relu else source
    shift = source.fraction - target.fraction
    rounded = rounded_bounds(value, target)
    result = _result(rounded, target)
    # Bits that are dropped may reach beyond the number's own.
    room = max(value.bits, shift + 1)
    lines = [
        f"// {'ReLU into ' if relu else ''}{target}",
        f"function signed [{result.bits - 1}:0] {name}(input signed [{source.bits - 1}:0] value);",
        f"  reg signed [{room - 1}:0] exact;",
        f"  reg signed [{rounded.bits - 1}:0] rounded;",
        "  begin",
        f"    exact = {_taken(source, value, room, relu)};",
        f"    rounded = {_rounded(value, rounded, room, shift, target.rounding)};",
        f"    {name} = {_in_range(rounded, result, target)};",
        "  end",
        "endfunction",
    ]
    return Function(name, "\n".join(lines), result)


def rounding_function(name: str, source: Number, target: FixedType, *, relu: bool = False) -> Function | None:
    """The rounding alone, where it is work of its own: it adds, and its result may leave the range of the type."""
    bounds = rounded_bounds(source.positive() if relu else source, target)
    if source.fraction <= target.fraction or target.rounding is Rounding.TRN or bounds.fits(target):
        return None
    wide = FixedType(bounds.bits, bounds.bits - target.fraction, rounding=target.rounding)
    return cast_function(name, source, wide, relu=relu)


def rounded_bounds(number: Number, target: FixedType) -> Number:
    """How far a number reaches once it is rounded to the step of a type; its range may be left."""
    shift = number.fraction - target.fraction
    low, high = (_shifted(bound, shift, target.rounding) for bound in (number.low, number.high))
    return Number(low, high, target.fraction)


def _shifted(value: int, shift: int, rounding: Rounding) -> int:
    """What rounding makes of one whole number."""
    if shift <= 0:
        return value << -shift
    floor, rest, half = value >> shift, value & ((1 << shift) - 1), 1 << (shift - 1)
    ties_up = {
        Rounding.RND: True,
        Rounding.RND_ZERO: value < 0,
        Rounding.RND_INF: value >= 0,
        Rounding.RND_MIN_INF: False,
        Rounding.RND_CONV: floor % 2 == 1,
    }
    if rounding in ties_up:
        return floor + (rest > half or (rest == half and ties_up[rounding]))
    return floor + (rounding is Rounding.TRN_ZERO and value < 0 and rest > 0)


def _taken(source: Number, value: Number, room: int, relu: bool) -> str:
    kept = fitted("value", source.bits, room)
    return f"value[{source.bits - 1}] ? {room}'d0 : {kept}" if relu and source.low < 0 else kept


def _rounded(value: Number, rounded: Number, room: int, shift: int, rounding: Rounding) -> str:
    if shift <= 0:
        width = min(value.bits - shift, rounded.bits)
        raised = f"{{exact[{width + shift - 1}:0], {-shift}'b0}}" if shift and width + shift > 0 else "exact"
        return f"{rounded.bits}'d0" if shift and width + shift <= 0 else raised
    up = _ups(room, shift, rounding)
    if rounded.bits <= room - shift:
        floor = f"exact[{shift + rounded.bits - 1}:{shift}]"
    else:
        more = rounded.bits - (room - shift)
        floor = f"{{{{{more}{{exact[{room - 1}]}}}}, exact[{room - 1}:{shift}]}}"
    return floor + (f" + {{{rounded.bits - 1}'b0, {up}}}" if up and rounded.bits > 1 else f" + {up}" if up else "")


def _ups(room: int, shift: int, rounding: Rounding) -> str:
    """The bit that is added to what is kept, or ''."""
    sign, half = f"exact[{room - 1}]", f"exact[{shift - 1}]"
    rest = f"|exact[{shift - 2}:0]" if shift > 1 else "1'b0"
    return {
        Rounding.TRN: "",
        Rounding.TRN_ZERO: f"{sign} & (|exact[{shift - 1}:0])",
        Rounding.RND: half,
        Rounding.RND_ZERO: f"{half} & ({rest} | {sign})",
        Rounding.RND_INF: f"{half} & ({rest} | ~{sign})",
        Rounding.RND_MIN_INF: f"{half} & ({rest})",
        Rounding.RND_CONV: f"{half} & ({rest} | exact[{shift}])",
    }[rounding]


def _result(rounded: Number, target: FixedType) -> Number:
    low, high = limits(target)
    if rounded.fits(target):
        return rounded
    if target.overflow in (Overflow.SAT, Overflow.SAT_SYM):
        return Number(min(max(rounded.low, low), high), max(min(rounded.high, high), low), target.fraction)
    if target.overflow is Overflow.SAT_ZERO:
        return Number(min(max(rounded.low, low), 0), max(min(rounded.high, high), 0), target.fraction)
    return Number.of(target)


def _in_range(rounded: Number, result: Number, target: FixedType) -> str:
    if rounded.fits(target):
        return "rounded"
    if target.overflow is Overflow.WRAP:
        kept = fitted("rounded", rounded.bits, target.width)
        return kept if target.signed else f"{{1'b0, {kept}}}"
    low, high = limits(target)
    zero = target.overflow is Overflow.SAT_ZERO
    text = fitted("rounded", rounded.bits, result.bits)
    if rounded.low < low:
        text = f"{_below(rounded, target)} ? {literal(0 if zero else low, result.bits)} : {text}"
    if rounded.high > high:
        text = f"{_above(rounded, target)} ? {literal(0 if zero else high, result.bits)} : {text}"
    return text


def _above(rounded: Number, target: FixedType) -> str:
    """Positive, with a bit above the range."""
    lowest = target.width - target.signed
    upper = f"rounded[{rounded.bits - 2}:{lowest}]"
    return f"|{upper}" if rounded.low >= 0 else f"(~rounded[{rounded.bits - 1}] & (|{upper}))"


def _below(rounded: Number, target: FixedType) -> str:
    """Negative, with a bit above the range that is not the sign; where the range is symmetric, its one more too."""
    sign = f"rounded[{rounded.bits - 1}]"
    if not target.signed:
        return sign
    lowest = target.width - 1
    if target.overflow is not Overflow.SAT_SYM:
        return f"({sign} & ~(&rounded[{rounded.bits - 2}:{lowest}]))"
    if lowest == 0:
        return sign
    beyond = f"~(&rounded[{rounded.bits - 2}:{lowest}]) | " if rounded.bits - 2 >= lowest else ""
    return f"({sign} & ({beyond}~(|rounded[{lowest - 1}:0])))"
