"""Filling a network with the weights of a file."""

from collections.abc import Mapping
from dataclasses import replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from engine.network import Network, Shape, TensorRef, TensorStore
from engine.precision import FixedType
from engine.precision.quantizer import Quantizer
from engine.readers.errors import ModelFileError
from engine.readers.keras.bitwidths import exact_quantizer
from engine.readers.keras.build import Wanted
from engine.readers.keras.layer import Arrays
from engine.readers.keras.stored import Place, Slot, WeightFile

_MOST_VALUES = 100_000_000
"""Slopes shared along axes may be spread over at most so many values."""


def with_weights(network: Network, wanted: list[Wanted], file: WeightFile, store: TensorStore) -> Network:
    """The network with every array it waits for, put into the store. Raises ModelFileError."""
    found = {each.layer: _stored(network, each, file, store) for each in wanted}
    exact = {each.layer for each in wanted if each.weights.exact}
    return Network(
        tuple(
            replace(
                layer,
                weights=found.get(layer.name, ()),
                quantizers=_exact(found[layer.name], store) if layer.name in exact else layer.quantizers,
            )
            for layer in network.layers
        )
    )


def types_of(network: Network, wanted: list[Wanted], file: WeightFile) -> tuple[dict[str, FixedType], list[str]]:
    """Types of results that stand in arrays of the file, by layer, and what they do not keep of the file."""
    types, notes = {}, []
    for each in wanted:
        if each.weights.type is not None:
            arrays = {slot.role: _array(file, each.place, slot, {}) for slot in each.weights.slots}
            types[each.layer], alike = each.weights.type(arrays, file.content.where)
            if not alike:
                notes.append(f"{each.layer}: each value has bits of its own in the file; here all have the most.")
    return types, notes


def _exact(weights: tuple[tuple[str, TensorRef], ...], store: TensorStore) -> tuple[tuple[str, Quantizer], ...]:
    found = ((role, exact_quantizer(store.get(ref))) for role, ref in weights)
    return tuple((role, quantizer) for role, quantizer in found if quantizer is not None)


def _stored(
    network: Network, wanted: Wanted, file: WeightFile, store: TensorStore
) -> tuple[tuple[str, TensorRef], ...]:
    shapes = network[wanted.layer].op.weight_shapes(network.input_shapes(wanted.layer) or ())
    if not shapes:
        return ()
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
    needed, given = shapes.get(slot.like or slot.role), file.content.shape(path)
    if needed is None or given == needed:
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
