"""Verilog functions that round numbers and bring them into the range of a type, as ap_fixed does."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.flows.rtl.verilog.number import Number, extended, literal
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
    lines = [
        f"// {'ReLU into ' if relu else ''}{target}",
        f"function signed [{result.bits - 1}:0] {name}(input signed [{source.bits - 1}:0] value);",
        f"  reg signed [{value.bits - 1}:0] exact;",
        *([f"  reg signed [{_room(value, shift) - 1}:0] wide;"] if shift > 0 else []),
        f"  reg signed [{rounded.bits - 1}:0] rounded;",
        "  begin",
        f"    exact = {_positive(source, value) if relu else 'value'};",
        *(f"    {line}" for line in _rounding(value, rounded, shift, target.rounding)),
        f"    {name} = {_in_range(rounded, result, target)};",
        "  end",
        "endfunction",
    ]
    return Function(name, "\n".join(lines), result)


def rounded_bounds(number: Number, target: FixedType) -> Number:
    """How far a number reaches once it is rounded to the step of a type; its range may be left."""
    shift = number.fraction - target.fraction
    low, high = (_shifted(bound, shift, target.rounding) for bound in (number.low, number.high))
    return Number(low, high, target.fraction)


def _positive(source: Number, value: Number) -> str:
    kept = "value" if value.bits == source.bits else f"value[{value.bits - 1}:0]"
    return kept if source.low >= 0 else f"value[{source.bits - 1}] ? {value.bits}'d0 : {kept}"


def _room(value: Number, shift: int) -> int:
    """Bits in which nothing is lost when up to one is added."""
    return max(value.bits, shift) + 1


_ADDED: dict[Rounding, Callable[[int], int]] = {
    Rounding.TRN: lambda half: 0,
    Rounding.TRN_ZERO: lambda half: 0,
    Rounding.RND: lambda half: half,
    Rounding.RND_ZERO: lambda half: half - 1,
    Rounding.RND_INF: lambda half: half,
    Rounding.RND_MIN_INF: lambda half: half - 1,
    Rounding.RND_CONV: lambda half: half - 1,
}
"""What is added before bits are dropped, besides what depends on the value."""


def _shifted(value: int, shift: int, rounding: Rounding) -> int:
    """What the function makes of one number."""
    if shift <= 0:
        return value << -shift
    negative = value < 0
    more = {
        Rounding.TRN_ZERO: negative * ((1 << shift) - 1),
        Rounding.RND_ZERO: negative,
        Rounding.RND_INF: -negative,
        Rounding.RND_CONV: (value >> shift) & 1,
    }.get(rounding, 0)
    return (value + _ADDED[rounding](1 << (shift - 1)) + more) >> shift


def _rounding(value: Number, rounded: Number, shift: int, rounding: Rounding) -> list[str]:
    if shift <= 0:
        raised = f"{{exact, {-shift}'b0}}" if shift else "exact"
        width = value.bits - shift
        return [f"rounded = {raised if width == rounded.bits else _low(raised, value, rounded, shift)};"]
    bits = _room(value, shift)
    added = _ADDED[rounding](1 << (shift - 1))
    sign = f"wide[{bits - 1}]"
    more = {
        Rounding.TRN_ZERO: f" + {{{bits - shift}'b0, {{{shift}{{{sign}}}}}}}",
        Rounding.RND_ZERO: f" + {{{bits - 1}'b0, {sign}}}",
        Rounding.RND_INF: f" - {{{bits - 1}'b0, {sign}}}",
        Rounding.RND_CONV: f" + {{{bits - 1}'b0, wide[{shift}]}}",
    }.get(rounding, "")
    lines = [f"wide = {extended('exact', value.bits, bits)};"]
    if added or more:
        lines.append(f"wide = wide + {bits}'d{added}{more};")
    return [*lines, f"rounded = wide[{shift + rounded.bits - 1}:{shift}];"]


def _low(raised: str, value: Number, rounded: Number, shift: int) -> str:
    """Of what is shifted up, as many bits as its bounds ask for: of 0 it is fewer, of 1 as many."""
    return f"{rounded.bits}'d0" if value.low == value.high == 0 else extended(raised, value.bits - shift, rounded.bits)


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
    low, high = limits(target)
    if target.overflow is Overflow.WRAP:
        return _wrapped(rounded, target)
    zero = target.overflow is Overflow.SAT_ZERO
    text = (
        f"rounded[{result.bits - 1}:0]"
        if result.bits <= rounded.bits
        else extended("rounded", rounded.bits, result.bits)
    )
    if rounded.low < low:
        least = literal(0 if zero else low, result.bits)
        text = f"rounded < {literal(low, rounded.bits)} ? {least} : {text}"
    if rounded.high > high:
        most = literal(0 if zero else high, result.bits)
        text = f"rounded > {literal(high, rounded.bits)} ? {most} : {text}"
    return text


def _wrapped(rounded: Number, target: FixedType) -> str:
    width = target.width
    kept = f"rounded[{width - 1}:0]" if width <= rounded.bits else extended("rounded", rounded.bits, width)
    return kept if target.signed else f"{{1'b0, {kept}}}"
