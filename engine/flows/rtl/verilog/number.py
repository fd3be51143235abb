"""Numbers in Verilog: how far they reach.

In the generated modules every number is signed and as wide as its bounds ask for; only words between modules have the
bits of their type. So a value of an unsigned type has one more bit inside, which is zero.
"""

from dataclasses import dataclass

from engine.precision import FixedType
from engine.precision.cast import limits


@dataclass(frozen=True, slots=True)
class Number:
    """Whole multiples `low` to `high` of the step 2^-fraction."""

    low: int
    high: int
    fraction: int

    @classmethod
    def of(cls, type_: FixedType) -> "Number":
        """Whatever a type holds."""
        return cls(*limits(type_), type_.fraction)

    @property
    def bits(self) -> int:
        """Bits as a signed number."""
        above = self.high.bit_length() if self.high > 0 else 0
        below = (-self.low - 1).bit_length() if self.low < 0 else 0
        return max(above, below) + 1

    def fits(self, type_: FixedType) -> bool:
        """Whether all of it is in a type's range; the steps are the same."""
        low, high = limits(type_)
        return low <= self.low and self.high <= high

    def positive(self) -> "Number":
        """With 0 instead of what is negative."""
        return Number(max(self.low, 0), max(self.high, 0), self.fraction)

    def at(self, fraction: int) -> "Number":
        """The same numbers as multiples of a finer step."""
        shift = fraction - self.fraction
        return Number(self.low << shift, self.high << shift, fraction)

    def __or__(self, other: "Number") -> "Number":
        fraction = max(self.fraction, other.fraction)
        ours, theirs = self.at(fraction), other.at(fraction)
        return Number(min(ours.low, theirs.low), max(ours.high, theirs.high), fraction)

    def __add__(self, other: "Number") -> "Number":
        fraction = max(self.fraction, other.fraction)
        ours, theirs = self.at(fraction), other.at(fraction)
        return Number(ours.low + theirs.low, ours.high + theirs.high, fraction)

    def __sub__(self, other: "Number") -> "Number":
        return self + Number(-other.high, -other.low, other.fraction)

    def __mul__(self, other: "Number") -> "Number":
        corners = [ours * theirs for ours in (self.low, self.high) for theirs in (other.low, other.high)]
        return Number(min(corners), max(corners), self.fraction + other.fraction)


def literal(value: int, bits: int) -> str:
    """A signed constant."""
    return f"{bits}'sd{value}" if value >= 0 else f"-{bits}'sd{-value}"


def signed(value: int, bits: int) -> int:
    """What is left of a whole number in `bits` bits of two's complement."""
    half = 1 << (bits - 1)
    return (value + half) % (2 * half) - half


def pattern(value: int, bits: int) -> str:
    """The bits of a whole number, as Verilog writes them: `bits` of two's complement."""
    return f"{bits}'h{value & ((1 << bits) - 1):x}"


def raised(name: str, number: Number, fraction: int) -> str:
    """A signed variable as the bits of `number.at(fraction)`, or fewer: their sign is the number's."""
    shift = fraction - number.fraction
    return f"{{{name}, {shift}'b0}}" if shift else name


def extended(name: str, bits: int, wanted: int) -> str:
    """A signed variable as an expression of more bits."""
    return name if wanted == bits else f"{{{{{wanted - bits}{{{name}[{bits - 1}]}}}}, {name}}}"


def fitted(name: str, bits: int, wanted: int) -> str:
    """A signed variable as an expression of more bits, or its lowest ones."""
    return f"{name}[{wanted - 1}:0]" if wanted < bits else extended(name, bits, wanted)


def lane(word: str, index: int, type_: FixedType) -> str:
    """One value of a word, as an expression of as many bits as `Number.of` its type has."""
    part = f"{word}[{(index + 1) * type_.width - 1}:{index * type_.width}]"
    return part if type_.signed else f"{{1'b0, {part}}}"
