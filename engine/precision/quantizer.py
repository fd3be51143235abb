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
    the weights); `threshold` is the ternary one, None: QKeras's default. `signed` False: no negative values; of
    `binary`: 0 and 1 instead of −1 and 1.
    """

    kind: QuantizerKind
    bits: int = 8
    integer: int = 0
    signed: bool = True
    symmetric: bool = False
    alpha: float | str = ""
    threshold: float | None = None
    slope: float = 0.0
    """Negative slope of quantized_relu and quantized_relu_po2."""
    real: bool = False
    """Of tanh and sigmoid: the true function, not QKeras's default of three straight pieces."""
    maximum: float | None = None
    """Of the powers of two: largest magnitude; None: as far as the exponent goes."""
    quadratic: bool = False
    """Of the powers of two: even exponents only."""
    floor: bool = False
    """Of the powers of two: the exponent is rounded down, not to nearest."""

    def type(self) -> FixedType:
        """The type that holds every value it yields when its scale is 1, rounding and saturating as it does.

        Raises ValueError if there is none of at most MAX_WIDTH bits.
        """
        match self.kind:
            case QuantizerKind.BITS if self.bits > self.signed:
                overflow = Overflow.SAT_SYM if self.signed and self.symmetric else Overflow.SAT
                return _nearest(self.bits, self.integer + self.signed, self.signed, overflow)
            case QuantizerKind.RELU:
                signed = self.slope != 0
                return _nearest(self.bits, self.integer + signed, signed)
            case QuantizerKind.TANH:
                return _nearest(self.bits, 1, True, Overflow.SAT_SYM if self.symmetric else Overflow.SAT)
            case QuantizerKind.SIGMOID:
                return _nearest(self.bits, 0, False)
            case QuantizerKind.POWER_OF_TWO | QuantizerKind.RELU_POWER_OF_TWO:
                return self._power_of_two_type()
            case _:
                return FixedType(2, 2)

    def storage_type(self) -> FixedType:
        """As `type`, without the modes: for constants, which are rounded before they are stored."""
        kept = self.type()
        return FixedType(kept.width, kept.integer, kept.signed)

    @property
    def exponents(self) -> tuple[int, int]:
        """Smallest and largest exponent that the powers of two reach."""
        sign_of_value = self.kind is QuantizerKind.POWER_OF_TWO
        sign_of_exponent = self.maximum is None or self.maximum > 1
        reach: int = 2 ** max(self.bits - sign_of_value - sign_of_exponent, 0)
        return -reach, 2 * ((reach - 1) // 2) if self.quadratic else reach - 1

    def _power_of_two_type(self) -> FixedType:
        lowest, highest = (exponent * (1 + self.quadratic) for exponent in self.exponents)
        signed = self.kind is QuantizerKind.POWER_OF_TWO or self.slope != 0
        return FixedType(highest + 1 - lowest + signed, highest + 1 + signed, signed)


def _nearest(width: int, integer: int, signed: bool, overflow: Overflow = Overflow.SAT) -> FixedType:
    return FixedType(width, integer, signed, Rounding.RND_CONV, overflow)
