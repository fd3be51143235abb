"""What a scan has found: each layer at each width."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.scan.figure import Figure


@dataclass(frozen=True, slots=True)
class Point:
    """One layer's weights, or the results of one without weights, in a type of `bits`."""

    layer: str
    role: str
    bits: int
    type: str
    figure: Figure
    lut_saved: float


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
        if not self.points:
            return f"{self.now.kind.capitalize()} {self.now.text} {over}; there is nothing to narrow."
        worst = max(self.points, key=lambda point: point.figure.loss(self.now))
        return (
            f"{self.now.kind.capitalize()} {self.now.text} {over}; {worst.layer} suffers most: {worst.figure.text} at "
            f"{worst.bits} bits."
        )

    def to_json(self) -> dict[str, Any]:
        """As values JSON knows."""
        return asdict(self)


def scan_from_json(value: Mapping[str, Any]) -> Scan:
    """What `Scan.to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    points = tuple(Point(**{**each, "figure": Figure(**each["figure"])}) for each in value["points"])
    return Scan(Figure(**value["now"]), points, int(value["count"]), int(value["samples"]), str(value["source"]))
