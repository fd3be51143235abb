"""Bragg peaks: patches of a diffraction detector, each with one peak whose centre is to be found."""

import numpy as np

from engine.data.generators.generator import Drawn

_SIDE = 11


def bragg_peaks(random: np.random.Generator, count: int) -> Drawn:
    """(count, 11, 11, 1) from 0 to 1; answers (count, 2): row and column of the centre, as shares of the side."""
    centre = random.uniform(3.5, 6.5, (count, 2))
    width = random.uniform(0.7, 2.0, (count, 2))
    angle = random.uniform(0, np.pi, count)[:, None, None]
    rows, columns = (
        np.arange(_SIDE).reshape(shape) - centre[:, axis, None, None]
        for axis, shape in enumerate(((1, _SIDE, 1), (1, 1, _SIDE)))
    )
    along = (rows * np.cos(angle) + columns * np.sin(angle)) / width[:, 0, None, None]
    across = (columns * np.cos(angle) - rows * np.sin(angle)) / width[:, 1, None, None]
    height = random.uniform(20, 400, (count, 1, 1))
    counted = random.poisson(height * np.exp(-(along**2 + across**2) / 2) + random.uniform(0, 5, (count, 1, 1)))
    patches = counted / np.maximum(counted.max(axis=(1, 2), keepdims=True), 1)
    return Drawn(patches[..., None].astype(np.float32), (centre / (_SIDE - 1)).astype(np.float32))
