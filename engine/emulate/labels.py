"""The right answers beside samples: class numbers, one-hot rows, or values of the output."""

from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.stored import DataError, Stored, read_rows
from engine.emulate.task import output_values, reconstructs
from engine.network import Network

Array = NDArray[Any]

LABELS = ("y", "labels", "y_test")


Answers = tuple[Array | None, Array | None]
"""Class numbers (samples,), or values of the output (samples, *shape); neither where nothing is known."""


def load_answers(path: Path, stored: Mapping[str, Stored], network: Network, count: int, read: int) -> Answers:
    """The first `read` of `count` answers in a file. Raises DataError."""
    name = next((each for each in LABELS if each in stored), None)
    if name is None:
        return None, None
    found, where = stored[name], f"The labels '{name}' in {path.name}"
    if not found.is_numbers:
        raise DataError(f"{where} are {found.form}. Give class numbers from 0, or one-hot rows.")
    if found.shape[:1] != (count,):
        given = found.shape[0] if found.shape else "one value, not an array"
        raise DataError(f"{where} are {given}, but there are {count} samples. Give one label for each sample.")
    values = read_rows(path, name, read)
    finite = np.isfinite(values.reshape(len(values), -1)).all(axis=1)
    if not finite.all():
        raise DataError(f"{where} are no finite number for sample {int(finite.argmin())}. Leave such samples out.")
    return answers_of(values, network, where)


def answers_of(values: Array, network: Network, where: str) -> Answers:
    """What numbers beside samples mean for a network. Of several outputs they are the values, one output after the
    other: no class is known among them. Raises DataError where they fit its output in no way.
    """
    is_single, size = len(network.outputs) == 1, output_values(network)
    classes = classes_of(values) if is_single or reconstructs(network) else None
    if classes is not None and (reconstructs(network) or _are_binary(classes, size)):
        return classes_within(classes, 2, where), None
    if classes is not None and size > 1:
        return classes_within(classes, size, where), None
    if size and prod(values.shape[1:]) == size:
        shape = network.shapes[network.outputs[0]] or () if is_single else (size,)
        return None, np.asarray(values, np.float32).reshape(-1, *shape)
    form = "×".join(map(str, values.shape))
    raise DataError(
        f"{where} are {form} values, which are no classes and no {size} values for each sample, as the network has at "
        f"its output{'' if is_single else 's'}. Give {'class numbers from 0, or ' if is_single else ''}as many values "
        "as there are outputs."
    )


def _are_binary(classes: Array, size: int) -> bool:
    """Whether these answer yes or no at the single output."""
    return size == 1 and bool(np.isin(classes, (0, 1)).all())


def classes_within(classes: Array | None, count: int, where: str) -> Array | None:
    """The same classes, once each is one of `count`; a count of 0 allows any. Raises DataError, naming the sample."""
    if classes is None or not count or not len(classes):
        return classes
    outside = (classes < 0) | (classes >= count)
    if outside.any():
        sample = int(outside.argmax())
        raise DataError(
            f"{where} name class {int(classes[sample])} for sample {sample}; the network's output has the classes "
            f"0 to {count - 1}. Number them from 0."
        )
    return classes


def classes_of(labels: Array) -> Array | None:
    """Class numbers (samples,) of numbers or one-hot rows; None for numbers that are no classes."""
    if labels.ndim == 2 and labels.shape[1] > 1:
        one_hot = np.isin(labels, (0, 1)).all() and (labels.sum(axis=1) == 1).all()
        hot: Array = labels.argmax(axis=1)
        return hot if one_hot else None
    flat = labels.reshape(-1)
    whole = flat.astype(np.int64)
    return whole if len(flat) == len(labels) and np.array_equal(whole, flat) else None
