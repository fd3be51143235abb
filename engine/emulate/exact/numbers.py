"""Exact fixed-point numbers: whole multiples of a step, as wide as they need to be, and how types narrow them.

Sums and products are exact, as ap_fixed's are; only `cast` loses bits. Codes are int64 while they fit; wider ones are
Python's integers in an object array: slow, but never wrong. Operations that take small codes as they come compute in
int32 while all that they compute fits: processors do twice as many of them at once.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.precision import FixedType, Overflow, Rounding
from engine.precision.cast import cast as cast_floats
from engine.precision.cast import limits, wrapped

Codes = NDArray[Any]

ROOM = 62
"""Bits of magnitude that int64 codes may have, so that two of them can still be added."""
SMALL = 30
"""The same for int32."""
_EASY = 53
"""Bits that float64 holds exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """Numbers `codes · 2^-fraction`, of at most 2^bits in magnitude (as codes)."""

    codes: Codes
    fraction: int
    bits: int

    def __add__(self, other: "Exact") -> "Exact":
        ours, theirs, fraction, bits = aligned(self, other)
        return Exact(_roomy(ours, bits + 1) + _roomy(theirs, bits + 1), fraction, bits + 1)

    def __sub__(self, other: "Exact") -> "Exact":
        ours, theirs, fraction, bits = aligned(self, other)
        return Exact(_roomy(ours, bits + 1) - _roomy(theirs, bits + 1), fraction, bits + 1)

    def __mul__(self, other: "Exact") -> "Exact":
        bits = self.bits + other.bits
        return Exact(_roomy(self.codes, bits) * _roomy(other.codes, bits), self.fraction + other.fraction, bits)

    def __getitem__(self, index: Any) -> "Exact":
        return Exact(self.codes[index], self.fraction, self.bits)

    def reshape(self, *shape: int) -> "Exact":
        """The same numbers in another shape."""
        return Exact(self.codes.reshape(shape), self.fraction, self.bits)

    def above(self, other: "Exact") -> NDArray[np.bool_]:
        """Where these numbers are larger."""
        ours, theirs, _, _ = aligned(self, other)
        return np.asarray(ours > theirs, dtype=np.bool_)

    def floats(self) -> NDArray[np.float64]:
        """To the nearest float64."""
        if self.codes.dtype == object:
            values = [float(int(code)) for code in self.codes.ravel()]
            return np.ldexp(np.array(values, np.float64).reshape(self.codes.shape), -self.fraction)
        return np.ldexp(self.codes.astype(np.float64), -self.fraction)


def typed(codes: Codes, type_: FixedType) -> Exact:
    """Codes that a type holds."""
    return Exact(_roomy(codes, type_.width), type_.fraction, type_.width - type_.signed)


def whole(number: int) -> Exact:
    """One whole number, that goes with arrays of any shape."""
    return Exact(np.array([number], dtype=np.int64), 0, number.bit_length())


def held(values: ArrayLike, type_: FixedType) -> Exact:
    """Finite float64 numbers as a type holds them."""
    if type_.width > _EASY:
        return cast(_as_they_are(np.asarray(values, dtype=np.float64)), type_)
    return typed(np.ldexp(cast_floats(values, type_), type_.fraction).astype(np.int64), type_)


def _as_they_are(floats: NDArray[np.float64]) -> Exact:
    mantissas, exponents = np.frexp(floats)
    used = exponents[mantissas != 0]
    if not used.size:
        return Exact(np.zeros(floats.shape, np.int64), 0, 0)
    fraction, bits = 53 - int(used.min()), 53 + int(used.max()) - int(used.min())
    if bits <= ROOM:
        return Exact(np.ldexp(floats, fraction).astype(np.int64), fraction, bits)
    whole_mantissas = np.ldexp(mantissas, 53).astype(np.int64).astype(object)
    shifts = np.where(mantissas != 0, exponents.astype(np.int64) - int(used.min()), 0).astype(object)
    return Exact(np.asarray(whole_mantissas * 2**shifts, dtype=object), fraction, bits)


def aligned(first: Exact, second: Exact) -> tuple[Codes, Codes, int, int]:
    """Both as codes of the finer step, that step's fraction bits, and the bits that both then have room in."""
    fraction = max(first.fraction, second.fraction)
    bits = max(each.bits + fraction - each.fraction for each in (first, second))
    ours, theirs = (_raised(_roomy(each.codes, bits), fraction - each.fraction) for each in (first, second))
    return ours, theirs, fraction, bits


def divided(numbers: Exact, divisor: int) -> Exact:
    """Divided by a whole number, towards zero, at the same step: ap_fixed's operator /."""
    magnitudes = abs(numbers.codes) // abs(divisor)
    negative = (numbers.codes < 0) != (divisor < 0)
    return Exact(np.where(negative, -magnitudes, magnitudes), numbers.fraction, numbers.bits)


