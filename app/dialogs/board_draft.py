"""A board while it is being typed: texts by the path of their entry, and every mistake in them at once."""

import re
from collections.abc import Mapping

from app.sentence import sentence
from engine.boards import Board, BoardError, Family, Figure, Supply
from engine.boards.catalogue import TAKEN, built_in_ids

Path = tuple[str, ...]
Draft = Mapping[Path, str]
"""`("name",)`, `("clock", "ns")`, `("resources", "LUT", "count")`: as BoardError names entries. A resource or power
without a number is left out; a figure without a source takes that of COMMON."""

COMMON: Path = ("source",)
"""The source of every figure that names none of its own."""
_TEXTS = ("id", "name", "url", "part", "part_source")
_NUMBER = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d*\.?\d+|\d+\.")
_GOOD = {"url": "https://x", "family": Family.SERIES_7.value, "ns": "1", "watts": "1", "count": "1"}


def draft_of(board: Board) -> dict[Path, str]:
    """The texts of a board; nothing is left to the common source."""
    draft: dict[Path, str] = {(key,): str(getattr(board, key)) for key in _TEXTS}
    draft["family",] = board.family.value
    draft["clock", "ns"], draft["clock", "source"] = _shortest(board.clock.value), board.clock.source
    for key, power in (("power", board.power), ("running_power", board.running_power)):
        if power is not None:
            draft[key, "watts"], draft[key, "source"] = _shortest(power.value), power.source
    for supply in board.resources:
        draft["resources", supply.unit.name, "count"] = f"{supply.count:,}"
        draft["resources", supply.unit.name, "source"] = supply.source
    return draft


def _shortest(value: float) -> str:
    """The fewest digits that read back as the same number."""
    return repr(float(value)).removesuffix(".0")


def copy_of(board: Board) -> dict[Path, str]:
    """The texts of a board of one's own that begins as a copy of another."""
    name = f"{board.name} copy"
    return draft_of(board) | {("name",): name, ("id",): slug(name)}


def slug(name: str) -> str:
    """An id made of a name: `pynq-z2-copy`."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def board_of(draft: Draft) -> Board:
    """The board. Raises BoardError at the first entry that cannot be used, with the engine's own reasons."""
    family = _family(draft)
    board = Board(
        id=_text(draft, "id"),
        name=_text(draft, "name"),
        url=_text(draft, "url"),
        part=_text(draft, "part"),
        part_source=_text(draft, "part_source"),
        family=family,
        clock=Figure(_number(draft, ("clock", "ns")), _source(draft, "clock")),
        power=_power(draft, "power"),
        running_power=_power(draft, "running_power"),
        resources=tuple(_supplies(draft, family)),
    )
    if board.id in built_in_ids():
        raise BoardError(TAKEN.format(board.id), ("id",))
    return board


def problems(draft: Draft) -> dict[Path, str]:
    """What is wrong, by path, as sentences: each mistake is found, then put right to find the next."""
    found: dict[Path, str] = {}
    mended = dict(draft)
    for _ in range(len(draft) + len(_TEXTS) + 1):
        try:
            board_of(mended)
        except BoardError as error:
            path = _entry(error.path, mended)
            found[path] = sentence(error.reason)
            mended[path] = _GOOD.get(path[-1], "x")
        else:
            break
    return found


def _entry(path: Path, draft: Draft) -> Path:
    """The text to blame: errors of a whole resource are its number's, missing sources the common one's."""
    if path == ("resources",):
        family = _family(draft)
        return ("resources", family.units[0].name, "count")
    if len(path) == 2 and path[0] == "resources":
        return (*path, "count")
    if path[-1] == "source" and not draft.get(path, "").strip():
        return COMMON
    return path


def _family(draft: Draft) -> Family:
    value = draft.get(("family",), "")
    if value not in list(Family):
        raise BoardError("must be one of " + ", ".join(Family), ("family",))
    return Family(value)


def _text(draft: Draft, key: str) -> str:
    return draft.get((key,), "").strip()


def _power(draft: Draft, key: str) -> Figure | None:
    if not draft.get((key, "watts"), "").strip():
        return None
    return Figure(_number(draft, (key, "watts")), _source(draft, key))


def _supplies(draft: Draft, family: Family) -> list[Supply]:
    supplies = []
    for unit in family.units:
        path = ("resources", unit.name)
        if draft.get((*path, "count"), "").strip():
            count = _number(draft, (*path, "count"))
            if count != int(count):
                raise BoardError("must be a whole number", (*path, "count"))
            supplies.append(Supply(unit, int(count), _source(draft, *path)))
    return supplies


def _number(draft: Draft, path: Path) -> float:
    """A number as people write it, in groups of three or not. A comma that groups nothing is refused."""
    text = draft.get(path, "").strip()
    if not text:
        raise BoardError("must not be empty", path)
    if not _NUMBER.fullmatch(text):
        raise BoardError("must be a number, such as 1,200 or 10.5", path)
    return float(text.replace(",", ""))


def _source(draft: Draft, *path: str) -> str:
    return draft.get((*path, "source"), "").strip() or draft.get(COMMON, "").strip()
