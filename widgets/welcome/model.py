"""What the welcome page shows, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExampleView:
    """One example: what it is, what it costs, and its layers' kinds for the picture."""

    path: str
    title: str
    line: str
    groups: tuple[str, ...] = ()
    """Kind group of each layer with weights, in order."""
    resource: str = ""
    """The fullest resource."""
    share: float = 0.0
    """Its share of the board."""
    board: str = ""
    tier: int = 1


@dataclass(frozen=True, slots=True)
class RecentView:
    """A file opened before; `missing` when it is no longer there."""

    path: str
    name: str
    detail: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class AbilityView:
    """Something this computer can do or not, and how it could."""

    title: str
    detail: str
    state: str
    """'ok', 'warn' or 'missing'."""


@dataclass(frozen=True, slots=True)
class RecoveredView:
    """A design that a crashed window left."""

    key: str
    name: str
    detail: str
