"""Reading Keras's `.keras` archives: a zip of two texts and one HDF5 file. Nothing is unpacked but what is wanted."""

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from engine.readers.errors import ModelFileError

CONFIG, METADATA, WEIGHTS = "config.json", "metadata.json", "model.weights.h5"

_MOST_BYTES = 2 << 30
_MOST_MEMBERS = 10_000
_MOST_TEXT = 64 << 20
_LARGEST_RATIO = 200
"""Weights hardly shrink; a member that unpacks to more than this times its size is a trap."""
_SMALL = 16 << 20
_SAVE_AGAIN = "Save the model again, or copy the file again: it may be incomplete."


class Archive:
    """An open archive whose members have been checked."""

    def __init__(self, file: zipfile.ZipFile, where: str) -> None:
        self._file = file
        self._where = where
        _check(file.infolist(), where)

    def __contains__(self, name: str) -> bool:
        return name in self._file.namelist()

    def text(self, name: str) -> bytes:
        """One of the two texts. Raises ModelFileError."""
        if name not in self:
            raise ModelFileError(f"The archive has no {name}", self._where, "Save it with Keras's model.save().")
        if self._file.getinfo(name).file_size > _MOST_TEXT:
            raise ModelFileError(f"{name} is larger than 64 MB", self._where, _SAVE_AGAIN)
        return self._file.read(name)

    def copy(self, name: str, target: Path) -> None:
        """Write one member to a file of our choice."""
        with self._file.open(name) as source, target.open("wb") as sink:
            shutil.copyfileobj(source, sink)


@contextmanager
def open_archive(path: Path, where: str) -> Iterator[Archive]:
    """The archive, for as long as the context lasts. Raises ModelFileError."""
    try:
        with zipfile.ZipFile(path) as file:
            yield Archive(file, where)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OverflowError) as error:
        raise ModelFileError(f"The archive is damaged: {error}", where, _SAVE_AGAIN) from None


def _check(members: list[zipfile.ZipInfo], where: str) -> None:
    """Raise ModelFileError for members outside the archive's own folder, twice there, or far too large."""
    names = [member.filename for member in members]
    if len(set(names)) < len(names) or len(names) > _MOST_MEMBERS:
        raise ModelFileError("The archive holds the same file twice or too many files", where, _SAVE_AGAIN)
    for member in members:
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
            raise ModelFileError(
                f"The archive holds '{member.filename}', outside of its own folder",
                where,
                "Do not trust where it came from.",
            )
        if member.file_size > _SMALL and member.file_size > _LARGEST_RATIO * max(member.compress_size, 1):
            raise ModelFileError(f"'{member.filename}' unpacks to far more than it could hold", where, _SAVE_AGAIN)
    if sum(member.file_size for member in members) > _MOST_BYTES:
        raise ModelFileError("The archive unpacks to more than 2 GB", where, "Save the model without its optimiser.")
