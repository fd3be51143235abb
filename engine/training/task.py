"""What a network learns from a data set: classes, yes or no, or values."""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.data import Samples
from engine.emulate.several import Part, parts_of
from engine.emulate.task import output_values
from engine.network import Layer, Network
from engine.network.kinds import Activation, Softmax
from engine.training.errors import NotTrainableError

Array = NDArray[Any]

CLASSES, SHARES, VALUES = "classes", "shares", "values"
"""One of several classes by the largest output; each output a probability of its own; values as they are."""
PROBABILITIES, SEVERAL = "probabilities", "several"
"""One of several classes by probabilities that sum to one; several outputs, each with a task of its own."""


@dataclass(frozen=True, slots=True)
class Task:
    """`kind`, and how many values leave the network; with several outputs the task of each, and its columns."""

    kind: str
    outputs: int
    parts: tuple[tuple[Part, "Task"], ...] = ()

    @property
    def has_accuracy(self) -> bool:
        """Whether answers are right or wrong."""
        return any(task.has_accuracy for _, task in self.parts) if self.parts else self.kind != VALUES

    def targets(self, samples: Samples) -> Array:
        """What the outputs shall be: (samples, outputs), float32. Raises NotTrainableError without answers."""
        if self.kind in (VALUES, SEVERAL):
            return np.asarray(_known(samples.targets), np.float32).reshape(-1, self.outputs)
        labels = np.asarray(_known(samples.labels), np.int64)
        if self.outputs == 1:
            return labels.astype(np.float32).reshape(-1, 1)
        return np.eye(self.outputs, dtype=np.float32)[labels]

    def accuracy(self, outputs: Array, targets: Array) -> float:
        """Share of right answers; of several outputs the mean of theirs."""
        if self.parts:
            shares = [part.share_right(outputs, targets) for part, task in self.parts if task.has_accuracy]
            return sum(shares) / len(shares)
        if self.outputs == 1:
            middle = 0.5 if self.kind == SHARES else 0.0
            return float(np.mean((outputs > middle) == (targets > 0.5)))
        return float(np.mean(outputs.argmax(-1) == targets.argmax(-1)))


def task_of(network: Network, samples: Samples) -> Task:
    """What these samples teach a network. Raises NotTrainableError."""
    outputs = output_values(network)
    if len(network.outputs) > 1:
        return _of_several(network, samples, outputs)
    last = network[network.outputs[0]]
    if samples.targets is not None:
        _check_values(last)
        return Task(VALUES, outputs)
    _known(samples.labels)
    probabilities = isinstance(last.op, Activation) and last.op.function in ("sigmoid", "hard_sigmoid")
    if isinstance(last.op, Softmax) and outputs < 2:
        raise NotTrainableError(f"'{last.name}' is a softmax of one value, which is always 1. Remove it.")
    return Task(SHARES if probabilities else CLASSES, outputs)


def _of_several(network: Network, samples: Samples, outputs: int) -> Task:
    """Several outputs learn values, those of one output after those of the other, or what each one's answers are."""
    if samples.choices:
        parts = tuple((part, _of_part(network, part, samples.choices)) for part in parts_of(network))
        return Task(SEVERAL, outputs, parts)
    if samples.targets is None or prod(samples.targets.shape[1:]) != outputs:
        raise NotTrainableError(
            f"The network has {len(network.outputs)} outputs with {outputs} values together. Give a data set that has "
            f"as many values for each sample, in the order {', '.join(network.outputs)}, or a NumPy file with an array "
            "for each of them, called like it: class numbers or values."
        )
    return Task(VALUES, outputs)


def _check_values(last: Layer) -> None:
    if isinstance(last.op, Softmax):
        raise NotTrainableError(
            f"'{last.name}' is a softmax, which answers with shares of classes; the data set has other values. "
            "Remove it, or give class numbers."
        )


def _of_part(network: Network, part: Part, choices: frozenset[str]) -> Task:
    size, op = part.stop - part.start, network[part.name].op
    if part.name not in choices:
        _check_values(network[part.name])
        return Task(VALUES, size)
    if isinstance(op, Softmax):
        return Task(PROBABILITIES, size)
    return Task(SHARES if part.middle else CLASSES, size)


def _known(answers: Array | None) -> Array:
    if answers is None:
        raise NotTrainableError("The data set has no labels and no values to learn. Choose one that has.")
    return answers
