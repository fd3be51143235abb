"""The boards there are: those that ship with the studio, and those in the user's folder."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

import resources
from engine.boards.errors import BoardError, UnknownBoardError
from engine.boards.text import MAX_CHARACTERS, line_of, parse_board
from engine.boards.value import Board, Origin

SUFFIX = ".toml"
TAKEN = "'{}' is taken by a board that ships with the studio"
_BUILT_IN = Path(resources.__file__).parent / "boards"
# difflib's own 0.6 misses 'basys' typed as 'bassy'.
_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The usable boards of one folder, by id, and what was wrong with the others."""

    boards: dict[str, Board]
    problems: tuple[BoardError, ...]


def all_boards(user_folder: Path | None = None) -> tuple[Board, ...]:
    """Every usable board in the order of their ids; `board_problems` tells of the others."""
    found = _built_in().boards | _user(user_folder).boards
    return tuple(found[board_id] for board_id in sorted(found))


def board_problems(user_folder: Path | None = None) -> tuple[BoardError, ...]:
    """Why files were left out of `all_boards`, each naming its file and, where known, the line."""
    return _built_in().problems + _user(user_folder).problems


def board(board_id: str, user_folder: Path | None = None) -> Board:
    """The board with this id.

    Raises the BoardError of its file when that cannot be read, else UnknownBoardError with the nearest id.
    """
    if board_id in built_in_ids():
        return _built_in_board(board_id)
    user = _user(user_folder)
    if board_id in user.boards:
        return user.boards[board_id]
    for problem in user.problems:
        if problem.file == board_id + SUFFIX:
            raise problem
    raise UnknownBoardError(board_id, nearest_id(board_id, user_folder))


def nearest_id(wanted: str, user_folder: Path | None = None) -> str | None:
    """The id that is most like a text, None when none is like it."""
    ids = [*built_in_ids(), *_user(user_folder).boards]
    slug = "-".join(wanted.lower().replace("_", " ").replace("-", " ").split())
    holding = [each for each in ids if slug and slug in each]
    return next(iter(get_close_matches(slug, holding or ids, n=1, cutoff=0 if holding else _LIKENESS)), None)


@cache
def built_in_ids() -> frozenset[str]:
    """The ids of the boards that ship with the studio, from their files' names alone."""
    return frozenset(path.stem for path in _BUILT_IN.glob("*" + SUFFIX))


@cache
def _built_in_board(board_id: str) -> Board:
    """One built-in board; reads only its own file."""
    return _load(_BUILT_IN / (board_id + SUFFIX), Origin.BUILT_IN)


@cache
def _built_in() -> _Shelf:
    """All built-in boards."""
    return _shelf(_BUILT_IN, Origin.BUILT_IN)


def _user(folder: Path | None) -> _Shelf:
    """The boards of the user's folder, which need not exist; a built-in id cannot be taken."""
    if folder is None or not folder.exists():
        return _Shelf({}, ())
    return _shelf(folder, Origin.USER)


def _shelf(folder: Path, origin: Origin) -> _Shelf:
    """Read every board file of a folder."""
    boards: dict[str, Board] = {}
    problems: list[BoardError] = []
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.is_dir())
    except OSError as error:
        return _Shelf({}, (_unreadable(folder, error),))
    for path in paths:
        try:
            boards[path.stem] = _load(path, origin)
        except BoardError as error:
            problems.append(error)
    return _Shelf(boards, tuple(problems))


def _load(path: Path, origin: Origin) -> Board:
    """Read a board file, or recall it when it has not changed since."""
    try:
        stat = path.stat()
        return _parsed(path, origin, (stat.st_ino, stat.st_mtime_ns, stat.st_size))
    except OSError as error:
        raise _unreadable(path, error) from None


@lru_cache(maxsize=256)
def _parsed(path: Path, origin: Origin, state: tuple[int, int, int]) -> Board:
    """Read a board file; ``state`` only tells one content of the path from another."""
    text = _read(path)
    parsed = parse_board(text, path.name, origin)
    reason = ""
    if parsed.id != path.stem:
        reason = f"'{parsed.id}' must be the file's name, '{path.stem}'"
    elif origin is Origin.USER and parsed.id in built_in_ids():
        reason = TAKEN.format(parsed.id)
    if reason:
        raise BoardError(reason, ("id",), path.name, line_of(text, ("id",)))
    return parsed


def _read(path: Path) -> str:
    """The text of a board file, without the mark that some editors put before UTF-8."""
    most = 4 * MAX_CHARACTERS
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise BoardError(f"is longer than {MAX_CHARACTERS:,} characters", file=path.name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BoardError("is not text in UTF-8", file=path.name, line=line) from None


def _unreadable(path: Path, error: OSError) -> BoardError:
    """The operating system's reason, with the name of the file or folder."""
    return BoardError(f"cannot be read: {error.strerror or error}", file=path.name)
