"""What own runs taught, as values that an estimate takes part of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.estimate import Level, Quantity


@dataclass(frozen=True, slots=True)
class Correction:
    """What is learned of one quantity: a factor on its value, and by how much its interval is stretched then."""

    factor: float = 1.0
    stretch: float = 1.0
    networks: int = 0
    """Networks whose reports taught it."""


AS_SHIPPED = Correction()


@dataclass(frozen=True, slots=True)
class Own:
    """What own runs with one version of a tool taught about the estimates of its reports."""

    tool: str
    networks: int
    corrections: Mapping[tuple[str, bool], Correction]
    """By target, and whether the estimate claims to be exact: rules and sums of formulas are wrong in other ways."""

    @property
    def words(self) -> str:
        """`own runs of 3 networks with Vitis HLS 2024.1`; '' where there are none."""
        if not self.networks:
            return ""
        return f"own runs of {self.networks} network{'' if self.networks == 1 else 's'} with {self.tool}"

    def of(self, target: str, quantity: Quantity) -> Correction:
        """The correction of an estimate of a target."""
        return self.corrections.get((target, quantity.exact), AS_SHIPPED)


NOTHING = Own("", 0, {})


@dataclass(frozen=True, slots=True, eq=False)
class OwnRuns:
    """What own runs taught, by flow, level and device family: where estimates are made, they look here."""

    places: Mapping[tuple[str, Level, str], Own] = field(default_factory=dict)

    def of(self, flow: str, level: Level, family: str) -> Own:
        """What is known there; NOTHING without runs."""
        return self.places.get((flow, level, family), NOTHING)


NO_RUNS = OwnRuns()
