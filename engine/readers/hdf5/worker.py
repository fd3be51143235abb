"""The process that meets the HDF5 library: `python worker.py SOURCE FOLDER`.

It copies texts and arrays out of an HDF5 file. Exit code 0: `FOLDER` holds what `extract` writes. Exit code 1:
standard output says what is wrong with the file. Anything else: the HDF5 library crashed. It imports nothing of the
engine, so that it starts in a tenth of a second.
"""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np

INDEX = "index.json"
_TEXTS = re.compile(r"model_config|keras_version|name|(weight|layer)_names\d*")
_LEFT_OUT = {"optimizer_weights", "optimizer"}
_FILTERS = {"gzip", "lzf", None}
_MOST_OBJECTS = 100_000
_MOST_BYTES = 2 << 30
_DEEPEST = 64
_MEMORY = 6 << 30
_SECONDS = 600
"""Of computing; whoever asked has given up long before, unless it has gone."""


class RefusedError(Exception):
    """The file holds something that no model file needs; the message says what."""


def extract(source: Path, folder: Path) -> None:
    """Copy every numeric array of an HDF5 file into `folder` as float32 .npy files, and write an index.

    The index holds the texts attached to each group, the file of each array, and why an array was passed over.
    Nothing outside the file is followed: no external or soft links, external storage or virtual data.
    """
    copy = _Copy(folder)
    with h5py.File(source, "r") as file:
        copy.group(file, "", 0)
    index = {"texts": copy.texts, "arrays": copy.arrays, "passed_over": copy.passed_over}
    (folder / INDEX).write_text(json.dumps(index), encoding="utf-8")


class _Copy:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts: dict[str, dict[str, Any]] = {}
        self.arrays: dict[str, str] = {}
        self.passed_over: dict[str, str] = {}
        self._visited: set[int] = set()
        self._bytes = 0

    def group(self, group: Any, path: str, depth: int) -> None:
        """Copy a group and all below it."""
        address = h5py.h5o.get_info(group.id).addr
        if depth > _DEEPEST or address in self._visited or len(self._visited) > _MOST_OBJECTS:
            raise RefusedError("its groups are nested without end")
        self._visited.add(address)
        self.texts[path] = {
            name: _text(group.attrs[name]) for name in list(group.attrs)[:_MOST_OBJECTS] if _TEXTS.fullmatch(name)
        }
        for name in group:
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise RefusedError(f"'{name}' points to another place or file")
            if not (depth == 0 and name in _LEFT_OUT):
                self._member(group[name], f"{path}/{name}" if path else name, depth)

    def _member(self, member: Any, path: str, depth: int) -> None:
        if isinstance(member, h5py.Group):
            self.group(member, path, depth + 1)
        elif isinstance(member, h5py.Dataset):
            self._array(member, path)

    def _array(self, array: Any, path: str) -> None:
        if array.external or array.is_virtual:
            raise RefusedError(f"the values of '{path}' are in another file")
        if array.dtype.kind not in "fiu" or array.dtype.itemsize > 8 or array.compression not in _FILTERS:
            self.passed_over[path] = f"values of type {array.dtype} are not read"
            return
        self._bytes += max(array.nbytes, 4 * array.size)
        chunk = int(np.prod(array.chunks or (1,), dtype=object)) * array.dtype.itemsize
        if max(self._bytes, chunk) > _MOST_BYTES or len(self.arrays) > _MOST_OBJECTS:
            raise RefusedError("its arrays take more than 2 GB")
        name = f"{len(self.arrays)}.npy"
        with np.errstate(over="ignore"):
            np.save(self.folder / name, array[()].astype(np.float32), allow_pickle=False)
        self.arrays[path] = name


def _text(value: Any) -> Any:
    """A text, or a list of texts."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, np.ndarray):
        return [_text(part) for part in value.ravel()[:_MOST_OBJECTS].tolist()]
    return str(value)


def main(arguments: Sequence[str]) -> int:
    """Read the file; return the exit code."""
    _limit_resources()
    source, folder = arguments
    try:
        extract(Path(source), Path(folder))
    except RefusedError as refusal:
        sys.stdout.write(str(refusal))
        return 1
    # h5py raises nearly every built-in kind of error for a damaged file.
    except Exception as error:  # noqa: BLE001
        sys.stdout.write(f"{error}"[:300])
        return 1
    return 0


def _limit_resources() -> None:
    """Let a size that damage made huge end in an error, and an endless loop in an end, where there are limits."""
    if sys.platform != "win32":
        import resource

        for kind, limit in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
