"""Sliding windows over one or two axes, channels last, batch first."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from engine.network.kinds.windows import same_padding

Array = NDArray[Any]


def windows(
    x: Array,
    size: Sequence[int],
    strides: Sequence[int],
    padding: str,
    *,
    dilation: Sequence[int] | None = None,
    fill: float = 0.0,
) -> Array:
    """(batch, *pixels, channels) → (batch, *positions, channels, *size); `fill` stands beyond the edges."""
    spread = dilation or (1,) * len(size)
    reach = [(k - 1) * d + 1 for k, d in zip(size, spread, strict=True)]
    if padding == "same":
        edges = [same_padding(n, k, s) for n, k, s in zip(x.shape[1:-1], reach, strides, strict=True)]
        x = np.pad(x, [(0, 0), *edges, (0, 0)], constant_values=fill)
    axes = tuple(range(1, 1 + len(size)))
    every = sliding_window_view(x, tuple(reach), axis=axes)
    positions = [slice(None, None, step) for step in strides]
    taps = [slice(None, None, step) for step in spread]
    found: Array = every[(slice(None), *positions, slice(None), *taps)]
    return found


def convolve(seen: Array, kernel: Array) -> Array:
    """Windows (batch, *positions, channels, *size) with a kernel (*size, channels, filters) → (…, filters)."""
    axes = kernel.ndim - 2
    ours = tuple(range(seen.ndim - axes - 1, seen.ndim))
    theirs = (axes, *range(axes))
    return np.tensordot(seen, kernel, axes=(ours, theirs))


def convolve_each(seen: Array, kernel: Array) -> Array:
    """Each channel with its own filters: a kernel (*size, channels, multiplier) → (…, channels · multiplier)."""
    letters = "ij"[: kernel.ndim - 2]
    found: Array = np.einsum(f"...c{letters},{letters}cm->...cm", seen, kernel, optimize=True)
    return found.reshape(*found.shape[:-2], -1)


def mean_of_present(x: Array, size: Sequence[int], strides: Sequence[int], padding: str) -> Array:
    """Average pooling; what 'same' adds beyond the edges does not count, as in Keras."""
    taps = tuple(range(-len(size), 0))
    seen = windows(x, size, strides, padding)
    present = windows(np.ones((1, *x.shape[1:-1], 1)), size, strides, padding)
    mean: Array = seen.sum(axis=taps) / present.sum(axis=taps)
    return mean
