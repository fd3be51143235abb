"""What a computer can or cannot do, as a value."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a capability stands."""

    OK = "ok"
    WARN = "warn"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing the studio can do here or not: what was found, and what would help."""

    id: str
    title: str
    state: State
    detail: str
    remedy: str = ""