def truncated(numbers: Exact) -> NDArray[np.int64]:
    """As C++'s int: without what is behind the point, and of 32 bits."""
    codes, fraction = numbers.codes, numbers.fraction
    if fraction <= 0:
        codes = _raised(_roomy(codes, numbers.bits - fraction), -fraction)
    else:
        shift = fraction if codes.dtype == object else min(fraction, ROOM + 1)
        magnitudes = np.asarray(np.right_shift(abs(codes), shift))
        codes = np.where(codes < 0, -magnitudes, magnitudes)
    return np.asarray((_long(codes) + 2**31) % 2**32 - 2**31, dtype=np.int64)


def cast(numbers: Exact, target: FixedType) -> Exact:
    """The numbers as a type holds them: rounded, then brought into its range."""
    return typed(brought_in(*rounded(numbers, target), target), target)


def wraps_plainly(target: FixedType) -> bool:
    """Whether a type drops the bits above its range and does nothing else, so that sums may be wrapped once."""
    return target.overflow is Overflow.WRAP and target.saturation_bits == 0


def rounded(numbers: Exact, target: FixedType) -> tuple[Codes, Codes, NDArray[np.bool_]]:
    """Whole multiples of the type's step, not yet in its range; the same rounded down; and where it is below zero."""
    shift = numbers.fraction - target.fraction
    if shift > 0:
        codes = _roomy(numbers.codes, max(numbers.bits, shift) + 1)
        floors = codes >> shift
        return _rounded(codes, floors, shift, target.rounding), floors, codes < 0
    bits = numbers.bits - shift
    # int64 keeps the lower 64 bits of what is shifted, and a plain wrap asks for no more.
    wraps = wraps_plainly(target) and target.width <= ROOM and -shift <= ROOM and numbers.codes.dtype != object
    codes = _long(numbers.codes) if wraps and bits > SMALL else _roomy(numbers.codes, bits)
    raised = _raised(codes, -shift)
    return raised, raised, codes < 0


def _rounded(codes: Codes, floors: Codes, shift: int, rounding: Rounding) -> Codes:
    """Each mode as one shift: what is added before it decides where ties go."""
    half = 1 << (shift - 1)
    match rounding:
        case Rounding.TRN:
            return floors
        case Rounding.TRN_ZERO:
            return np.asarray((codes + (codes < 0).astype(codes.dtype) * ((1 << shift) - 1)) >> shift)
        case Rounding.RND:
            return np.asarray((codes + half) >> shift)
        case Rounding.RND_ZERO:
            return np.asarray((codes + (half - 1) + (codes < 0)) >> shift)
        case Rounding.RND_INF:
            return np.asarray((codes + half - (codes < 0)) >> shift)
        case Rounding.RND_MIN_INF:
            return np.asarray((codes + (half - 1)) >> shift)
        case Rounding.RND_CONV:
            return np.asarray((codes + (half - 1) + (floors & 1)) >> shift)


def brought_in(codes: Codes, floors: Codes, negative: NDArray[np.bool_], target: FixedType) -> Codes:
    """Whole multiples of a type's step, brought into its range."""
    lowest, highest = limits(target)
    if not codes.size or (codes.min() >= lowest and codes.max() <= highest):
        return codes
    if target.width > SMALL:
        codes, floors = _long(codes), _long(floors)
    if target.overflow in (Overflow.SAT, Overflow.SAT_SYM):
        return np.asarray(np.clip(codes, lowest, highest))
    if target.overflow is Overflow.SAT_ZERO:
        return np.where((codes < lowest) | (codes > highest), 0, codes)
    size = 1 << target.width
    bits = codes & (size - 1) if target.width <= ROOM else codes % size
    if not wraps_plainly(target):
        lost_bit = np.asarray((floors >> target.width) & 1 == 1)
        outside = (codes < lowest) | (codes > highest)
        bits = np.where(outside, wrapped(bits, lost_bit, negative, target), bits)
    return np.where(bits >= size >> 1, bits - size, bits) if target.signed else bits


def _raised(codes: Codes, shift: int) -> Codes:
    return codes << shift if shift else codes


def _roomy(codes: Codes, bits: int) -> Codes:
    """The codes as int64 where `bits` fit, or as int32 where they are small and stay so; else as Python's integers."""
    if bits > ROOM:
        return codes if codes.dtype == object else codes.astype(np.int64).astype(object)
    if bits <= SMALL and codes.itemsize <= 4:
        return codes.astype(np.int32, copy=False)
    return codes.astype(np.int64, copy=False)


def _long(codes: Codes) -> Codes:
    return codes if codes.dtype == object else codes.astype(np.int64, copy=False)
