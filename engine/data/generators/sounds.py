"""Machine sounds: log spectra of a running machine, a few harmonics over noise, and of one that has a fault."""

import numpy as np

from engine.data.generators.generator import Array, Drawn

CLASSES = ("normal", "odd")
_BINS = np.arange(64)


def machine_sounds(random: np.random.Generator, count: int) -> Drawn:
    """Spectra of a sound machine, without answers: a network learns to restore them."""
    return Drawn(_spectra(random, count).astype(np.float32))


def odd_sounds(random: np.random.Generator, count: int) -> Drawn:
    """Half of them with a rattle: a band of noise that no harmonic explains."""
    labels = np.arange(count) % 2
    centre, width = random.uniform(8, 60, (count, 1)), random.uniform(1, 4, (count, 1))
    rattle = random.uniform(0.2, 0.8, (count, 1)) * np.exp(-((_BINS - centre) ** 2) / (2 * width**2))
    spectra = _spectra(random, count) + labels[:, None] * rattle
    return Drawn(spectra.astype(np.float32), labels, CLASSES)


def _spectra(random: np.random.Generator, count: int) -> Array:
    tones = random.uniform(4, 12, (count, 1))
    harmonics = np.cos(2 * np.pi * _BINS / tones) * random.uniform(0.5, 1.5, (count, 1))
    found: Array = harmonics * np.exp(-_BINS / 40) + random.normal(0, 0.1, (count, len(_BINS)))
    return found
