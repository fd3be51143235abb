"""Filling a network with the weights of a file."""

from collections.abc import Mapping
from dataclasses import replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from engine.network import Network, Shape, TensorRef, TensorStore
from engine.readers.errors import ModelFileError
from engine.readers.keras.build import Wanted
from engine.readers.keras.layer import Arrays
from engine.readers.keras.stored import Place, Slot, WeightFile

_MOST_VALUES = 100_000_000
"""Slopes shared along axes may be spread over at most so many values."""


def with_weights(network: Network, wanted: list[Wanted], file: WeightFile, store: TensorStore) -> Network:
    """The network with every array it waits for, put into the store. Raises ModelFileError."""
    found = {each.layer: _stored(network, each, file, store) for each in wanted}
    return Network(tuple(replace(layer, weights=found.get(layer.name, ())) for layer in network.layers))


def _stored(
    network: Network, wanted: Wanted, file: WeightFile, store: TensorStore
) -> tuple[tuple[str, TensorRef], ...]:
    shapes = network[wanted.layer].op.weight_shapes(network.input_shapes(wanted.layer) or ())
    arrays = {slot.role: _array(file, wanted.place, slot, shapes) for slot in wanted.weights.slots}
    finished = arrays if wanted.weights.finish is None else _finished(wanted, arrays, shapes, file)
    return tuple((role, store.put(finished[role])) for role in shapes)


def _finished(wanted: Wanted, arrays: Arrays, shapes: Mapping[str, Shape], file: WeightFile) -> Arrays:
    assert wanted.weights.finish is not None
    with np.errstate(over="ignore", invalid="ignore"):
        finished = wanted.weights.finish(arrays, shapes)
    if not all(np.isfinite(array).all() for array in finished.values()):
        raise ModelFileError(f"The weights of '{wanted.layer}' grow without bound", file.content.where, "Train again.")
    return finished


def _array(file: WeightFile, place: Place, slot: Slot, shapes: Mapping[str, Shape]) -> NDArray[np.float32]:
    path = file.path(place, slot)
    needed, given = shapes[slot.like or slot.role], file.content.shape(path)
    if given == needed:
        return file.content.array(path)
    if slot.spread and _spreads(given, needed):
        return np.broadcast_to(file.content.array(path), needed)
    raise ModelFileError(
        f"The weights '{slot.role}' of layer '{'/'.join(place.names)}' have the shape {_by(given)}; "
        f"the model needs {_by(needed)}",
        file.content.where,
        "Save model and weights together.",
    )


def _spreads(given: Shape, needed: Shape) -> bool:
    pairs = zip(given, needed, strict=False)
    return len(given) == len(needed) and prod(needed) <= _MOST_VALUES and all(a in (1, b) for a, b in pairs)


def _by(shape: Shape) -> str:
    return "×".join(map(str, shape)) or "a single number"
