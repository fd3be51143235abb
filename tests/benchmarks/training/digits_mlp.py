"""The digits MLP 64-16-10 at 3 to 8 bits: trained so, beside rounded after training, over three seeds.

The accuracies to reach are those of QKeras's own training on the same network; a figure may lie a point below.
"""

from dataclasses import replace
from statistics import mean

from tests.benchmarks._table import Row, at_least
from tests.benchmarks.training.parts.trained import SETTINGS, mlp, scores

EXPECTED = {3: 96.2, 4: 96.8, 6: 97.2, 8: 97.1}
POINT = 1.0
FALLS_BEHIND = 5
"""Rounding after training falls behind below so many bits, by a point at least."""
SEEDS = (1, 2, 3)


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    return [row for bits in EXPECTED for row in _rows(bits)]


def _rows(bits: int) -> list[Row]:
    found = [scores(mlp(bits), replace(SETTINGS, seed=seed)) for seed in SEEDS]
    trained, rounded = (
        100 * mean(each) for each in zip(*((s.hardware.value, s.rounded.value) for s in found), strict=True)
    )
    furthest = max(abs(s.hardware.value - s.qkeras.value) for s in found)
    name = f"digits MLP, {bits} bits"
    return [
        (f"{name}: accuracy of the hardware, trained so", trained, "%", at_least(EXPECTED[bits] - POINT)),
        (f"{name}: the same, rounded after training", rounded, "%", None),
        (f"{name}: won by training so", trained - rounded, "points", at_least(POINT) if bits < FALLS_BEHIND else None),
        (f"{name}: between model and hardware at most", 100 * furthest, "points", 0.0),
    ]
