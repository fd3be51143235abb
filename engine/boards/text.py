"""Board files: TOML that is pleasant to write by hand, and whose mistakes are named with their line.

::

    id = "pynq-z2"
    name = "PYNQ-Z2"
    url = "https://..."
    part = "xc7z020clg400-1"
    part_source = "where the part is named"
    family = "7-series"

    [clock]
    ns = 10.0
    source = "..."

    [resources.LUT]
    count = 53200
    source = "..."

``[power]`` and ``[running_power]`` with ``watts`` and ``source`` are optional, as is every resource but the
look-up tables. Resources have the names of the family (`engine.boards.family`), so block RAM is counted in
BRAM18 on AMD parts, in EBR on Lattice's and in BSRAM on Gowin's.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from engine.boards.errors import BoardError
from engine.boards.family import Family
from engine.boards.value import Board, Figure, Origin, Supply, unknown_unit

MAX_CHARACTERS = 16_384
_MAX_LINES = 200
_POWERS = ("power", "running_power")
_KEYS = frozenset({"id", "name", "url", "part", "part_source", "family", "clock", *_POWERS, "resources"})


def parse_board(text: str, name: str, origin: Origin = Origin.USER) -> Board:
    """Read a board file; ``name`` is the file's name for messages. Raises BoardError only."""
    if len(text) > MAX_CHARACTERS:
        raise BoardError(f"is longer than {MAX_CHARACTERS:,} characters", file=name)
    try:
        return _board(_toml(text), origin)
    except BoardError as error:
        line = error.line if error.line is not None else line_of(text, error.path)
        raise BoardError(error.reason, error.path, name, line) from None


def format_board(board: Board) -> str:
    """Write a board file that reads back as the same board (but for its origin, which is the folder's)."""
    lines = [f"{key} = {_quoted(getattr(board, key))}" for key in ("id", "name", "url", "part", "part_source")]
    lines.append(f"family = {_quoted(board.family.value)}")
    lines += _section("clock", f"ns = {float(board.clock.value)!r}", board.clock.source)
    for key, power in zip(_POWERS, (board.power, board.running_power), strict=True):
        if power is not None:
            lines += _section(key, f"watts = {float(power.value)!r}", power.source)
    for supply in board.resources:
        lines += _section(f"resources.{supply.unit.name}", f"count = {supply.count}", supply.source)
    return "\n".join(lines) + "\n"


def _section(title: str, figure: str, source: str) -> list[str]:
    """A table of one figure and its source, set off by a blank line."""
    return ["", f"[{title}]", figure, f"source = {_quoted(source)}"]


def _quoted(text: str) -> str:
    """A TOML basic string: for printable text JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _toml(text: str) -> dict[str, Any]:
    """Parse TOML; the line of a syntax error is taken from the parser's message."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        reason = re.sub(r" \(at [^)]*\)$", "", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise BoardError(f"is not TOML: {reason}", line=line) from None
    except (ValueError, RecursionError):
        # tomllib lets these through for dates that do not exist, numbers of thousands of digits and
        # nesting of thousands of brackets.
        raise BoardError("is not TOML that can be read") from None


def _board(table: dict[str, Any], origin: Origin) -> Board:
    """Build the board from parsed TOML."""
    _refuse_others(table, _KEYS, ())
    family = _family(table)
    return Board(
        id=_text(table, "id"),
        name=_text(table, "name"),
        url=_text(table, "url"),
        part=_text(table, "part"),
        part_source=_text(table, "part_source"),
        family=family,
        clock=_figure(table, "clock", "ns"),
        power=_watts(table, "power"),
        running_power=_watts(table, "running_power"),
        resources=_resources(_table(table, "resources"), family),
        origin=origin,
    )


def _family(table: dict[str, Any]) -> Family:
    """The family, by its spelling."""
    value = _text(table, "family")
    if value not in list(Family):
        raise BoardError("must be one of " + ", ".join(Family), ("family",))
    return Family(value)


def _resources(table: dict[str, Any], family: Family) -> tuple[Supply, ...]:
    """The resources in the order of the file."""
    units = {unit.name: unit for unit in family.units}
    supplies = []
    for name in table:
        path = ("resources", name)
        if name not in units:
            raise BoardError(unknown_unit(family), path)
        entry = _table(table, name, ("resources",))
        _refuse_others(entry, {"count", "source"}, path)
        supplies.append(Supply(units[name], _count(entry, path), _text(entry, "source", path)))
    return tuple(supplies)


def _figure(table: dict[str, Any], key: str, unit: str) -> Figure:
    """A number with its source, from a table of the two."""
    entry = _table(table, key)
    _refuse_others(entry, {unit, "source"}, (key,))
    value = _required(entry, unit, (key,))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BoardError("must be a number", (key, unit))
    try:
        return Figure(float(value), _text(entry, "source", (key,)))
    except OverflowError:
        raise BoardError("is too large a number", (key, unit)) from None


def _watts(table: dict[str, Any], key: str) -> Figure | None:
    """A power with its source, where the file gives it."""
    return _figure(table, key, "watts") if key in table else None


def _count(table: dict[str, Any], path: tuple[str, ...]) -> int:
    """The whole number under ``count``."""
    value = _required(table, "count", path)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BoardError("must be a whole number", (*path, "count"))
    return value


def _text(table: dict[str, Any], key: str, path: tuple[str, ...] = ()) -> str:
    """The text under a key."""
    value = _required(table, key, path)
    if not isinstance(value, str):
        raise BoardError("must be text in quotes", (*path, key))
    return value


def _table(table: dict[str, Any], key: str, path: tuple[str, ...] = ()) -> dict[str, Any]:
    """The table under a key."""
    value = _required(table, key, path)
    if not isinstance(value, dict):
        raise BoardError("must be a table of its own, in square brackets", (*path, key))
    return value


def _required(table: dict[str, Any], key: str, path: tuple[str, ...]) -> Any:
    """The value under a key that must be there."""
    if key not in table:
        raise BoardError("is missing", (*path, key))
    return table[key]


def _refuse_others(table: dict[str, Any], known: frozenset[str] | set[str], path: tuple[str, ...]) -> None:
    """Refuse keys that mean nothing: a misspelt key would otherwise be a figure silently lost."""
    for key in table:
        if key not in known:
            raise BoardError("is not known here; known are " + ", ".join(sorted(known)), (*path, key))


def line_of(text: str, path: tuple[str, ...]) -> int | None:
    """The line where an entry, or else the innermost table around it, is complete; None when there is none.

    It is the first line up to which the text parses and holds the entry: the parser itself decides.
    """
    lines = text.replace("\r\n", "\n").split("\n")[:_MAX_LINES]
    known = path[: _depth(text, path)]
    ends = range(1, len(lines) + 1) if known else ()
    return next((end for end in ends if _depth("\n".join(lines[:end]), known) == len(known)), None)


def _depth(text: str, path: tuple[str, ...]) -> int:
    """How many steps of a path a text has, 0 when it does not parse."""
    try:
        node: Any = tomllib.loads(text)
    except (ValueError, RecursionError):
        return 0
    for depth, key in enumerate(path):
        if not isinstance(node, dict) or key not in node:
            return depth
        node = node[key]
    return len(path)
