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
PART_GROUPS = ("7 series", "UltraScale")

Factors = Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Corrections:
    """What was learned for one tool and group of parts at one level."""

    lut: Factors = field(default_factory=dict)
    ff: Factors = field(default_factory=dict)
    lut_else: float = 1.0
    """Factor of terms that are not named."""
    ff_else: float = 1.0
    basis: str = ""
    """What taught this, in a sentence."""
    widths: Factors = field(default_factory=dict)
    """By which a quantity's stated doubt is stretched so that it holds for networks never seen."""


NONE = Corrections()


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """All that was learned, and from what."""

    corrections: Mapping[tuple[Level, str, str], Corrections]
    sources: tuple[Mapping[str, Any], ...] = ()

    def of(self, level: Level, tool: str, parts: str) -> Corrections:
        """The corrections for a level, a tool and a group of parts."""
        return self.corrections.get((level, tool, parts), NONE)


def book_of(data: Mapping[str, Any]) -> Book:
    """A book from its file's contents."""
    sources = tuple(data.get("sources", ()))
    found = {
        (level, tool, parts): Corrections(**entry, basis=_basis(sources, level, tool))
        for level in Level
        for tool, by_parts in data.get(level.value, {}).items()
        for parts, entry in by_parts.items()
    }
    return Book(found, sources)


def _basis(sources: tuple[Mapping[str, Any], ...], level: Level, tool: str) -> str:
    """`Learned from 801 reports of 11 repositories, 24 of Vitis HLS.`"""
    counts = [source["reports"].get(level.value, {}) for source in sources]
    all_tools, own = sum(sum(each.values()) for each in counts), sum(each.get(tool, 0) for each in counts)
    return f"Learned from {all_tools:,} reports of {sum(map(bool, counts))} repositories, {own or 'none'} of {tool}."


@cache
def shipped() -> Book:
    """The book that ships with the studio."""
    return book_of(json.loads(FILE.read_text()))
