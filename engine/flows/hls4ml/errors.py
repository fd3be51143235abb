"""What can stand in the way of a conversion. Collected over the whole network, so that all is said at once."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that hls4ml cannot build: where ('' for the design as a whole), why, and the nearest way that works."""

    layer: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        place = f"'{self.layer}': " if self.layer else ""
        return f"{place}{self.reason} {self.remedy}".rstrip()


class ConversionError(ValueError):
    """A design that cannot be converted; `problems` lists every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
