"""Qubit traces: both quadratures of a readout resonator while a superconducting qubit is measured."""

import numpy as np

from engine.data.generators.generator import Drawn

CLASSES = ("ground", "excited")
_STEPS = 100
_RING_UP = 15.0
"""Steps in which the resonator fills."""
_LIFETIME = 600.0
"""Steps after which an excited qubit has decayed, on average."""
_NOISE = 1.8
_ANGLE = 0.5
"""Phase of either state, radians."""


def qubit_traces(random: np.random.Generator, count: int) -> Drawn:
    """(count, 100, 2): I and Q; an excited qubit may decay midway, which no network can tell from the ground state."""
    labels = random.integers(0, 2, count)
    steps = np.arange(_STEPS)
    decay = random.exponential(_LIFETIME, (count, 1))
    excited = (labels[:, None] == 1) & (steps < decay)
    phase = np.where(excited, _ANGLE, -_ANGLE)
    rising = 1 - np.exp(-steps / _RING_UP)
    signal = rising[:, None] * np.stack([np.cos(phase), np.sin(phase)], axis=-1)
    return Drawn((signal + random.normal(0, _NOISE, signal.shape)).astype(np.float32), labels, CLASSES)
