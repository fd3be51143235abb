"""Samples to run a network on: read from a file, or made up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.arrays import equal_count, finite_rows, found_array
from engine.emulate.labels import load_answers
from engine.emulate.several import joined, named_answers
from engine.emulate.stored import stored_arrays
from engine.emulate.task import restored
from engine.network import Network
from engine.precision import FixedType, Overflow, Rounding
from engine.precision.cast import cast

Array = NDArray[Any]

MADE_UP = "random numbers"
"""What a result calls samples that come from nowhere."""

_SINGLE = ("x", "x_test", "data", "arr_0")


@dataclass(frozen=True, slots=True)
class Samples:
    """One array (samples, *shape) for each input layer, and the right answers where they are known.

    `labels` are class numbers (samples,), whether the file had numbers or one-hot rows; `targets` (samples, *shape) are
    what the output shall be where it is no choice among classes: measured values, or the input of an autoencoder anew.
    An autoencoder's labels are 1 for samples that it should not be able to restore, else 0. Of several outputs the
    targets are (samples, values), one output after the other; `choices` names those whose targets are one-hot rows.
    """

    inputs: Mapping[str, Array]
    labels: Array | None = None
    targets: Array | None = None
    choices: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(next(iter(self.inputs.values())))

    def part(self, start: int, stop: int) -> "Samples":
        """Some of the samples, in order."""
        return self.at(slice(start, stop))

    def at(self, rows: slice | Array) -> "Samples":
        """Those samples."""
        labels = None if self.labels is None else self.labels[rows]
        targets = None if self.targets is None else self.targets[rows]
        return replace(
            self, inputs={name: each[rows] for name, each in self.inputs.items()}, labels=labels, targets=targets
        )


def load_samples(path: Path, network: Network, most: int | None = None) -> Samples:
    """Read a `.npz` with one array for each input layer (a single one may be called `x`) and labels `y`, or with one
    array of answers for each of several outputs, called like it; or a `.npy`.

    Only the first `most` samples are read and looked at; None: all. Nothing is executed from the file.
    Raises DataError.
    """
    stored = stored_arrays(path)
    names = _SINGLE if len(network.inputs) == 1 else ()
    shapes = {name: network.shapes[name] or () for name in network.inputs}
    sources = {name: found_array(stored, (name, *names), name, shape, path) for name, shape in shapes.items()}
    count = equal_count(stored, sources, path)
    read = count if most is None else min(most, count)
    inputs = {
        name: finite_rows(path, source, shapes[name], read).astype(np.float64) for name, source in sources.items()
    }
    if answers := named_answers(path, stored, network, count, read):
        return Samples(inputs, None, *joined(answers, network))
    labels, targets = load_answers(path, stored, network, count, read)
    return Samples(inputs, labels, restored(inputs, network) if targets is None else targets)


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
