"""Where in a table a value is looked up."""

from collections.abc import Callable

from engine.flows.rtl.verilog.cast import Function, cast_function, rounded_bounds
from engine.flows.rtl.verilog.number import Number, fitted, literal
from engine.precision import FixedType, Rounding


def index_function(name: str, source: Number, size: int, span: int, low: int, high: int) -> Function:
    """value · size / span, towards zero, kept within `low` and `high`; `span` is a power of two, or its negative."""
    odd, shift = _split(size)
    fraction = source.fraction + (abs(span).bit_length() - 1) - shift
    factor = Number(odd, odd, 0) if span > 0 else Number(-odd, -odd, 0)
    product = source * factor
    scaled = Number(product.low, product.high, fraction)
    reach = rounded_bounds(scaled, FixedType(1, 1, rounding=Rounding.TRN_ZERO))
    whole = cast_function(f"{name}_whole", scaled, FixedType(reach.bits, reach.bits, rounding=Rounding.TRN_ZERO))
    result = Number(min(max(reach.low, low), high), max(min(reach.high, high), low), 0)
    text = fitted("whole", reach.bits, result.bits)
    if reach.low < low:
        text = f"whole < {literal(low, reach.bits)} ? {literal(low, result.bits)} : {text}"
    if reach.high > high:
        text = f"whole > {literal(high, reach.bits)} ? {literal(high, result.bits)} : {text}"
    times = {1: "value", -1: "-value"}.get(factor.low, f"value * {literal(factor.low, factor.bits + 1)}")
    own = f"""\
function signed [{result.bits - 1}:0] {name}(input signed [{source.bits - 1}:0] value);
  reg signed [{product.bits - 1}:0] product;
  reg signed [{reach.bits - 1}:0] whole;
  begin
    product = {times};
    whole = {whole.name}(product);
    {name} = {text};
  end
endfunction"""
    return Function(name, f"{whole.text}\n\n{own}", result)


def addressed(index: Number, value_of: Callable[[int], int]) -> list[int]:
    """The words of a ROM that is addressed by the bits of an index: negative ones lie in its upper half."""
    bits = address_bits(index)
    signed = [place - (1 << bits) if index.low < 0 and place >> (bits - 1) else place for place in range(1 << bits)]
    return [value_of(place) if index.low <= place <= index.high else 0 for place in signed]


def address_bits(index: Number) -> int:
    """Bits of such an address."""
    return max(index.bits - (index.low >= 0), 1)


def _split(size: int) -> tuple[int, int]:
    shift = (size & -size).bit_length() - 1
    return size >> shift, shift
