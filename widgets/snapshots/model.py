"""Snapshots as they are shown."""

from dataclasses import dataclass

QUALITY = "quality"
"""The figure that says how good the answers are, whatever it counts."""
COLUMNS = (
    (QUALITY, "Accuracy, %"),
    ("weight_kbit", "Weights, kbit"),
    ("LUT", "LUT"),
    ("DSP", "DSP"),
    ("BRAM18", "BRAM"),
    ("latency_us", "Latency, µs"),
    ("energy_uj", "Energy, µJ"),
)
"""Names and titles of the figures."""


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One snapshot: figures by the names in COLUMNS, as numbers and in words; `said` is the whole row in words."""

    name: str
    figures: dict[str, float]
    texts: dict[str, str]
    said: str
    present: bool = False
    """Whether the design is this one now."""


@dataclass(frozen=True, slots=True)
class SnapshotsView:
    """All snapshots, oldest first, and those that no other one beats by cost: cheapest first."""

    rows: tuple[SnapshotRow, ...] = ()
    fronts: dict[str, tuple[int, ...]] | None = None
    """Name of a cost → places of the rows on the front of quality over it."""
    source: str = ""
    """Where the figures come from, in words."""
    quality: str = "Accuracy, %"
    """What the quality counts."""
