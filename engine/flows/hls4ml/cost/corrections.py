"""Learned corrections: factors on the terms of the formulas, and on their intervals; data in `resources/estimates`.

`python -m tests.benchmarks.estimates.fit` writes them from a table of synthesis reports, with their sources.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import resources
from engine.estimate import Level

FILE = Path(resources.__file__).parent / "estimates" / "corrections.json"
VIVADO, VITIS = "Vivado HLS", "Vitis HLS"

Factors = Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Corrections:
    """What was learned for one tool at one level. A term that is not named is taken as the formula has it."""

    lut: Factors = field(default_factory=dict)
    ff: Factors = field(default_factory=dict)
    widths: Factors = field(default_factory=dict)
    """By which a quantity's stated doubt is stretched so that it holds for networks never seen."""


NONE = Corrections()


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """All that was learned, and from what."""

    corrections: Mapping[tuple[Level, str], Corrections]
    sources: tuple[Mapping[str, Any], ...] = ()

    def of(self, level: Level, tool: str) -> Corrections:
        """The corrections for a level and a tool."""
        return self.corrections.get((level, tool), NONE)


def book_of(data: Mapping[str, Any]) -> Book:
    """A book from its file's contents."""
    found = {
        (level, tool): Corrections(entry["lut"], entry["ff"], entry["widths"])
        for level in Level
        for tool, entry in data.get(level.value, {}).items()
    }
    return Book(found, tuple(data.get("sources", ())))


@cache
def shipped() -> Book:
    """The book that ships with the studio."""
    return book_of(json.loads(FILE.read_text()))
