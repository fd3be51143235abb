"""What can stand in the way of building a design. Collected over the whole network, so that all is said at once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a flow cannot build: where ('' for the design as a whole), why, and the nearest way that works."""

    layer: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        place = f"'{self.layer}': " if self.layer else ""
        return f"{place}{self.reason} {self.remedy}".rstrip()
