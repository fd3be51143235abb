"""What is wrong or risky in a design, and the edit that mends it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from engine.design import Design


class Severity(IntEnum):
    """How much a finding matters; the highest first."""

    HINT = 1
    RISK = 2
    OVER = 3


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit offered as one click; `label` names its result, e.g. `Set 288`."""

    label: str
    text: str
    """The undo step's name."""
    edit: Callable[[Design], Design]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact in one short sentence, what follows from it or mends it in another, and the layers it is about."""

    severity: Severity
    title: str
    detail: str = ""
    layers: tuple[str, ...] = ()
    fix: Fix | None = None
    resource: str = ""
    """The resource that is over, where the finding is about one."""
