"""What was measured of the submitted designs, read from `resources/scoreboard`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import resources

_FILE = Path(resources.__file__).parent / "scoreboard" / "mlperf_tiny.toml"


@dataclass(frozen=True, slots=True)
class Measured:
    """One design on one board: time and energy of an inference, host and transfers included."""

    design: str
    title: str
    task: str
    flow: str
    quality: str
    board: str
    latency_us: float
    power_latency_us: float
    """Of the run in which energy was measured, which on one board was another build."""
    energy_uj: float


@cache
def measurements() -> tuple[Measured, ...]:
    """All of them, design by design."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    designs = {key: value for key, value in found.items() if isinstance(value, dict)}
    return tuple(
        _measured(design, entry, board, figures)
        for design, entry in designs.items()
        for board, figures in entry.items()
        if isinstance(figures, dict)
    )


def source() -> str:
    """Where the figures were read."""
    return str(tomllib.loads(_FILE.read_text(encoding="utf-8"))["source"])


def _measured(design: str, entry: dict[str, Any], board: str, figures: dict[str, float]) -> Measured:
    return Measured(
        design,
        entry["title"],
        entry["task"],
        entry["flow"],
        entry["quality"],
        board,
        1e6 / figures["rate"],
        1e6 / figures.get("power_rate", figures["rate"]),
        figures["energy_uj"],
    )
