"""Jets: five overlapping clouds of 16 correlated features, as hard as the LHC's jets are."""

import numpy as np

from engine.data.generators.generator import Array, Drawn

CLASSES = ("gluon", "light quark", "W", "Z", "top")
_FEATURES = 16


def jets(random: np.random.Generator, count: int) -> Drawn:
    """Features near their class's centre, mixed with one another."""
    centres, mixing = _problem()
    labels = random.integers(0, len(CLASSES), count)
    features = centres[labels] + random.normal(0, 1, (count, _FEATURES)) @ mixing
    return Drawn(features.astype(np.float32), labels, CLASSES)


def _problem() -> tuple[Array, Array]:
    """Where the clouds lie and how their features hang together: those that the example was trained on."""
    random = np.random.default_rng(3)
    # The example's data drew the labels of 8,000 jets first.
    random.integers(0, len(CLASSES), 8000)
    centres = random.normal(0, 0.35, (len(CLASSES), _FEATURES))
    return centres, random.normal(0, 0.5, (_FEATURES, _FEATURES)) + np.eye(_FEATURES)
