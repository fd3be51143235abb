"""Keeping a board in the user's folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from engine.boards.catalogue import SUFFIX, TAKEN, built_in_ids
from engine.boards.errors import BoardError
from engine.boards.text import format_board
from engine.boards.value import Board


def save_board(folder: Path, board: Board) -> Path:
    """Write a board's file into a folder, which is made if need be, and return its path.

    An earlier file of the same id is replaced as a whole or, when anything fails, left as it was. Raises
    BoardError when the id is a built-in board's or the file cannot be written.
    """
    if board.id in built_in_ids():
        raise BoardError(TAKEN.format(board.id), ("id",))
    path = folder / (board.id + SUFFIX)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(path, format_board(board))
    except OSError as error:
        raise BoardError(f"cannot be written: {error.strerror or error}", file=path.name) from None
    return path


def _replace(path: Path, text: str) -> None:
    """Put a text in a file's place through a temporary file beside it."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
