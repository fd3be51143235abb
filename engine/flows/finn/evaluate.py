"""FINN designs evaluated in whole numbers, beside the float network."""

from math import log2
from pathlib import Path
from typing import Any

import numpy as np

from engine.data.choice import Given, samples_for
from engine.design import Design
from engine.emulate.data import Samples
from engine.flows.finn.streamline.grid import Array, Grid
from engine.flows.finn.streamline.model import Streamlined
from engine.flows.hls4ml.comparison import (
    TRACED,
    compare_layer,
    compare_output,
    flat,
    judged,
    reference,
    summary,
)
from engine.network import Network, TensorStore
from engine.precision import FixedType

MOST = 1000
"""Samples evaluated unless more are asked for."""
_STEP = 50
"""Samples at a time: the windows of convolutions take memory."""


class Comparer:
    """Compares one design after the other; the float network is not run again on the same samples."""

    def __init__(self, tensors: TensorStore) -> None:
        self._tensors = tensors
        self._key: object = None
        self._known: tuple[Samples, str, dict[str, Array]] | None = None

    def compare(self, design: Design, data: Path | None = None, most: int | None = None) -> dict[str, Any]:
        """As an emulate job's result, without `warnings` and `file`. Raises ValueErrors that say why not."""
        model = Streamlined(design, self._tensors)
        samples, source, expected = self._samples(design, model, data or design.data, most or MOST)
        hardware = _evaluated(model, samples)
        network = design.network
        outputs = {name: hardware[name] for name in network.outputs}
        rows = _rows(model, hardware, expected, network)
        result = {
            "samples": len(samples),
            "data": source,
            "outputs": [compare_output(name, values, expected[name]) for name, values in outputs.items()],
            "trace": rows,
            "untraced": [name for name in network.order if name not in {row["name"] for row in rows}],
            "traced_samples": min(TRACED, len(samples)),
            **judged(network, samples, outputs, {name: expected[name] for name in outputs}),
        }
        return {"summary": summary(result), **result}

    def _samples(
        self, design: Design, model: Streamlined, data: Given | None, most: int
    ) -> tuple[Samples, str, dict[str, Array]]:
        types = {name: model.input_type(name) for name in design.network.inputs}
        key = (design.network, data, most, tuple(types.items()) if data is None else None)
        if self._known is None or self._key != key:
            samples, source = samples_for(design.network, data, most, types)
            network = design.network
            expected = reference(network, self._tensors, samples, network.order)
            self._known, self._key = (samples, source, expected), key
        return self._known


def _evaluated(model: Streamlined, samples: Samples) -> dict[str, Array]:
    """What the whole numbers of each layer stand for, (samples, values)."""
    kept: dict[str, list[Array]] = {}
    for start in range(0, len(samples), _STEP):
        for name, values in model.values(samples.part(start, start + _STEP).inputs).items():
            kept.setdefault(name, []).append(flat(values))
    return {name: np.concatenate(parts) for name, parts in kept.items()}


def _rows(
    model: Streamlined, hardware: dict[str, Array], expected: dict[str, Array], network: Network
) -> list[dict[str, Any]]:
    return [
        compare_layer(name, hardware[name][:TRACED], expected[name][:TRACED], _spelling(model.streams[name].grid))
        for name in network.order
        if hardware[name].shape == expected[name].shape
    ]


def _spelling(grid: Grid) -> str:
    """A grid as a fixed-point type."""
    bits = max(grid.bits, 2 if grid.low < 0 else 1)
    return str(FixedType(bits, bits + round(log2(grid.step)), grid.low < 0))
