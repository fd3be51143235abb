"""Bits of a type as columns: which are in sight, where they lie, and how a type grows and shrinks at its ends."""

from dataclasses import dataclass, field
from math import floor

from engine.precision import FixedType
from engine.precision.fixed import MAX_WIDTH
from engine.ranges.histogram import Histogram

FEWEST_COLUMNS = 13
COLUMN = 24
_WHOLE_PIXELS = 6
_FINEST_DRAG = 4.0
_ROOM_LEFT, _ROOM_RIGHT = 1, 1
_BEYOND = 4
_HIGHEST, _LOWEST = 1023, -1074
_LABEL_STEPS = (2, 4, 8, 16, 32, 64, 128, 256, 512)


@dataclass(frozen=True, slots=True)
class BitWindow:
    """The columns in sight: exponents from `high` down to `low`, both included."""

    high: int
    low: int

    @property
    def count(self) -> int:
        """How many columns there are."""
        return self.high - self.low + 1

    def exponents(self) -> range:
        """The columns from left to right."""
        return range(self.high, self.low - 1, -1)

    def holds(self, type_: FixedType) -> bool:
        """Whether all bits of a type are in sight, with a column to grow into at either end."""
        return self.high >= top_bit(type_) + _ROOM_LEFT and self.low <= low_bit(type_) - _ROOM_RIGHT

    def follow(self, type_: FixedType, left: bool) -> "BitWindow":
        """The same number of columns, shifted as little as keeps one end of the type in sight."""
        if left:
            shift = max(top_bit(type_) - self.high, 0) - max(self.low - top_bit(type_), 0)
        else:
            shift = max(low_bit(type_) - self.high, 0) - max(self.low - low_bit(type_), 0)
        return BitWindow(self.high + shift, self.low + shift)


def window_for(type_: FixedType, histogram: Histogram | None) -> BitWindow:
    """Columns that show a type, room to grow, and the numbers near its ends; at least 13."""
    high, low = top_bit(type_) + _ROOM_LEFT, low_bit(type_) - _ROOM_RIGHT
    if histogram is not None and histogram.counts:
        high = max(high, min(histogram.highest, top_bit(type_) + _BEYOND))
        low = min(low, max(histogram.lowest, low_bit(type_) - _BEYOND))
    return BitWindow(high, min(low, high - FEWEST_COLUMNS + 1))


def keep_or_choose(window: BitWindow | None, type_: FixedType, histogram: Histogram | None) -> BitWindow:
    """The window as it is while it serves, so that nothing jumps; else one made for the type."""
    best = window_for(type_, histogram)
    if window is not None and window.holds(type_) and window.count <= 1.5 * best.count:
        return window
    return best


@dataclass(frozen=True, slots=True)
class BitScale:
    """Where the columns of a window lie within `width` px, centred."""

    window: BitWindow
    width: float
    widest: float = COLUMN
    column: float = field(init=False)
    """Width of a column in px; whole pixels while there are enough of them."""
    left: float = field(init=False)
    """Left edge of the first column."""

    def __post_init__(self) -> None:
        fair = min(self.width / self.window.count, self.widest)
        column = floor(fair) if fair >= _WHOLE_PIXELS else fair
        rest = (self.width - column * self.window.count) / 2
        object.__setattr__(self, "column", column)
        object.__setattr__(self, "left", floor(rest) if column >= _WHOLE_PIXELS else rest)

    @property
    def right(self) -> float:
        """Right edge of the last column."""
        return self.left + self.column * self.window.count

    def x(self, exponent: int) -> float:
        """Left edge of a bit's column; its right edge is that of the next lower exponent."""
        return self.left + (self.window.high - exponent) * self.column

    def exponent_at(self, x: float) -> int:
        """The bit whose column lies under `x`."""
        return self.window.high - floor((x - self.left) / self.column)

    def bits(self, pixels: float) -> int:
        """How many bits a drag over `pixels` is worth."""
        return round(pixels / max(self.column, _FINEST_DRAG))

    def label_step(self, narrowest: float) -> int:
        """Every how many columns an exponent can be written in `narrowest` px."""
        return next((step for step in _LABEL_STEPS if step * self.column >= narrowest), _LABEL_STEPS[-1])


def top_bit(type_: FixedType) -> int:
    """Exponent of the leftmost bit, the sign of a signed type."""
    return type_.integer - 1


def low_bit(type_: FixedType) -> int:
    """Exponent of the rightmost bit."""
    return -type_.fraction


def bit_name(type_: FixedType, exponent: int) -> str:
    """`S` for the sign, `I` before the binary point, `F` after it."""
    if type_.signed and exponent == top_bit(type_):
        return "S"
    return "I" if exponent >= 0 else "F"


def grown_left(type_: FixedType, bits: int) -> FixedType:
    """The type with integer bits added (or dropped, below 0), as far as types go."""
    most = min(MAX_WIDTH - type_.width, _HIGHEST - type_.integer)
    return _resized(type_, min(max(bits, 1 - type_.width), max(most, 0)), keep_low=True)


def grown_right(type_: FixedType, bits: int) -> FixedType:
    """The type with fraction bits added (or dropped, below 0), as far as types go."""
    most = min(MAX_WIDTH - type_.width, low_bit(type_) - _LOWEST)
    return _resized(type_, min(max(bits, 1 - type_.width), max(most, 0)), keep_low=False)


def _resized(type_: FixedType, bits: int, keep_low: bool) -> FixedType:
    if bits == 0:
        return type_
    width = type_.width + bits
    integer = type_.integer + bits if keep_low else type_.integer
    return type_.changed(width=width, integer=integer, saturation_bits=min(type_.saturation_bits, width))
