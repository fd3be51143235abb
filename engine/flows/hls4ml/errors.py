"""Designs that cannot be converted."""

from collections.abc import Sequence

from engine.flows.problem import Problem


class ConversionError(ValueError):
    """A design that cannot be converted; `problems` lists every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
