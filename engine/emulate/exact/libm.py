"""The C library's functions in single precision, which hls4ml's tables are computed with.

NumPy's own differ from them in the last bit; where the library is not found, double precision is rounded, which is
the same in all but a few in a thousand values.
"""

import ctypes
import math
import sys
from collections.abc import Callable
from functools import cache

import numpy as np

_LIBRARIES = {"linux": "libm.so.6", "darwin": "libSystem.dylib", "win32": "ucrtbase"}


@cache
def single(name: str) -> Callable[[float], float]:
    """`exp` or `tanh` of a float, as a float."""
    try:
        function = getattr(ctypes.CDLL(_LIBRARIES.get(sys.platform, "libm.so.6")), f"{name}f")
    except (OSError, AttributeError):
        return _rounded(getattr(math, name))
    function.argtypes, function.restype = [ctypes.c_float], ctypes.c_float
    return function  # type: ignore[no-any-return]


def _rounded(function: Callable[[float], float]) -> Callable[[float], float]:
    def call(value: float) -> float:
        try:
            return float(np.float32(function(value)))
        except OverflowError:
            return math.inf

    return call
