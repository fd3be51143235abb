"""The grids that Quant, BipolarQuant and Trunc round to, as QONNX's own executor does it.

Source: qonnx 1.0, `custom_op/general/intquant.py`, `bipolar_quant.py` and `trunc.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.precision import Overflow, Rounding
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Constant

Array = NDArray[Any]
_MOST_BITS = 32
_MOST_VALUES = 1 << 26
"""Scales are spread over arrays of at most so many values."""

_ROUNDINGS: dict[str, Callable[[Array], Array]] = {
    "ROUND": np.round,
    "HALF_EVEN": np.round,
    "CEIL": np.ceil,
    "FLOOR": np.floor,
    "UP": lambda x: np.sign(x) * np.ceil(np.abs(x)),
    "DOWN": np.fix,
    "HALF_UP": lambda x: np.sign(x) * np.floor(np.abs(x) + 0.5),
    "HALF_DOWN": lambda x: np.sign(x) * np.ceil(np.abs(x) - 0.5),
}
_IN_HARDWARE = {
    "ROUND": Rounding.RND_CONV,
    "HALF_EVEN": Rounding.RND_CONV,
    "FLOOR": Rounding.TRN,
    "DOWN": Rounding.TRN_ZERO,
    "HALF_UP": Rounding.RND_INF,
    "HALF_DOWN": Rounding.RND_ZERO,
    "FLOOR AFTER HALF": Rounding.RND,
    "CEIL AFTER HALF": Rounding.RND_MIN_INF,
}


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """steps · (whole numbers from `lowest` to `highest` − zero); with `bipolar` −1 and 1 times the steps."""

    steps: Array
    zero: float
    bits: int
    signed: bool
    narrow: bool
    rounding: str
    bipolar: bool = False

    @property
    def lowest(self) -> int:
        """Smallest whole number."""
        return -(1 << (self.bits - 1)) + self.narrow if self.signed else 0

    @property
    def highest(self) -> int:
        """Largest whole number."""
        return (1 << (self.bits - 1)) - 1 if self.signed else (1 << self.bits) - 1 - self.narrow

    @property
    def plain(self) -> bool:
        """Whether QKeras has this grid too: rounded to nearest, with all of its numbers."""
        usual = self.zero == 0 and self.rounding in ("ROUND", "HALF_EVEN")
        return usual and (self.signed or not self.narrow)

    @property
    def mode(self) -> Rounding:
        """The rounding of a type. Raises RefusedError for those that no hardware type has."""
        if self.rounding not in _IN_HARDWARE:
            remedy = "Export the model with rounding_mode ROUND or FLOOR."
            raise RefusedError(f"results rounded by {self.rounding} are not supported", remedy)
        return _IN_HARDWARE[self.rounding]

    @property
    def overflow(self) -> Overflow:
        """How a type keeps to these numbers."""
        return Overflow.SAT_SYM if self.signed and self.narrow else Overflow.SAT


def read_grid(site: Site) -> Grid:
    """The grid of a Quant or BipolarQuant. Raises RefusedError or ModelFileError."""
    steps = site.constant(1, "scale").values.astype(np.float32)
    if not steps.size or not np.isfinite(steps).all() or not (steps > 0).all():
        raise site.damaged("Its scale is not above zero")
    if site.node.op_type == "BipolarQuant":
        return Grid(steps, 0.0, 1, True, True, "ROUND", bipolar=True)
    bits, signed = _bits(site, 3), site.flag("signed", True)
    narrow, zero = site.flag("narrow", False), single(site, 2, "zero point")
    # QONNX takes one signed bit for a sign.
    return Grid(steps, zero, bits, signed, narrow, rounding_mode(site, "ROUND"), bipolar=signed and bits == 1)


def rounding_mode(site: Site, default: str) -> str:
    """The rounding mode of an operation. Raises RefusedError."""
    mode = site.text("rounding_mode", default).upper()
    if mode not in _ROUNDINGS:
        raise RefusedError(f"the rounding mode {mode[:20]} is not known", f"Use one of {', '.join(_ROUNDINGS)}.")
    return mode


def single(site: Site, port: int, what: str) -> float:
    """One number. Raises RefusedError or ModelFileError."""
    values = np.unique(site.constant(port, what).values)
    if values.size != 1:
        raise RefusedError(f"each channel has a {what} of its own", f"Use one {what} for the whole tensor.")
    if not np.isfinite(values[0]):
        raise site.damaged(f"Its {what} is not a number")
    return float(values[0])


def _bits(site: Site, port: int) -> int:
    bits = single(site, port, "bit width")
    if not bits.is_integer():
        raise RefusedError(f"{bits:g} bits are not a whole number", "Export the model with whole bit widths.")
    if not 1 <= bits <= _MOST_BITS:
        raise RefusedError(f"{bits:g} bits are not supported", f"Use 1 to {_MOST_BITS} bits.")
    return int(bits)


def on_grid(site: Site, constant: Constant, grid: Grid) -> Constant:
    """A quantised constant: its values as QONNX computes them, and what the network keeps of it."""
    raw = constant.values.astype(np.float32)
    steps = _spread(site, grid.steps, raw)
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = raw / steps
    if grid.bipolar:
        signs = np.where(scaled >= 0, np.float32(1), np.float32(-1))
        return Constant(signs * steps, raw, steps, Quantizer(QuantizerKind.BINARY, bits=1, alpha=1.0))
    whole = _ROUNDINGS[grid.rounding](np.clip(scaled + np.float32(grid.zero), grid.lowest, grid.highest))
    whole = whole - np.float32(grid.zero)
    if grid.plain:
        return Constant(whole * steps, scaled, steps, _whole_numbers(grid.bits, grid.signed, grid.narrow))
    reach = max(abs(grid.lowest - grid.zero), abs(grid.highest - grid.zero))
    if not float(grid.zero).is_integer():
        return Constant(whole * steps)
    return Constant(whole * steps, whole, steps, _whole_numbers(int(reach).bit_length() + 1, True, False))


def _whole_numbers(bits: int, signed: bool, narrow: bool) -> Quantizer:
    """The quantiser whose values are whole numbers."""
    return Quantizer(QuantizerKind.BITS, bits, bits - signed, signed, signed and narrow, alpha=1.0)


def _spread(site: Site, steps: Array, values: Array) -> Array:
    """The scale of each value."""
    if values.size > _MOST_VALUES:
        raise site.damaged("It quantises too many values")
    try:
        return np.ascontiguousarray(np.broadcast_to(steps, values.shape))
    except ValueError:
        raise site.damaged("Its scale does not fit its values") from None
