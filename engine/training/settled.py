"""Trained weights as a design keeps them: hardware must round each to the value it was trained with."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.precision import FixedType
from engine.precision.cast import cast

Array = NDArray[Any]


def settled(weights: Array, type_: FixedType) -> Array:
    """The same weights, those too near an edge between two values of the type moved onto theirs.

    hls4ml writes constants with as many decimals as their type has fraction bits, which moves them by up to one unit
    of the last decimal. All others keep what is below the step: training can go on from it.
    """
    values = np.asarray(weights, np.float64)
    unit = 10.0 ** -max(type_.fraction, 0)
    held = cast(values, type_)
    near = (cast(values - unit, type_) != held) | (cast(values + unit, type_) != held)
    return np.where(near, held, values).astype(np.float32)
