"""The values in hls4ml's tables of functions, and where in them an input is looked up.

Source: hls4ml 1.3, `nnet_utils/nnet_activation.h`: arguments and values are computed in single precision.
"""

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.libm import single
from engine.emulate.exact.numbers import Codes, Exact, divided, held, truncated, whole
from engine.precision import FixedType

Floats = NDArray[np.float64]

_FAR = 2.0**1023
"""What infinity does in ap_fixed: it saturates, or wraps to 0, as any large power of two."""


def _float(value: float) -> float:
    return float(np.float32(value))


def _sigmoid(x: float) -> float:
    return 1.0 / _float(1 + single("exp")(-x))


def _tanh(x: float) -> float:
    return single("tanh")(x)


def _softplus(x: float) -> float:
    return math.log(single("exp")(x) + 1.0)


def _softsign(x: float) -> float:
    return x / (abs(x) + 1.0)


def _elu(x: float) -> float:
    return single("exp")(x) - 1.0


def _selu(x: float) -> float:
    return 1.0507009873554804934193349852946 * (1.6732632423543772848170429916717 * (single("exp")(x) - 1.0))


_FUNCTIONS: dict[str, tuple[Callable[[float], float], float]] = {
    "sigmoid": (_sigmoid, 8.0),
    "tanh": (_tanh, 4.0),
    "softplus": (_softplus, 8.0),
    "softsign": (_softsign, 8.0),
    "elu": (_elu, 0.0),
    "selu": (_selu, 0.0),
    "exp": (lambda x: single("exp")(x), 8.0),
}
"""Each with half of the range around zero that its table covers; 0: it covers −8 to 0, from above."""


@lru_cache(maxsize=64)
def function_table(name: str, size: int, type_: FixedType) -> Codes:
    """The table of one function, as codes of its type."""
    function, reach = _FUNCTIONS[name]
    if reach:
        places = [_float(2 * reach * (index - size / 2.0) / size) for index in range(size)]
    else:
        places = [_float(-8.0 * index / size) for index in range(size)]
    return _frozen(held([_float(function(place)) for place in places], type_).codes)


def centred_index(values: Exact, size: int, reach: int) -> NDArray[np.int64]:
    """Places in a table that covers −reach to reach."""
    index = truncated(divided(values * whole(size), 2 * reach)) + size // 2
    return np.clip(index, 0, size - 1)


def falling_index(values: Exact, size: int, *, clamps_below: bool = False) -> NDArray[np.int64]:
    """Places in a table that covers 0 to −8; int's overflow ends at its last value, or its first."""
    index = truncated(divided(values * whole(size), -8))
    index = np.where(index < 0, 0 if clamps_below else size - 1, index)
    return np.minimum(index, size - 1)


@lru_cache(maxsize=64)
def exponential_table(addressed_by: FixedType, size: int, type_: FixedType, negative: bool) -> Codes:
    """Exponentials of what the top bits of an address mean, or of its negative."""
    exp = single("exp")
    meant = _meanings(addressed_by, size)
    found = np.array([exp(-x if negative else x) for x in meant])
    return _frozen(held(np.where(np.isinf(found), _FAR, found), type_).codes)


@lru_cache(maxsize=64)
def inverse_table(addressed_by: FixedType, size: int, type_: FixedType) -> Codes:
    """Inverses of what the top bits of an address mean."""
    meant = _meanings(addressed_by, size).astype(np.float32)
    with np.errstate(divide="ignore"):
        found = (np.float32(1) / meant).astype(np.float64)
    return _frozen(held(np.where(np.isinf(found), _FAR, found), type_).codes)


@lru_cache(maxsize=16)
def legacy_inverse_table(size: int, type_: FixedType) -> Codes:
    """Inverses of 0 to 64, 0 for 0."""
    places = [_float(64.0 * index / size) for index in range(size)]
    return _frozen(held([1.0 / place if place > 0 else 0.0 for place in places], type_).codes)


def top_bits(values: Exact, type_: FixedType, size: int) -> NDArray[np.int64]:
    """The address that the top bits of typed values form."""
    bits = address_bits(size)
    patterns = values.codes % (1 << type_.width) if type_.width > 62 else values.codes & ((1 << type_.width) - 1)
    return np.asarray(patterns >> (type_.width - bits), dtype=np.int64)


def address_bits(size: int) -> int:
    """Bits of a table's address; at least one."""
    return max((size - 1).bit_length(), 1)


def _meanings(type_: FixedType, size: int) -> Floats:
    codes = np.arange(size, dtype=np.float64) * 2.0 ** (type_.width - address_bits(size))
    signed = np.where(codes >= 2.0 ** (type_.width - 1), codes - 2.0**type_.width, codes) if type_.signed else codes
    return np.ldexp(signed, -type_.fraction)


def _frozen(codes: Codes) -> Codes:
    codes.setflags(write=False)
    return codes
