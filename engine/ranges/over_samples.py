"""Ranges measured: the weights as they are, and the float network's values over samples, a few at a time."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.design import ACCUM, BIAS, RESULT
from engine.emulate.data import Samples
from engine.emulate.float_forward import forward
from engine.emulate.stored import DataError
from engine.network import Layer, Network, TensorStore
from engine.ranges.histogram import Histogram, measure, merge
from engine.ranges.spread import Ranges, Spread
from engine.ranges.stored import FACTORS, stored_numbers

Array = NDArray[Any]

_SUMS = ("dense", "conv")
"""Groups of layers whose result, unless a quantiser changes it, is their sum."""
_STEP = 10
"""Samples at a time: the windows of convolutions take memory."""
_KEPT = 1024
"""Numbers of each role that are kept one by one."""


def measured(network: Network, tensors: TensorStore, samples: Samples, source: str) -> Iterator[Ranges]:
    """Ranges after every few samples, each over all samples so far; the last is over all.

    Raises MissingTensorError for a layer without its weights, DataError where numbers become too large for floats.
    """
    stored = {
        (layer.name, role): _Gathered(layer.name, role, [values], _KEPT)
        for layer in network.layers
        for role, values in stored_numbers(layer, tensors)
    }
    flowing: dict[tuple[str, str], _Gathered] = {}
    batches = -(-len(samples) // _STEP)
    for start in range(0, len(samples), _STEP):
        results = forward(network, tensors, samples.part(start, start + _STEP).inputs)
        for layer in network.layers:
            _check_finite(layer, results[layer.name])
            for role in _flowing(layer):
                key = layer.name, role
                gathered = flowing.setdefault(key, _Gathered(*key, [], max(_KEPT // batches, 1)))
                gathered.add(results[layer.name])
        spreads = [
            (stored | flowing)[layer.name, role].spread()
            for layer in network.layers
            for role in (*FACTORS, BIAS, ACCUM, RESULT)
            if (layer.name, role) in stored or (layer.name, role) in flowing
        ]
        yield Ranges(tuple(spreads), min(start + _STEP, len(samples)), source)


def _check_finite(layer: Layer, values: Array) -> None:
    if not np.isfinite(values).all():
        raise DataError(f"'{layer.name}' gives no finite number in floating point. Scale the samples down.")


def _flowing(layer: Layer) -> tuple[str, ...]:
    has_sum = layer.op.GROUP in _SUMS and layer.quantizer(RESULT) is None
    return (ACCUM, RESULT) if has_sum else (RESULT,)


class _Gathered:
    """What is known of a role so far."""

    def __init__(self, layer: str, role: str, batches: list[Array], kept: int) -> None:
        self._layer, self._role, self._kept = layer, role, kept
        self._histogram: Histogram | None = None
        self._lowest, self._highest = np.inf, -np.inf
        self._sample: list[float] = []
        for batch in batches:
            self.add(batch)

    def add(self, values: Array) -> None:
        """Further numbers."""
        flat = values.ravel()
        if not flat.size:
            return
        parts = [part for part in (self._histogram, measure(flat)) if part is not None]
        self._histogram = merge(parts)
        # Adding 0 makes a plain zero of a negative one.
        self._lowest = min(self._lowest, float(flat.min()) + 0.0)
        self._highest = max(self._highest, float(flat.max()) + 0.0)
        places = np.linspace(0, flat.size - 1, min(self._kept, flat.size)).astype(np.int64)
        self._sample += flat[places].tolist()

    def spread(self) -> Spread:
        """The same as a value."""
        seen = self._histogram or Histogram(0, ())
        return Spread(self._layer, self._role, seen, self._lowest, self._highest, tuple(self._sample))
