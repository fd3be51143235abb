"""What answers are worth where they are no choice among classes: areas under curves, and errors."""

from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.confidence import Z_90
from engine.emulate.data import Samples
from engine.emulate.task import reconstructs
from engine.network import Network

Array = NDArray[Any]

AUC, ERROR = "auc", "error"
"""Area under the receiver's operating curve; mean absolute error of an output value."""
SCORE_WORDS = {AUC: "AUC", ERROR: "Mean error"}


def score(network: Network, samples: Samples, hardware: Array, expected: Array) -> dict[str, Any] | None:
    """`kind`, the score of the `hardware`, the ends `low` and `high` of its 90 % interval, and of the `float` network.

    Outputs are (samples, values). An autoencoder's area is that of telling odd samples by how badly they are restored,
    a single output's that of its value. None where labels are classes among several outputs, and where nothing is
    known, or some of several outputs choose.
    """
    if samples.choices:
        return None
    if samples.labels is not None:
        if not reconstructs(network) and hardware.shape[1] > 1:
            return None
        odd = samples.labels == 1
        if odd.all() or not odd.any():
            return None
        area = _area(_grade(network, samples, hardware), odd)
        low, high = _area_interval(area, int(odd.sum()), int((~odd).sum()))
        theirs = _area(_grade(network, samples, expected), odd)
        return {"kind": AUC, "hardware": area, "low": low, "high": high, "float": theirs}
    if samples.targets is None:
        return None
    each = np.abs(hardware - samples.targets.reshape(hardware.shape)).mean(axis=1)
    theirs = float(np.abs(expected - samples.targets.reshape(expected.shape)).mean())
    reach = Z_90 * float(each.std()) / sqrt(len(each))
    mean = float(each.mean())
    return {"kind": ERROR, "hardware": mean, "low": max(mean - reach, 0.0), "high": mean + reach, "float": theirs}


def _grade(network: Network, samples: Samples, outputs: Array) -> Array:
    """How odd each sample is: its error where it is restored, else the value itself."""
    if samples.targets is None or not reconstructs(network):
        return outputs[:, 0]
    found: Array = np.square(outputs - samples.targets.reshape(outputs.shape)).mean(axis=1)
    return found


def _area(grades: Array, odd: Array) -> float:
    """The share of pairs of an odd and a normal sample in which the odd one has the higher grade; ties count half.

    Equal to the area under the curve: J. A. Hanley, B. J. McNeil, Radiology 143 (1982).
    """
    _, places, counts = np.unique(grades, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    few, many = int(odd.sum()), int((~odd).sum())
    return float((ranks[odd].sum() - few * (few + 1) / 2) / (few * many))


def _area_interval(area: float, odd: int, normal: int) -> tuple[float, float]:
    """Its 90 % interval, by the same paper's standard error."""
    pairs_odd, pairs_normal = area / (2 - area), 2 * area**2 / (1 + area)
    variance = area * (1 - area) + (odd - 1) * (pairs_odd - area**2) + (normal - 1) * (pairs_normal - area**2)
    reach = Z_90 * sqrt(max(variance, 0.0) / (odd * normal))
    return max(area - reach, 0.0), min(area + reach, 1.0)
