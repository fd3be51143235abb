"""Quantisers that a network was trained with, as values: what QKeras wraps around weights and activations."""

from dataclasses import dataclass
from enum import StrEnum

from engine.precision.fixed import FixedType, Overflow, Rounding


class QuantizerKind(StrEnum):
    """QKeras's families."""

    BITS = "quantized_bits"
    RELU = "quantized_relu"
    TANH = "quantized_tanh"
    SIGMOID = "quantized_sigmoid"
    BINARY = "binary"
    TERNARY = "ternary"
    POWER_OF_TWO = "quantized_po2"
    RELU_POWER_OF_TWO = "quantized_relu_po2"


@dataclass(frozen=True, slots=True)
class Quantizer:
    """One quantiser. `bits` and `integer` count as QKeras counts: the sign bit is in neither for `integer`.

    `alpha` is the scale: a fixed number, or '' for 1, or QKeras's words 'auto' and 'auto_po2' (scale found from
    the weights); `threshold` is the ternary one, None: QKeras's default.
    """

    kind: QuantizerKind
    bits: int = 8
    integer: int = 0
    signed: bool = True
    symmetric: bool = False
    alpha: float | str = ""
    threshold: float | None = None
    slope: float = 0.0
    """Negative slope of quantized_relu."""

    def type(self) -> FixedType:
        """The type that holds every value it yields when its scale is 1."""
        match self.kind:
            case QuantizerKind.BITS:
                return FixedType(self.bits, self.integer + self.signed, self.signed)
            case QuantizerKind.RELU if not self.slope:
                return FixedType(self.bits, self.integer, False, Rounding.RND_CONV, Overflow.SAT)
            case QuantizerKind.RELU:
                return FixedType(self.bits, self.integer + 1, True, Rounding.RND_CONV, Overflow.SAT)
            case QuantizerKind.TANH:
                return FixedType(self.bits, 1, True, Rounding.RND_CONV, Overflow.SAT_SYM)
            case QuantizerKind.SIGMOID:
                return FixedType(self.bits, 0, False, Rounding.RND_CONV, Overflow.SAT)
            case QuantizerKind.BINARY | QuantizerKind.TERNARY:
                return FixedType(2, 2)
            case _:
                return FixedType(self.bits, self.integer + 1, True)
