"""Samples to run a network on: read from a file, or made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.labels import load_labels
from engine.emulate.stored import DataError, Stored, read_rows, stored_arrays
from engine.network import Network
from engine.precision import FixedType, Overflow, Rounding
from engine.precision.cast import cast

Array = NDArray[Any]

_SINGLE = ("x", "x_test", "data", "arr_0")


@dataclass(frozen=True, slots=True)
class Samples:
    """One array (samples, *shape) for each input layer, and the right answers where they are known.

    `labels` are class numbers (samples,), whether the file had numbers or one-hot rows.
    """

    inputs: Mapping[str, Array]
    labels: Array | None = None

    def __len__(self) -> int:
        return len(next(iter(self.inputs.values())))

    def part(self, start: int, stop: int) -> "Samples":
        """Some of the samples, in order."""
        labels = None if self.labels is None else self.labels[start:stop]
        return Samples({name: each[start:stop] for name, each in self.inputs.items()}, labels)


def load_samples(path: Path, network: Network, most: int | None = None) -> Samples:
    """Read a `.npz` with one array for each input layer (a single one may be called `x`) and labels `y`; or a `.npy`.

    Only the first `most` samples are read and looked at; None: all. Nothing is executed from the file.
    Raises DataError.
    """
    stored = stored_arrays(path)
    sources = {name: _source(stored, name, network, path) for name in network.inputs}
    counts = {stored[source].shape[0] for source in sources.values()}
    if len(counts) != 1:
        found = ", ".join(f"{stored[source].shape[0]} for '{name}'" for name, source in sources.items())
        raise DataError(f"{path.name} has not equally many samples for each input: {found}.")
    count = counts.pop()
    if count == 0:
        raise DataError(f"{path.name} holds no samples: its arrays have the length 0. At least one is needed.")
    read = count if most is None else min(most, count)
    inputs = {name: _values(path, source, network.shapes[name] or (), read) for name, source in sources.items()}
    return Samples(inputs, load_labels(path, stored, network, count, read))


def random_samples(network: Network, types: Mapping[str, FixedType], count: int, seed: int = 1) -> Samples:
    """Made-up samples, normally distributed, that the inputs' types hold exactly; inputs without a type get any.

    Enough to see types overflow, not to judge accuracy.
    """
    random = np.random.default_rng(seed)
    shapes = {name: (count, *(network.shapes[name] or ())) for name in network.inputs}
    return Samples({name: _drawn(random.normal(size=shape), types.get(name)) for name, shape in shapes.items()})


def _drawn(normal: Array, type_: FixedType | None) -> Array:
    """Normal numbers within the type: a standard deviation of 1, or as much as its range and step allow."""
    if type_ is None:
        return normal
    deviation = max(min(1.0, type_.maximum / 3), 8 * type_.step)
    spread = normal * deviation if type_.signed else np.abs(normal) * deviation
    return cast(spread, type_.changed(rounding=Rounding.RND, overflow=Overflow.SAT, saturation_bits=0))


def _source(stored: Mapping[str, Stored], name: str, network: Network, path: Path) -> str:
    """The array that holds an input's samples, once its kind and shape are right."""
    shape = network.shapes[name] or ()
    wishes = (name, *_SINGLE) if len(network.inputs) == 1 else (name,)
    source = next((wish for wish in wishes if wish in stored), None)
    if source is None:
        known, use = ", ".join(stored) or "nothing", " or ".join(f"'{wish}'" for wish in dict.fromkeys(wishes[:2]))
        raise DataError(
            f"There are no samples for the input '{name}'; the file holds {known}. Call the array {use} in {path.name}."
        )
    found, wanted = stored[source], "×".join(map(str, ("samples", *shape)))
    where = f"'{source}' in {path.name}"
    if found.dtype.hasobject:
        raise DataError(f"{where} holds Python objects, which are never unpickled. Save it as an array of numbers.")
    if not found.is_numbers or len(found.shape) < 2 or prod(found.shape[1:]) != prod(shape):
        raise DataError(f"Input '{name}' needs numbers of the shape {wanted}; {where} is {found.form}.")
    return source


def _values(path: Path, source: str, shape: tuple[int, ...], count: int) -> Array:
    values = read_rows(path, source, count).reshape(-1, *shape).astype(np.float64)
    finite = np.isfinite(values.reshape(count, -1)).all(axis=1)
    if not finite.all():
        raise DataError(
            f"Sample {int(finite.argmin())} of '{source}' in {path.name} holds values that are not finite numbers, "
            f"as do {int((~finite).sum()) - 1} others. Leave such samples out."
        )
    return values
