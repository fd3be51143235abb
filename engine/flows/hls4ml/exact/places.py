"""Where values go in layers that only move them: for each output value the input's place, or −1 for a zero."""

from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network.op import Shape

Places = NDArray[Any]


def transposed(shape: Shape, order: tuple[int, ...]) -> Places:
    """Axes in another order, counted from 0."""
    return np.asarray(_numbered(shape).transpose(order).ravel())


def padded(shape: Shape, edges: list[tuple[int, int]]) -> Places:
    """Zeros around all axes but the last."""
    return np.pad(_numbered(shape), [*edges, (0, 0)], constant_values=-1).ravel()


def resized(shape: Shape, target: Shape, *, streamed: bool) -> Places:
    """Nearest neighbours, with hls4ml's ratios in 16 binary places where they are not counted out."""
    axes = [_nearest(n, m, streamed) for n, m in zip(shape[:-1], target[:-1], strict=True)]
    return np.asarray(_numbered(shape)[np.ix_(*axes, np.arange(shape[-1]))].ravel())


def repeated(shape: Shape, target: Shape) -> Places:
    """One value for each channel or pixel, copied over the others."""
    return np.broadcast_to(_numbered(shape), target).ravel()


def _nearest(extent: int, target: int, streamed: bool) -> Places:
    places = np.arange(target)
    if streamed:
        return places // (target // extent)
    return places * ((extent << 16) // target + 1) >> 16


def _numbered(shape: Shape) -> Places:
    return np.arange(prod(shape)).reshape(shape)
