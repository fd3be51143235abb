"""Schedules as they are shown."""

from dataclasses import dataclass

COSTS = (("share", "Largest share of the board, %"), ("LUT", "LUT"), ("BRAM18", "BRAM18"), ("DSP", "DSP"))
"""Names and titles of what the rate is shown over."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to compute the network: inferences a second, and what it takes, by the names in COSTS."""

    rate: float
    costs: dict[str, float]
    said: str
    """All of it in words."""


@dataclass(frozen=True, slots=True)
class ScheduleSeries:
    """The ways of one schedule, and by cost the places of those that no other one beats, cheapest first."""

    title: str
    ways: tuple[Way, ...] = ()
    fronts: dict[str, tuple[int, ...]] | None = None

    def front(self, cost: str) -> list[Way]:
        """Those on the front over a cost."""
        return [self.ways[place] for place in (self.fronts or {}).get(cost, ())]


@dataclass(frozen=True, slots=True)
class SchedulesView:
    """Both schedules, the design as it is, and what the board has of each cost."""

    series: tuple[ScheduleSeries, ...] = ()
    present: Way | None = None
    limits: dict[str, float] | None = None
