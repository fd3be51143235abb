"""How far hardware is from the float network, in numbers."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.precision import FixedType

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one layer's output over all samples: absolute differences, largest and mean.

    `relative` is the root mean square of the differences over that of the float network's values; None where all of
    these are 0. `beyond` is the share of the float network's values that the hardware's type cannot hold.
    """

    max_abs: float
    mean_abs: float
    lowest: float
    highest: float
    """Range of the float network's values."""
    relative: float | None = None
    hardware_lowest: float = 0.0
    hardware_highest: float = 0.0
    beyond: float = 0.0


def difference(hardware: Array, reference: Array, type_: FixedType | None = None) -> Difference:
    """Compare two arrays of one shape, samples first. Raises ValueError for unlike shapes or no samples."""
    if hardware.shape != reference.shape or not hardware.size:
        raise ValueError(f"Outputs of the shapes {hardware.shape} and {reference.shape} cannot be compared.")
    errors = np.abs(hardware - reference)
    outside = 0.0
    if type_ is not None:
        half = type_.step / 2
        outside = float(((reference < type_.minimum - half) | (reference > type_.maximum + half)).mean())
    return Difference(
        float(errors.max()),
        float(errors.mean()),
        float(reference.min()),
        float(reference.max()),
        _relative(errors, reference),
        float(hardware.min()),
        float(hardware.max()),
        outside,
    )


def _relative(errors: Array, reference: Array) -> float | None:
    signal = float(np.sqrt(np.square(reference).mean()))
    error = float(np.sqrt(np.square(errors).mean()))
    return error / signal if signal else None if error else 0.0


def agreement(hardware: Array, reference: Array) -> float:
    """Share of samples in which both have their largest value at the same place."""
    return float((_winners(hardware) == _winners(reference)).mean())


def accuracy(outputs: Array, labels: Array) -> float:
    """Share of samples whose largest output is at the label's place."""
    return float((_winners(outputs) == labels).mean())


def _winners(outputs: Array) -> Array:
    winners: Array = outputs.reshape(len(outputs), -1).argmax(axis=1)
    return winners
