"""Samples to run a network on: read from a file, or made up."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network import Network
from engine.precision import FixedType, Overflow, Rounding
from engine.precision.cast import cast

Array = NDArray[Any]

LABELS = ("y", "labels", "y_test")
_SINGLE = ("x", "x_test", "data", "arr_0")


class DataError(ValueError):
    """A file of samples that does not fit the network; the message says what is expected."""


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


def load_samples(path: Path, network: Network) -> Samples:
    """Read a `.npz` with one array for each input layer (a single one may be called `x`) and labels `y`; or a `.npy`.

    Nothing is executed from the file. Raises DataError.
    """
    arrays = _read(path)
    inputs = {name: _fitting(arrays, name, network) for name in network.inputs}
    counts = {len(each) for each in inputs.values()}
    if len(counts) != 1 or 0 in counts:
        raise DataError(f"{path.name} holds no samples, or not equally many for each input.")
    labels = next((arrays[name] for name in LABELS if name in arrays), None)
    return Samples(inputs, None if labels is None else _classes(labels, counts.pop()))


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


def _read(path: Path) -> dict[str, Array]:
    try:
        loaded = np.load(path, allow_pickle=False)
        if isinstance(loaded, np.ndarray):
            return {"x": loaded}
        with loaded:
            return {name: loaded[name] for name in loaded.files}
    except OSError as error:
        raise DataError(f"{path.name} could not be read: {error.strerror or error}.") from error
    except (ValueError, EOFError, KeyError, zipfile.BadZipFile) as error:
        raise DataError(f"{path.name} is not a NumPy file with arrays of numbers: {error}.") from error


def _fitting(arrays: Mapping[str, Array], name: str, network: Network) -> Array:
    shape = network.shapes[name] or ()
    wishes = (name, *_SINGLE) if len(network.inputs) == 1 else (name,)
    found = next((arrays[wish] for wish in wishes if wish in arrays), None)
    if found is None:
        known = ", ".join(arrays) or "nothing"
        raise DataError(f"There are no samples for the input '{name}'; the file holds {known}.")
    if found.dtype.kind not in "fiub" or found.ndim < 2 or prod(found.shape[1:]) != prod(shape):
        wanted = "×".join(map(str, ("samples", *shape)))
        raise DataError(f"Input '{name}' needs numbers of the shape {wanted}; the file has {_form(found)}.")
    values = found.reshape(-1, *shape).astype(np.float64)
    if not np.isfinite(values).all():
        raise DataError(f"The samples for '{name}' hold values that are not finite numbers.")
    return values


def _form(array: Array) -> str:
    return f"{array.dtype} of {'×'.join(map(str, array.shape)) or 'one value'}"


def _classes(labels: Array, count: int) -> Array | None:
    """Class numbers; None for labels that are not classes."""
    if len(labels) != count or labels.dtype.kind not in "fiub":
        return None
    if labels.ndim == 2 and labels.shape[1] > 1:
        hot: Array = labels.argmax(axis=1)
        return hot
    flat = labels.reshape(-1)
    whole = flat.astype(np.int64)
    return whole if len(flat) == count and np.array_equal(whole, flat) else None
