"""The right answers in a file of samples: class numbers, or one-hot rows."""

from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.stored import DataError, Stored, read_rows
from engine.network import Network

Array = NDArray[Any]

LABELS = ("y", "labels", "y_test")


def load_labels(path: Path, stored: Mapping[str, Stored], network: Network, count: int, read: int) -> Array | None:
    """The first `read` labels of `count` as class numbers (read,); None where there are none, or targets that are no
    classes, as an autoencoder has. Raises DataError.
    """
    name = next((each for each in LABELS if each in stored), None)
    if name is None:
        return None
    found, where = stored[name], f"The labels '{name}' in {path.name}"
    if not found.is_numbers:
        raise DataError(f"{where} are {found.form}. Give class numbers from 0, or one-hot rows.")
    if found.shape[:1] != (count,):
        given = found.shape[0] if found.shape else "one value, not an array"
        raise DataError(f"{where} are {given}, but there are {count} samples. Give one label for each sample.")
    values = read_rows(path, name, read)
    if not np.isfinite(values).all():
        raise DataError(f"{where} hold values that are not finite numbers. Give class numbers from 0.")
    return classes_within(classes_of(values), class_count(network), where)


def class_count(network: Network) -> int:
    """Classes among which the network chooses; 0 where it has several outputs or a single value."""
    shapes = [network.shapes[name] or () for name in network.outputs]
    return prod(shapes[0]) if len(shapes) == 1 and prod(shapes[0]) > 1 else 0


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
