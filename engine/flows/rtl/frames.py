"""Frames to run a design on, and what must come out of it, as whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.numbers import Exact
from engine.emulate.exact.stage import Entry, Specification

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """Whole numbers, (frames, *shape) by input layer and (frames, values) by output layer."""

    inputs: Mapping[str, Array]
    outputs: Mapping[str, Array]

    def __len__(self) -> int:
        return len(next(iter(self.inputs.values())))


def made_up(specification: Specification, count: int, seed: int = 1) -> Frames:
    """Normally distributed values that fill the inputs' types; the first frames hold the least and the largest."""
    random = np.random.default_rng(seed)
    values = {}
    for layer, entry in specification.entries.items():
        stage = specification.by_name[entry]
        values[layer] = random.normal(0, stage.result.maximum / 3, (count, *stage.shape))
        for place, extreme in enumerate((stage.result.minimum, stage.result.maximum)[: count - 1]):
            values[layer][place] = extreme
    return frames(specification, values)


def frames(specification: Specification, values: Mapping[str, Array]) -> Frames:
    """Those of samples, (samples, *shape) by input layer."""
    layers = {entry: layer for layer, entry in specification.entries.items()}
    found: dict[str, Exact] = {}
    for stage in specification.stages:
        if isinstance(stage.operation, Entry):
            exact = stage.operation.hold(values[layers[stage.name]], stage.result)
            found[stage.name] = exact.reshape(-1, *stage.shape)
        else:
            found[stage.name] = stage.run([found[source] for source in stage.inputs])
    inputs = {layer: found[entry].codes for layer, entry in specification.entries.items()}
    outputs = {layer: found[name].codes for layer, name in specification.outputs.items()}
    return Frames(inputs, {layer: codes.reshape(len(codes), -1) for layer, codes in outputs.items()})
