"""The value types: a fixed-point type as AMD's ap_fixed defines it, and hls4ml's `auto`.

Source of the semantics: AMD UG1399 (Vitis HLS user guide), "Arbitrary precision fixed-point data types".
"""

import dataclasses
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Rounding(StrEnum):
    """What happens to bits below the step (AMD's quantization mode Q)."""

    TRN = "TRN"  # towards minus infinity: dropping bits, free in hardware
    TRN_ZERO = "TRN_ZERO"
    RND = "RND"  # to nearest, ties towards plus infinity
    RND_ZERO = "RND_ZERO"
    RND_INF = "RND_INF"
    RND_MIN_INF = "RND_MIN_INF"
    RND_CONV = "RND_CONV"  # to nearest, ties to even


class Overflow(StrEnum):
    """What happens to values beyond the range (AMD's overflow mode O)."""

    WRAP = "WRAP"  # dropping bits, free in hardware
    SAT = "SAT"
    SAT_ZERO = "SAT_ZERO"
    SAT_SYM = "SAT_SYM"
    WRAP_SM = "WRAP_SM"


MAX_WIDTH = 1024
"""Widest type accepted; ap_fixed's own default limit (AP_INT_MAX_W)."""
_LARGEST_EXPONENT = 1023
_SMALLEST_EXPONENT = -1074


@dataclass(frozen=True, slots=True)
class FixedType:
    """A fixed-point type: `width` bits of which `integer` stand before the binary point, sign included.

    `integer` may be negative or exceed `width`. `text` is the spelling it was read in, so that it prints
    back exactly; it takes no part in comparisons and is dropped as soon as it no longer says the same.
    """

    width: int
    integer: int
    signed: bool = True
    rounding: Rounding = Rounding.TRN
    overflow: Overflow = Overflow.WRAP
    saturation_bits: int = 0
    text: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        if not 1 <= self.width <= MAX_WIDTH:
            raise ValueError(f"A type has 1 to {MAX_WIDTH} bits, not {self.width}.")
        if self.integer > _LARGEST_EXPONENT or -self.fraction < _SMALLEST_EXPONENT:
            raise ValueError(f"{self.integer} integer bits of {self.width} are beyond what can be computed with.")
        if self.overflow is Overflow.WRAP_SM and not self.signed:
            raise ValueError("WRAP_SM needs a sign; unsigned types do not have it.")
        if not 0 <= self.saturation_bits <= self.width:
            raise ValueError(f"A type of {self.width} bits has 0 to {self.width} saturation bits.")

    @property
    def fraction(self) -> int:
        """Bits after the binary point; negative when the step is above one."""
        return self.width - self.integer

    @property
    def step(self) -> float:
        """Distance of two neighbouring values."""
        return 2.0**-self.fraction

    @property
    def minimum(self) -> float:
        """Smallest value the type can hold."""
        if not self.signed:
            return 0.0
        lowest = -(2.0 ** (self.integer - 1))
        return lowest + self.step if self.overflow is Overflow.SAT_SYM else lowest

    @property
    def maximum(self) -> float:
        """Largest value the type can hold."""
        return 2.0 ** (self.integer - self.signed) - self.step

    def changed(self, **fields: Any) -> "FixedType":
        """The same type with some fields replaced, printed in canonical spelling."""
        return dataclasses.replace(self, text="", **fields)

    def __str__(self) -> str:
        return self.text or self.canonical

    @property
    def canonical(self) -> str:
        """AMD's spelling with the fewest arguments, e.g. `ap_fixed<8,3,AP_RND,AP_SAT>`."""
        name = "ap_fixed" if self.signed else "ap_ufixed"
        return f"{name}<{','.join([str(self.width), str(self.integer), *self._modes()])}>"

    @property
    def short(self) -> str:
        """What a chip on a node shows: `8,3`, with `u` in front when unsigned."""
        return f"{'' if self.signed else 'u'}{self.width},{self.integer}"

    def _modes(self) -> list[str]:
        modes = [f"AP_{self.rounding}", f"AP_{self.overflow}", str(self.saturation_bits)]
        defaults = ["AP_TRN", "AP_WRAP", "0"]
        while modes and modes[-1] == defaults[len(modes) - 1]:
            modes.pop()
        return modes


@dataclass(frozen=True, slots=True)
class Auto:
    """hls4ml's `auto`: the converter works the type out from what flows in."""

    def __str__(self) -> str:
        return "auto"

    @property
    def short(self) -> str:
        """What a chip on a node shows."""
        return "auto"


AUTO = Auto()

Precision = FixedType | Auto
