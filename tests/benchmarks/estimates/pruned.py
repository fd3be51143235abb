"""Where the weights of a pruned network stand that a table only counts.

Training keeps no weight into a neuron that nothing reads, as no gradient reaches it; and neurons matter unequally, what
weighs much on one side does so on the other. Their importance is drawn from an exponential distribution: a jet tagger
pruned to a quarter has 58 of 64, 29 of 32 and 21 of 32 neurons left in its report; of weights thrown anywhere all of 64
and 32, and 24 would be.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.network import Layer, TensorStore
from engine.network.kinds import (
    Activation,
    BatchNorm,
    Conv1D,
    Conv2D,
    Dense,
    Flatten,
    GlobalPool,
    ParametricActivation,
    Pool1D,
    Pool2D,
)

_KEEPS_CHANNELS = (Activation, ParametricActivation, BatchNorm, GlobalPool, Pool1D, Pool2D)
_PRUNED = 0.5
"""Share of zeros from which on a layer counts as pruned."""

Values = NDArray[np.float64]


def on_read_ways(
    layers: list[Layer], shapes: dict[str, tuple[int, ...]], store: TensorStore, draw: int = 0
) -> list[Layer]:
    """A chain of layers; the kernels of pruned ones are put where what they yield is read, as far as there is room."""
    found: list[Layer] = []
    importance: Values | None = None
    """Of each channel to the layers behind, 0 where none reads it; None: all alike."""
    for layer in reversed(layers):
        kernel = layer.weight("kernel")
        if isinstance(layer.op, Dense | Conv1D | Conv2D) and kernel is not None:
            matrix = np.asarray(store.get(kernel), np.float64).reshape(-1, kernel.shape[-1])
            importance, matrix = _placed(matrix, kernel.shape[-2], importance, draw)
            others = tuple(each for each in layer.weights if each[0] != "kernel")
            layer = replace(layer, weights=(*others, ("kernel", store.put(matrix.reshape(kernel.shape)))))
        elif isinstance(layer.op, Flatten) and importance is not None:
            importance = importance.reshape(-1, shapes[layer.inputs[0]][-1]).max(axis=0)
        elif not isinstance(layer.op, _KEEPS_CHANNELS):
            importance = None
        found.append(layer)
    return found[::-1]


def _placed(matrix: Values, channels: int, behind: Values | None, draw: int) -> tuple[Values | None, Values]:
    """Importance of the channels in front, and the weights where they stand."""
    if np.mean(matrix == 0) < _PRUNED:
        return None, matrix
    random = np.random.default_rng([matrix.size, draw])
    columns = np.ones(matrix.shape[1]) if behind is None else behind
    rows = random.exponential(size=channels)
    chances = np.resize(rows, len(matrix))[:, None] * np.maximum(columns, 1e-9)
    values = random.permutation(matrix[matrix != 0])
    places = np.argsort(-(np.log(chances) + random.gumbel(size=matrix.shape)), axis=None)[: len(values)]
    placed = np.zeros(matrix.size)
    placed[places] = values
    placed = placed.reshape(matrix.shape)
    read = placed[:, columns > 0].any(axis=1).reshape(-1, channels).any(axis=0)
    return np.where(read, rows, 0.0), placed
