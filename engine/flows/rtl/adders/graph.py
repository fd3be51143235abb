"""A constant matrix as a graph of adders."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Adder:
    """The node `first + second · 2^shift`, or with `minus` the difference."""

    first: int
    second: int
    shift: int
    minus: bool


@dataclass(frozen=True, slots=True)
class Output:
    """A node times 2^shift, perhaps with the other sign; None: zero."""

    node: int | None
    shift: int = 0
    minus: bool = False


@dataclass(frozen=True, eq=False)
class AdderGraph:
    """The first nodes are the inputs, the next ones the adders in order; `outputs` are the columns of the matrix."""

    inputs: int
    adders: Sequence[Adder]
    outputs: Sequence[Output]

    @cached_property
    def forms(self) -> NDArray[Any]:
        """(nodes, inputs): each node as a sum of multiples of the inputs, in whole numbers of any size."""
        rows = list(np.eye(self.inputs, dtype=object))
        for adder in self.adders:
            second = rows[adder.second] * (1 << adder.shift)
            rows.append(rows[adder.first] - second if adder.minus else rows[adder.first] + second)
        return np.array(rows, dtype=object).reshape(-1, self.inputs)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """How many adders lie one behind the other up to each node."""
        found = [0] * self.inputs
        for adder in self.adders:
            found.append(max(found[adder.first], found[adder.second]) + 1)
        return tuple(found)

    def matrix(self) -> NDArray[Any]:
        """(inputs, outputs): what the graph computes."""
        columns = [self._column(output) for output in self.outputs]
        return np.array(columns, dtype=object).reshape(-1, self.inputs).T

    def _column(self, output: Output) -> NDArray[Any]:
        if output.node is None:
            return np.zeros(self.inputs, dtype=object)
        factor = -(1 << output.shift) if output.minus else 1 << output.shift
        return np.asarray(self.forms[output.node] * factor)
