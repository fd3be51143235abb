"""HGQ2's quantisers: each number has its own bits, found in training and kept in arrays beside the weights.

Source: HGQ2 0.2, `quantizer/internal/fixed_point_quantizer.py`. Keras writes a quantiser's variables with those first
that training moves: of `kbi` the bits b without the sign, the integer bits i and the sign k, of `kif` i, the fraction
bits f and k; where values wrap, training does not move i, and the speed of its decay stands last.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.precision import FixedType, Overflow, Rounding
from engine.precision.narrowest import fraction_bits
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.readers.errors import ModelFileError
from engine.readers.fields import Fields
from engine.readers.keras.layer import Arrays, KerasLayer
from engine.readers.keras.stored import Slot

Array = NDArray[Any]
_ROUNDINGS = {"RND": Rounding.RND, "TRN": Rounding.TRN, "RND_CONV": Rounding.RND_CONV}
_OVERFLOWS = {
    "WRAP": Overflow.WRAP,
    "SAT": Overflow.SAT,
    "SAT_SYM": Overflow.SAT_SYM,
    "SYM": Overflow.SAT_SYM,
}
_ORDERS = {
    ("kbi", True): ("b", "k", "i"),
    ("kbi", False): ("b", "i", "k"),
    ("kif", True): ("f", "k", "i"),
    ("kif", False): ("i", "f", "k"),
}
"""Names of the variables, by the quantiser's type and whether it wraps."""
_MOST = 64


@dataclass(frozen=True, slots=True)
class BitWidths:
    """One quantiser of a layer: where its arrays stand, and how it rounds."""

    holder: str
    order: tuple[str, str, str]
    rounding: Rounding
    overflow: Overflow
    is_weight: bool

    def slots(self, like: str = "") -> tuple[Slot, ...]:
        """Its three arrays, spread over those of the role `like`; without it as they are."""
        return tuple(
            Slot(f"{self.holder}.{name}", (name,), number, f"{self.holder}/quantizer", like, spread=True)
            for number, name in enumerate(self.order)
        )

    def bits(self, arrays: Arrays, where: str) -> tuple[Array, Array, Array]:
        """Sign, integer and fraction bits of each number. Raises ModelFileError."""
        found = {name: np.rint(arrays[f"{self.holder}.{name}"]).astype(np.int64) for name in self.order}
        if any(np.abs(each).max(initial=0) > _MOST for each in found.values()) or not _is_flag(found["k"]):
            raise ModelFileError("The bit widths are damaged", where, "Save the model again.")
        fraction = found["f"] if "f" in found else found["b"] - found["i"]
        return found["k"], found["i"], fraction

    def quantised(self, values: Array, arrays: Arrays, where: str) -> NDArray[np.float32]:
        """Constants as HGQ2 rounds them."""
        k, i, f = self.bits(arrays, where)
        whole = _rounded(np.ldexp(values.astype(np.float64), f), self.rounding)
        kept = whole if self._never_wraps else self._kept(whole, k, i + f)
        return np.where(k + i + f > 0, np.ldexp(kept, -f), 0.0).astype(np.float32)

    @property
    def _never_wraps(self) -> bool:
        """Weights that wrap are only rounded."""
        return self.is_weight and self.overflow is Overflow.WRAP and self.rounding is Rounding.RND

    def _kept(self, whole: Array, k: Array, bits: Array) -> Array:
        high = np.exp2(np.maximum(bits, 0)) - 1
        low = -k * (high + (self.overflow is not Overflow.SAT_SYM))
        if self.overflow is Overflow.WRAP:
            span = high - low + 1
            wrapped: Array = (whole - low) % span + low
            return wrapped
        return np.clip(whole, low, high)

    def type(self, arrays: Arrays, where: str) -> tuple[FixedType, bool]:
        """The type that holds what flows, and whether all values have this very type."""
        k, i, f = self.bits(arrays, where)
        live = k + i + f > 0
        if not live.any():
            return FixedType(1, 1), False
        sign, integer, fraction = int(k[live].max()), int(i[live].max()), int(f[live].max())
        alike = bool(live.all() and (k == sign).all() and (i == integer).all() and (f == fraction).all())
        width = max(sign + integer + fraction, 1)
        return FixedType(width, sign + integer, bool(sign), self.rounding, self.overflow), alike


def bit_widths(layer: KerasLayer, key: str, holder: str) -> BitWidths | None:
    """The quantiser that a setting of a layer describes; None for none. What is not supported is refused."""
    stated = layer.config.raw(key, None)
    if stated is None:
        return None
    config = Fields(Fields(stated, layer.config.where).raw("config"), f"{layer.config.where}, {key}")
    kind, rounding = config.text("q_type"), config.text("round_mode", "RND").removeprefix("S_")
    overflow = config.text("overflow_mode", "WRAP")
    if kind == "dummy":
        return None
    order = _ORDERS.get((kind, overflow == "WRAP"))
    if order is None or rounding not in _ROUNDINGS or overflow not in _OVERFLOWS:
        layer.refuse(f"{key}: numbers of type {kind} are not supported", "Use fixed point (kbi or kif).")
        return None
    if config.raw("scaler", None) is not None or config.raw("affine", None) is not None:
        layer.refuse(f"{key}: a scale or shift of its own is not supported", "Use scaler=None and affine=None.")
        return None
    return BitWidths(holder, order, _ROUNDINGS[rounding], _OVERFLOWS[overflow], config.flag("is_weight", False))


def exact_quantizer(values: Array) -> Quantizer | None:
    """The quantiser with the fewest bits that leaves constants as they are; None where all are zero."""
    used = values[values != 0].astype(np.float64)
    if not used.size:
        return None
    fraction = fraction_bits(used)
    codes = np.ldexp(used, fraction)
    bits = max(int(np.ceil(np.log2(max(-codes.min(), codes.max() + 1)))), 1)
    return Quantizer(QuantizerKind.BITS, bits + 1, bits - fraction, alpha=1.0)


def _rounded(steps: Array, rounding: Rounding) -> Array:
    if rounding is Rounding.RND:
        return np.floor(steps + 0.5)
    return np.floor(steps) if rounding is Rounding.TRN else np.rint(steps)


def _is_flag(values: Array) -> bool:
    return bool(((values == 0) | (values == 1)).all())
