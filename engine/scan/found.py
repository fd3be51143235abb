"""What a scan has found: each layer at each width."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.scan.figure import Figure


@dataclass(frozen=True, slots=True)
class Point:
    """What one layer multiplies by, or the results of one without weights, in a type of `bits`.

    `lut_saved` is None where the flow has no estimate of the one design or the other.
    """

    layer: str
    role: str
    bits: int
    type: str
    figure: Figure
    lut_saved: float | None


@dataclass(frozen=True, slots=True)
class Scan:
    """The design as it is, and what was tried so far of `count` points."""

    now: Figure
    points: tuple[Point, ...] = ()
    count: int = 0
    samples: int = 0
    source: str = ""

    @property
    def summary(self) -> str:
        """What was tried and which layer suffers first, in one sentence."""
        over = f"over {self.samples:,} samples of {Path(self.source).name}"
        said = f"{self.now.kind.capitalize()} {self.now.text} {over}"
        if not self.count:
            return f"{said}; there is nothing to narrow."
        if len(self.points) < self.count:
            said = f"{said}; stopped after {len(self.points):,} of {self.count:,} trials"
        if not self.points:
            return f"{said}."
        worst = max(self.points, key=lambda point: point.figure.loss(self.now))
        return f"{said}; {worst.layer} suffers most: {worst.figure.text} at {worst.bits} bits."

    def to_json(self) -> dict[str, Any]:
        """As values JSON knows."""
        return asdict(self)


def scan_from_json(value: Mapping[str, Any]) -> Scan:
    """What `Scan.to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    points = tuple(Point(**{**each, "figure": Figure(**each["figure"])}) for each in value["points"])
    return Scan(Figure(**value["now"]), points, int(value["count"]), int(value["samples"]), str(value["source"]))
