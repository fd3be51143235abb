"""Samples of a network from a table: inputs in its shapes, answers as classes or as values of its output."""

import numpy as np

from engine.data.table import Table
from engine.emulate.data import Samples
from engine.emulate.labels import Answers, answers_of
from engine.emulate.several import joined
from engine.emulate.stored import DataError
from engine.emulate.task import output_values, reconstructs, restored
from engine.network import Network


def fitted(table: Table, network: Network) -> Samples:
    """The table's samples for a network.

    Raises DataError where an answer is no class of its output nor a value of each of its neurons.
    """
    inputs = {
        name: np.asarray(values, np.float32).reshape(-1, *(network.shapes[name] or ()))
        for name, values in table.inputs.items()
    }
    if table.by_output:
        return Samples(inputs, None, *joined(table.by_output, network))
    labels, targets = _answers(table, network)
    return Samples(inputs, labels, restored(inputs, network) if targets is None else targets)


def _answers(table: Table, network: Network) -> Answers:
    if table.answers is None:
        return None, None
    outputs = output_values(network)
    if not reconstructs(network) and 1 < outputs < len(table.classes):
        raise DataError(
            f"{table.where} name {len(table.classes)} classes ({', '.join(table.classes)}); the network has {outputs} "
            "outputs."
        )
    return answers_of(table.answers, network, table.where)
