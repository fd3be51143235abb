"""Putting numbers into a fixed-point type, bit for bit as ap_fixed does.

Source of the semantics: AMD UG1399, "Arbitrary precision fixed-point data types"; where it leaves a corner open
(saturation bits, sign-magnitude wrapping), the open ap_fixed headers that hls4ml ships decide.
"""

from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.precision.fixed import FixedType, Overflow, Rounding

Floats = NDArray[np.float64]

_EXACT_BITS = 53
_EASY_FRACTION = 64


def cast(values: ArrayLike, target: FixedType) -> Floats:
    """The values as `target` holds them, same shape, float64.

    Exact for types of up to 53 bits. Wider types are computed exactly too, with whole numbers (slow: one value
    at a time), and only their result is rounded to the nearest float64. Raises ValueError for NaN and infinity,
    which no fixed-point type has.
    """
    source = np.asarray(values, dtype=np.float64)
    if not np.isfinite(source).all():
        raise ValueError("A fixed-point type holds neither NaN nor infinity.")
    if target.width > _EXACT_BITS or abs(target.fraction) > _EASY_FRACTION:
        return _cast_wide(source, target)
    # A value near the limit of float64 may scale to infinity; the wide path has no such limit.
    with np.errstate(over="ignore"):
        scaled = np.ldexp(source, target.fraction)
    if not np.isfinite(scaled).all():
        return _cast_wide(source, target)
    return np.ldexp(_overflow(_round(scaled, target.rounding), np.floor(scaled), source < 0, target), -target.fraction)


def _round(scaled: Floats, rounding: Rounding) -> Floats:
    """To whole numbers. The fractional part of a float64 is exact, hence so is every tie."""
    whole = np.trunc(scaled)
    rest = np.abs(scaled - whole)
    away = whole + np.sign(scaled)
    negative = scaled < 0
    if rounding is Rounding.TRN:
        return np.floor(scaled)
    if rounding is Rounding.TRN_ZERO:
        return whole
    tie_away: NDArray[np.bool_] = {
        Rounding.RND: ~negative,
        Rounding.RND_ZERO: np.zeros_like(negative),
        Rounding.RND_INF: np.ones_like(negative),
        Rounding.RND_MIN_INF: negative,
        Rounding.RND_CONV: np.fmod(whole, 2) != 0,
    }[rounding]
    return np.where((rest > 0.5) | ((rest == 0.5) & tie_away), away, whole)


def limits(target: FixedType) -> tuple[int, int]:
    """Lowest and highest multiple of its step that a type holds."""
    if not target.signed:
        return 0, 2**target.width - 1
    highest: int = 2 ** (target.width - 1) - 1
    return (-highest if target.overflow is Overflow.SAT_SYM else -highest - 1), highest


def _overflow(rounded: Floats, floors: Floats, negative: NDArray[np.bool_], target: FixedType) -> Floats:
    """Bring whole numbers into the range of the type; `floors` are the numbers before rounding."""
    lowest, highest = limits(target)
    outside = (rounded < lowest) | (rounded > highest)
    if not outside.any():
        return rounded
    match target.overflow:
        case Overflow.SAT | Overflow.SAT_SYM:
            return np.clip(rounded, lowest, highest)
        case Overflow.SAT_ZERO:
            return np.where(outside, 0.0, rounded)
        case Overflow.WRAP if target.saturation_bits == 0:
            return _to_signed(np.mod(rounded, 2.0**target.width), target)
    bits = np.mod(rounded, 2.0**target.width).astype(np.int64)
    lost_bit = np.mod(np.floor(floors / 2.0**target.width), 2) != 0
    kept = np.where(outside, wrapped(bits, lost_bit, negative, target), bits)
    return _to_signed(kept.astype(np.float64), target)


def wrapped(
    bits: NDArray[np.int64], lost_bit: NDArray[np.bool_], negative: NDArray[np.bool_], target: FixedType
) -> NDArray[np.int64]:
    """The overflowed patterns of WRAP with saturation bits and of signed WRAP_SM, as `width` bits.

    `lost_bit` is the lowest bit above the type before rounding, `negative` whether the value was.
    """
    ones, sign_bit = (1 << target.width) - 1, 1 << (target.width - 1)
    count = target.saturation_bits
    if not target.signed:
        return bits | (ones ^ (ones >> count))
    if target.overflow is Overflow.WRAP_SM:
        bits = _mirrored(bits, lost_bit, negative, target)
    if count == 0:
        return np.where(lost_bit, bits | sign_bit, bits & ~sign_bit)
    saturated = (sign_bit - 1) ^ ((sign_bit - 1) >> (count - 1))
    return np.where(negative, (bits & ~saturated) | sign_bit, (bits | saturated) & ~sign_bit)


def _mirrored(
    bits: NDArray[np.int64], lost_bit: NDArray[np.bool_], negative: NDArray[np.bool_], target: FixedType
) -> NDArray[np.int64]:
    """Sign-magnitude wrapping: every other run through the range goes backwards."""
    ones, sign_bit = (1 << target.width) - 1, 1 << (target.width - 1)
    count = target.saturation_bits
    top = (bits & sign_bit) != 0
    if count == 0:
        backwards = lost_bit != top
    elif count == 1:
        backwards = negative != top
    else:
        backwards = ((bits & (1 << (target.width - count))) != 0) == negative
    return np.where(backwards, bits ^ ones, bits)


def _to_signed(bits: Floats, target: FixedType) -> Floats:
    if not target.signed:
        return bits
    return np.where(bits >= 2.0 ** (target.width - 1), bits - 2.0**target.width, bits)


def _cast_wide(values: Floats, target: FixedType) -> Floats:
    flat = [_cast_one(float(value), target) for value in values.ravel()]
    return np.array(flat, dtype=np.float64).reshape(values.shape)


def _cast_one(value: float, target: FixedType) -> float:
    scaled = Fraction(value) * Fraction(2) ** target.fraction
    floor = scaled.numerator // scaled.denominator
    rounded = floor + _rounds_up(scaled - floor, floor, target.rounding)
    whole = _overflow_one(rounded, floor, value < 0, target)
    return float(whole / Fraction(2) ** target.fraction)


def _rounds_up(rest: Fraction, floor: int, rounding: Rounding) -> bool:
    """Whether to go to the next whole number above; `rest` is what lies above the floor."""
    half = Fraction(1, 2)
    match rounding:
        case Rounding.TRN:
            return False
        case Rounding.TRN_ZERO:
            return floor < 0 and rest > 0
        case Rounding.RND:
            return rest >= half
        case Rounding.RND_ZERO:
            return rest > half or (rest == half and floor < 0)
        case Rounding.RND_INF:
            return rest > half or (rest == half and floor >= 0)
        case Rounding.RND_MIN_INF:
            return rest > half
        case Rounding.RND_CONV:
            return rest > half or (rest == half and floor % 2 == 1)


def _overflow_one(rounded: int, floor: int, negative: bool, target: FixedType) -> int:
    lowest, highest = limits(target)
    if lowest <= rounded <= highest:
        return rounded
    if target.overflow in (Overflow.SAT, Overflow.SAT_SYM):
        return min(max(rounded, lowest), highest)
    if target.overflow is Overflow.SAT_ZERO:
        return 0
    bits = rounded % (1 << target.width)
    if target.overflow is Overflow.WRAP_SM or target.saturation_bits:
        lost_bit = np.array((floor >> target.width) & 1 == 1)
        bits = int(wrapped(np.array(bits, dtype=object), lost_bit, np.array(negative), target))
    return bits - (1 << target.width) if target.signed and bits >> (target.width - 1) else bits
