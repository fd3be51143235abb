"""What the page of estimates against reports shows, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dot:
    """One run in a chart: what was reported, and what was foretold as shipped and with the runs before it."""

    run: str
    shipped: float
    own: float
    said: float
    inside: bool
    """Whether the report lay in the interval with own runs."""
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One quantity over the runs of a group, the oldest first."""

    title: str
    token: str
    """Colour of the quantity."""
    dots: tuple[Dot, ...]
    band: tuple[float, float] | None
    """Usual ends of the 90 % interval over the estimate; None where estimates are exact."""
    errors_shipped: tuple[float, ...]
    """Mean error so far, in percent, after each run."""
    errors_own: tuple[float, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Group:
    """Runs that teach each other: one version of a tool, one level, one device family."""

    id: str
    label: str
    charts: Mapping[str, Chart]
    """By quantity."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in the table. `figures` are the errors by quantity, in the order of the view's."""

    id: str
    group: str
    """'' for a run that teaches nothing today."""
    facts: tuple[str, ...]
    figures: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class CalibrationView:
    """All runs on this computer, the newest first."""

    quantities: tuple[tuple[str, str], ...] = ()
    """Id and label."""
    groups: tuple[Group, ...] = ()
    runs: tuple[RunLine, ...] = ()
    used: bool = True
    """Whether estimates take part of it."""
    note: str = ""
    """What else is to be known: runs that are kept but teach nothing."""
    teachable: int = 0
    """Reports of the open project that do not count yet."""

    def group(self, group_id: str) -> Group | None:
        """A group by its id; the newest where there is none of that id."""
        first = self.groups[0] if self.groups else None
        return next((each for each in self.groups if each.id == group_id), first)
