"""What the history of runs shows, as frozen values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity of a report; `estimate` is that of the same design, None where there was none."""

    value: float
    estimate: float | None = None
    difference: str = ""
    """Report against estimate, e.g. `−7 %`."""
    inside: bool = True
    """Whether the report lies in the estimate's interval."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run. `figures` follow the names of the view; None where its report says nothing of a quantity."""

    id: str
    started: str
    order: str
    """What to sort the start by."""
    action: str
    tool: str
    tier: str
    tier_rank: int
    state: str
    """As in `FINAL_ICONS` of the jobs panel."""
    seconds: float | None
    took: str
    version: str
    """'This version', '3 edits old', 'Another version'."""
    edits: float
    """What to sort the version by: edits between the design of the run and that of now."""
    detail: str
    """A failed run's reason, where it lies."""
    folder: str
    figures: tuple[Figure | None, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether the design has changed since."""
        return self.edits != 0


@dataclass(frozen=True, slots=True)
class HistoryView:
    """All runs, the newest first, and the names of the quantities that any of them has."""

    names: tuple[str, ...] = ()
    runs: tuple[RunRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One quantity or one layer, in two columns; '' where a side says nothing."""

    name: str
    left: str
    right: str
    difference: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two columns side by side. `pages`: rows by their title, 'Total' or a quantity by layer."""

    left: str
    right: str
    warning: str = ""
    """Why the two are not of the same thing."""
    pages: tuple[tuple[str, tuple[ComparisonRow, ...]], ...] = ()
