"""A board as a value: its part, how much of each resource it has, and where every figure comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from engine.boards.errors import BoardError
from engine.boards.family import Family, Resource, Unit

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# A part goes into Tcl and shell commands: nothing that they would interpret.
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./+-]*")
_URL = re.compile(r"https?://[^\s\"'<>]+")
_LONGEST = 400
_MOST = 100_000_000


class Origin(StrEnum):
    """Whether a board ships with the studio or was added by its user."""

    BUILT_IN = "built-in"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the document it was read from."""

    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Supply:
    """How many of one unit a board has, and the document that says so."""

    unit: Unit
    count: int
    source: str

    @property
    def bits(self) -> int:
        """Capacity of all blocks together, in bits; 0 where the unit is no memory."""
        return self.count * self.unit.bits


@dataclass(frozen=True, slots=True)
class Board:
    """A board, or a bare part; checked when it is made, so every Board is usable.

    ``clock`` is the usual period in ns and ``power`` the board's published maximum in W, None where none
    is published; ``running_power`` is what the whole board was measured to draw in W while it infers.
    ``part`` is spelt as the vendor's tools take it.
    """

    id: str
    name: str
    url: str
    part: str
    part_source: str
    family: Family
    clock: Figure
    resources: tuple[Supply, ...]
    power: Figure | None = None
    running_power: Figure | None = None
    origin: Origin = Origin.USER

    def __post_init__(self) -> None:
        """Raise BoardError at the first entry that cannot be used."""
        _check_pattern(self.id, _ID, "id", "must be lower-case letters and digits joined by single hyphens")
        _check_text(self.name, ("name",))
        _check_pattern(self.url, _URL, "url", "must be a web address that starts with https:// or http://")
        _check_pattern(self.part, _PART, "part", "must be a part name: letters, digits and . _ / + -")
        _check_text(self.part_source, ("part_source",))
        _check_figure(self.clock, "clock", "ns", most=1e6)
        for key, watts in (("power", self.power), ("running_power", self.running_power)):
            if watts is not None:
                _check_figure(watts, key, "watts", most=1e4)
        _check_resources(self.family, self.resources)

    @property
    def is_amd(self) -> bool:
        """Whether the part is AMD's, so that flows through Vivado or Vitis fit it."""
        return self.family.is_amd

    @property
    def clock_ns(self) -> float:
        """The usual clock period in ns."""
        return self.clock.value

    @property
    def power_w(self) -> float | None:
        """The published maximum power of the board in W; None where none is published."""
        return None if self.power is None else self.power.value

    def supply(self, resource: Resource) -> Supply | None:
        """What the board has of a resource; None where its file gives no figure."""
        return next((each for each in self.resources if each.unit.resource is resource), None)

    def count(self, resource: Resource) -> int | None:
        """How many units of a resource: 0 where the part has none, None where no source was found."""
        supply = self.supply(resource)
        if supply is not None:
            return supply.count
        return None if any(unit.resource is resource for unit in self.family.units) else 0

    def word(self, resource: Resource) -> str:
        """What a resource is called here: memories of other makers than AMD have names of their own, as EBR."""
        if self.is_amd or resource not in (Resource.BRAM, Resource.URAM):
            return resource.value
        return next((unit.name for unit in self.family.units if unit.resource is resource), resource.value)


def _check_pattern(value: str, pattern: re.Pattern[str], key: str, reason: str) -> None:
    """Refuse a text that does not match as a whole, or is too long to be one."""
    _check_text(value, (key,))
    if not pattern.fullmatch(value):
        raise BoardError(reason, (key,))


def _check_text(value: str, path: tuple[str, ...]) -> None:
    """Refuse an empty, padded, overlong or unprintable text: it is shown on one line."""
    if not value.strip():
        raise BoardError("must not be empty", path)
    if len(value) > _LONGEST:
        raise BoardError(f"must not be longer than {_LONGEST} characters", path)
    if value != value.strip() or not value.isprintable():
        raise BoardError("must be one line of text without spaces around it", path)


def _check_figure(figure: Figure, key: str, unit: str, most: float) -> None:
    """Refuse a figure that is not a positive number up to ``most``, or has no source."""
    if not (isfinite(figure.value) and 0 < figure.value <= most):
        raise BoardError(f"must be above 0 and at most {most:,.0f}", (key, unit))
    _check_text(figure.source, (key, "source"))


def _check_resources(family: Family, supplies: tuple[Supply, ...]) -> None:
    """Refuse units of another family, a resource given twice, counts out of range, and no LUTs at all."""
    seen: set[Resource] = set()
    for supply in supplies:
        path = ("resources", supply.unit.name)
        if supply.unit not in family.units:
            raise BoardError(unknown_unit(family), path)
        if supply.unit.resource in seen:
            raise BoardError(f"gives {supply.unit.resource} a second time", path)
        if not 0 <= supply.count <= _MOST:
            raise BoardError(f"must be between 0 and {_MOST:,}", (*path, "count"))
        _check_text(supply.source, (*path, "source"))
        seen.add(supply.unit.resource)
    lut = next(unit for unit in family.units if unit.resource is Resource.LUT)
    if not any(supply.unit == lut and supply.count > 0 for supply in supplies):
        raise BoardError(f"must give a count of {lut.name} above 0", ("resources",))


def unknown_unit(family: Family) -> str:
    """The reason to refuse a resource that the family does not have; it names those it has."""
    return f"is not in the {family.label} family, which has " + ", ".join(unit.name for unit in family.units)
