"""Element-wise functions as Verilog functions: comparisons that choose among constants and casts."""

import numpy as np

from engine.emulate.exact.activations import Clip, Sign, Ternary, Thresholded
from engine.emulate.exact.numbers import Exact, cast
from engine.emulate.exact.products import Sum
from engine.emulate.exact.stage import Operation
from engine.flows.rtl.verilog.cast import Function, cast_function
from engine.flows.rtl.verilog.number import Number, fitted, literal, raised
from engine.precision import FixedType, Rounding

SMALL = (Clip, Sign, Ternary, Thresholded)
"""Functions that are computed behind another one in the same cycle; a cast is the simplest."""


def element_function(name: str, operation: Operation, source: Number, target: FixedType) -> Function:
    """One function of a number, its result put into a type."""
    match operation:
        case Clip(six=True):
            return _clipped(name, source, target)
        case Sign(as_bit=as_bit):
            below, above = (constant(code, 0, target) for code in (0 if as_bit else -1, 1))
            return chosen(name, source, [(f"value[{source.bits - 1}]", below)], above, target)
        case Ternary():
            return _ternary(name, operation, source, target)
        case Thresholded(threshold=threshold):
            least = floor_at(int(threshold.codes.ravel()[0]), threshold.fraction, source.fraction)
            return chosen(name, source, [(not_above("value", source, least), 0)], _cast(name, source, target), target)
        case Sum(doubled=count) if count:
            return _doubled(name, count, source, target)
    return cast_function(name, source, target, relu=isinstance(operation, Clip))


def constant(code: int, fraction: int, target: FixedType) -> int:
    """What a type makes of one number."""
    return int(cast(Exact(np.array([code], object), fraction, code.bit_length()), target).codes[0])


def floor_at(code: int, fraction: int, wanted: int) -> int:
    """A number at another step, rounded down: whatever lies above it there lay above it before."""
    shift = fraction - wanted
    return code >> shift if shift > 0 else code << -shift


def not_above(name: str, number: Number, most: int) -> str:
    """The condition that a variable is at most `most`."""
    if most < number.low:
        return "1'b0"
    return "1'b1" if most >= number.high else f"{name} <= {literal(most, number.bits)}"


def chosen(
    name: str, source: Number, cases: list[tuple[str, int]], otherwise: Function | int, target: FixedType
) -> Function:
    """The first constant (code of the target) whose condition on `value` holds; else a constant, or another function's
    result."""
    codes = [code for _, code in cases]
    number = Number(min(codes), max(codes), target.fraction)
    before = f"{otherwise.text}\n" if isinstance(otherwise, Function) else ""
    last = Number(otherwise, otherwise, target.fraction) if isinstance(otherwise, int) else otherwise.result
    number = number | last
    text = literal(otherwise, number.bits) if isinstance(otherwise, int) else fitted("other", last.bits, number.bits)
    for condition, code in reversed(cases):
        text = f"{condition} ? {literal(code, number.bits)} : {text}"
    takes = isinstance(otherwise, Function)
    lines = [
        f"function signed [{number.bits - 1}:0] {name}(input signed [{source.bits - 1}:0] value);",
        *([f"  reg signed [{last.bits - 1}:0] other;"] if takes else []),
        "  begin",
        *([f"    other = {otherwise.name}(value);"] if isinstance(otherwise, Function) else []),
        f"    {name} = {text};",
        "  end",
        "endfunction",
    ]
    return Function(name, before + "\n".join(lines), number)


def _doubled(name: str, count: int, source: Number, target: FixedType) -> Function:
    """The sum of a number of products of −1 and 1, from how many of them are 1."""
    twice = Number(source.low, source.high, source.fraction - 1)
    total = twice - Number(count, count, 0)
    width = max((count - 1).bit_length(), 1) + 2
    whole = cast_function(f"{name}_whole", total, FixedType(width, width, rounding=Rounding.TRN_ZERO))
    result = cast_function(f"{name}_cast", whole.result, target)
    room = max(source.bits + total.fraction - twice.fraction, total.bits)
    sum_of_all = count << total.fraction
    own = f"""\
function signed [{result.result.bits - 1}:0] {name}(input signed [{source.bits - 1}:0] value);
  reg signed [{room - 1}:0] twice;
  reg signed [{room}:0] total;
  begin
    twice = {raised("value", twice, total.fraction)};
    total = twice - {literal(sum_of_all, sum_of_all.bit_length() + 1)};
    {name} = {result.name}({whole.name}({fitted("total", room + 1, total.bits)}));
  end
endfunction"""
    return Function(name, "\n".join([whole.text, result.text, own]), result.result)


def _cast(name: str, source: Number, target: FixedType) -> Function:
    return cast_function(f"{name}_kept", source, target)


def _clipped(name: str, source: Number, target: FixedType) -> Function:
    """ReLU 6."""
    most = floor_at(6, 0, source.fraction)
    if source.high <= most:
        return cast_function(name, source, target, relu=True)
    relu = cast_function(f"{name}_relu", source, target, relu=True)
    above = f"value > {literal(most, source.bits)}"
    return chosen(name, source, [(above, constant(6, 0, target))], relu, target)


def _ternary(name: str, operation: Ternary, source: Number, target: FixedType) -> Function:
    codes = {step: constant(step, 0, target) for step in (-1, 0, 1)}
    number, before = source, None
    if operation.doubled:
        twice = Number(source.low, source.high, source.fraction - 1)
        before = cast_function(f"{name}_doubled", twice, operation.source)
        number = before.result
    one, minus = (floor_at(step, 0, number.fraction) for step in (1, -1))
    cases = [(not_above("value", number, minus), codes[-1]), (not_above("value", number, one), codes[0])]
    steps = chosen(f"{name}_steps" if before else name, number, cases, codes[1], target)
    if before is None:
        return steps
    call = (
        f"function signed [{steps.result.bits - 1}:0] {name}(input signed [{source.bits - 1}:0] value);\n"
        f"  {name} = {steps.name}({before.name}(value));\nendfunction"
    )
    return Function(name, "\n".join([before.text, steps.text, call]), steps.result)
