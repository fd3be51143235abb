"""What a source holds before it is made to fit a network."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

WHOLE = "whole"
"""Split of a source that has none: it is shared out."""


@dataclass(frozen=True, slots=True)
class Table:
    """Samples as they are stored: finite numbers by input layer, equally many, and answers, if there are any.

    `classes` names the answers where these are numbers of classes; `where` says where the answers stand. `by_output`
    holds the answers of a network with several outputs, where each has its own.
    """

    inputs: Mapping[str, Array]
    answers: Array | None = None
    classes: tuple[str, ...] = ()
    where: str = ""
    by_output: Mapping[str, Array] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(next(iter(self.inputs.values())))

    def evenly(self, most: int) -> "Table":
        """At most so many of the samples, taken evenly from the first to the last."""
        if len(self) <= most:
            return self
        rows = np.linspace(0, len(self) - 1, most).astype(np.int64)
        answers = None if self.answers is None else self.answers[rows]
        inputs, by_output = (
            {name: each[rows] for name, each in arrays.items()} for arrays in (self.inputs, self.by_output)
        )
        return replace(self, inputs=inputs, answers=answers, by_output=by_output)

    def formed(self, form: Callable[[Array], Array]) -> "Table":
        """The same samples, each input in another form."""
        return replace(self, inputs={name: form(values) for name, values in self.inputs.items()})


@dataclass(frozen=True, slots=True)
class Tables:
    """A source with its tables by split: `train`, `validation` and `test`, or `whole`."""

    name: str
    source: str
    splits: Mapping[str, Table]


def scaled(table: Table, factor: float, classes: tuple[str, ...]) -> Table:
    """The same samples times a factor, their classes by name."""
    inputs = {name: values.astype(np.float32) * np.float32(factor) for name, values in table.inputs.items()}
    return replace(table, inputs=inputs, classes=classes)
