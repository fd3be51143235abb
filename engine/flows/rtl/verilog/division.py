"""Division by constants, towards zero, as ap_fixed divides."""

from engine.flows.rtl.verilog.cast import Function
from engine.flows.rtl.verilog.number import Number


def division_function(name: str, source: Number, divisor: int) -> Function:
    """A function that divides whole steps: a shift, or a product with the reciprocal in enough bits to be exact."""
    most = max(abs(source.low), abs(source.high))
    result = Number(-(-source.low // divisor), source.high // divisor, source.fraction)
    if source.low >= 0:
        result = Number(source.low // divisor, source.high // divisor, source.fraction)
    bits = max(most.bit_length(), 1)
    shift, factor = _reciprocal(bits, divisor)
    room = bits + max(factor.bit_length(), 1)
    text = f"""\
// Divided by {divisor}, towards zero
function signed [{result.bits - 1}:0] {name}(input signed [{source.bits - 1}:0] value);
  reg [{source.bits - 1}:0] magnitude;
  reg [{room - 1}:0] product;
  reg [{result.bits - 1}:0] quotient;
  begin
    magnitude = value[{source.bits - 1}] ? -value : value;
    product = magnitude[{bits - 1}:0] * {factor.bit_length()}'d{factor};
    quotient = {_shifted("product", room, shift, result.bits)};
    {name} = value[{source.bits - 1}] ? -quotient : quotient;
  end
endfunction"""
    return Function(name, text, result)


def _reciprocal(bits: int, divisor: int) -> tuple[int, int]:
    """Shift s and factor 2^s / d, rounded up: exact for all magnitudes of so many bits."""
    if divisor & (divisor - 1) == 0:
        return divisor.bit_length() - 1, 1
    shift = bits + divisor.bit_length()
    return shift, (1 << shift) // divisor + 1


def _shifted(name: str, bits: int, shift: int, wanted: int) -> str:
    top = shift + wanted - 1
    if top < bits:
        return f"{name}[{top}:{shift}]"
    return f"{{{top + 1 - bits}'d0, {name}[{bits - 1}:{shift}]}}" if shift < bits else f"{wanted}'d0"
