"""Samples of a network from a table: inputs in its shapes, answers as classes or as values of its output."""

from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.table import Table
from engine.emulate.data import Samples
from engine.emulate.labels import classes_of, classes_within
from engine.emulate.stored import DataError
from engine.emulate.task import output_values, reconstructs, restored
from engine.network import Network

Array = NDArray[Any]


def fitted(table: Table, network: Network) -> Samples:
    """The table's samples for a network.

    Raises DataError where an answer is no class of its output nor a value of each of its neurons.
    """
    inputs = {
        name: np.asarray(values, np.float32).reshape(-1, *(network.shapes[name] or ()))
        for name, values in table.inputs.items()
    }
    labels, targets = _answers(table, network)
    return Samples(inputs, labels, restored(inputs, network) if targets is None else targets)


def _answers(table: Table, network: Network) -> tuple[Array | None, Array | None]:
    """Class numbers or values of the output; neither where nothing is known. Of several outputs the values, one output
    after the other: no class is known among them."""
    if table.answers is None:
        return None, None
    is_single, size = len(network.outputs) == 1, output_values(network)
    classes = classes_of(table.answers) if is_single or reconstructs(network) else None
    if classes is not None and (reconstructs(network) or _are_binary(classes, size)):
        return classes_within(classes, 2, table.where), None
    if classes is not None and size > 1:
        return _of_as_many(classes, table, size), None
    if size and prod(table.answers.shape[1:]) == size:
        shape = network.shapes[network.outputs[0]] or () if is_single else (size,)
        return None, np.asarray(table.answers, np.float32).reshape(-1, *shape)
    form = "×".join(map(str, table.answers.shape))
    raise DataError(
        f"{table.where} are {form} values, which are no classes and no {size} values for each sample, as the network "
        f"has at its output{'' if is_single else 's'}. Give {'class numbers from 0, or ' if is_single else ''}as many "
        "values as there are outputs."
    )


def _are_binary(classes: Array, size: int) -> bool:
    """Whether these answer yes or no at the single output."""
    return size == 1 and bool(np.isin(classes, (0, 1)).all())


def _of_as_many(classes: Array, table: Table, size: int) -> Array | None:
    if len(table.classes) > size:
        names = ", ".join(table.classes)
        raise DataError(f"{table.where} name {len(table.classes)} classes ({names}); the network has {size} outputs.")
    return classes_within(classes, size, table.where)
