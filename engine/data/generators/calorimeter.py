"""Calorimeter images: energy in 16×16 cells, of electrons with one compact shower and pions with several wide ones."""

import numpy as np

from engine.data.generators.generator import Array, Drawn

CLASSES = ("electron", "pion")
_CELLS = np.arange(16) + 0.5
_NOISE = 0.02


def calorimeter_images(random: np.random.Generator, count: int) -> Drawn:
    """The logarithm of one plus the energy in each cell, GeV."""
    labels = random.integers(0, 2, count)
    pions = labels == 1
    energy = random.uniform(5, 50, count)
    centre = random.uniform(5, 11, (count, 2))
    # Some pions shower like electrons, which is what makes them hard to tell.
    share = np.where(pions, random.beta(2, 2, count), 1.0)
    width = np.where(pions, random.uniform(0.8, 1.8, count), random.uniform(0.7, 1.1, count))
    image = _shower(energy * share, centre, width)
    for _ in range(2):
        offset = random.normal(0, 2.5, (count, 2))
        image += _shower(energy * (1 - share) / 2, centre + offset, random.uniform(0.5, 1.5, count))
    image += np.abs(random.normal(0, _NOISE, image.shape))
    return Drawn(np.log1p(image)[..., None].astype(np.float32), labels, CLASSES)


def _shower(energy: Array, centre: Array, width: Array) -> Array:
    """(count, 16, 16): energy spread around a centre."""
    rows, columns = (np.exp(-((_CELLS - centre[:, axis, None]) ** 2) / (2 * width[:, None] ** 2)) for axis in range(2))
    found: Array = (energy / (2 * np.pi * width**2))[:, None, None] * rows[:, :, None] * columns[:, None, :]
    return found
