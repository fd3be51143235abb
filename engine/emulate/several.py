"""Answers of a network with several outputs: an array for each, by the output's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.labels import classes_of, classes_within
from engine.emulate.stored import DataError, Stored, read_rows
from engine.network import Network
from engine.network.kinds import Activation

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Part:
    """The columns of one output among the values of all of them; `middle` is where a single value turns to yes."""

    name: str
    start: int
    stop: int
    middle: float = 0.0

    def of(self, values: Array) -> Array:
        """This output's values of all, (samples, values)."""
        return values[:, self.start : self.stop]

    def share_right(self, outputs: Array, targets: Array) -> float:
        """Share of samples in which this output chooses as the targets do; both hold all outputs."""
        mine, right = self.of(outputs), self.of(targets)
        if self.stop - self.start == 1:
            return float(((mine > self.middle) == (right > 0.5)).mean())
        return float((mine.argmax(axis=1) == right.argmax(axis=1)).mean())


def parts_of(network: Network) -> tuple[Part, ...]:
    """The network's outputs in their order."""
    found, start = list[Part](), 0
    for name in network.outputs:
        op = network[name].op
        probable = isinstance(op, Activation) and op.function in ("sigmoid", "hard_sigmoid")
        stop = start + prod(network.shapes[name] or ())
        found.append(Part(name, start, stop, 0.5 if probable else 0.0))
        start = stop
    return tuple(found)


def named_answers(
    path: Path, stored: Mapping[str, Stored], network: Network, count: int, read: int, ending: str = ""
) -> dict[str, Array]:
    """The first `read` of `count` answers by output, of arrays called like the outputs; none where no array is.

    Raises DataError.
    """
    names = {name: f"{name}{ending}" for name in network.outputs if len(network.outputs) > 1}
    if not any(name in stored for name in names.values()):
        return {}
    missing = next((name for name in names.values() if name not in stored), None)
    if missing is not None:
        known = ", ".join(name for name in names.values() if name in stored)
        raise DataError(f"{path.name} has answers called {known}, but none called {missing}. Give all outputs theirs.")
    return {output: _rows(path, stored[name], name, count, read) for output, name in names.items()}


def _rows(path: Path, found: Stored, name: str, count: int, read: int) -> Array:
    where = f"The answers '{name}' in {path.name}"
    if not found.is_numbers or found.shape[:1] != (count,):
        raise DataError(f"{where} are {found.form}; give one number or one row of numbers for each of {count} samples.")
    values = read_rows(path, name, read)
    finite = np.isfinite(values.reshape(len(values), -1)).all(axis=1)
    if not finite.all():
        raise DataError(f"{where} are no finite number for sample {int(finite.argmin())}. Leave such samples out.")
    return values


def joined(answers: Mapping[str, Array], network: Network) -> tuple[Array, frozenset[str]]:
    """The targets of all outputs, (samples, values), and the outputs that choose: their targets are one-hot rows.

    Raises DataError for answers that fit their output in no way.
    """
    columns, choices = list[Array](), set[str]()
    for part in parts_of(network):
        values, size = answers[part.name], part.stop - part.start
        classes = classes_of(values)
        if classes is not None and size > 1:
            known = classes_within(classes, size, f"The answers for '{part.name}'")
            columns.append(np.eye(size, dtype=np.float32)[known])
            choices.add(part.name)
            continue
        if prod(values.shape[1:]) != size:
            form = "×".join(map(str, values.shape))
            raise DataError(
                f"The answers for '{part.name}' are {form} values, which are no classes and no {size} values for each "
                "sample. Give class numbers from 0, or as many values as the output has."
            )
        columns.append(np.asarray(values, np.float32).reshape(-1, size))
        if classes is not None and np.isin(classes, (0, 1)).all():
            choices.add(part.name)
    return np.concatenate(columns, axis=1), frozenset(choices)
