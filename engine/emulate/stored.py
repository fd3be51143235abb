"""Arrays in a NumPy file, read without executing anything and no more of them than is asked for.

NumPy's own reader takes an array as a whole: a small file may then ask for more memory than there is.
"""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

Array = NDArray[Any]

BARE = "x"
"""What the one array of a `.npy` is called."""

_ENDING = ".npy"
_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
_MOST_BYTES = 1 << 31
_BROKEN = (ValueError, EOFError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)


class DataError(ValueError):
    """A file of samples that cannot be used; the message says what is wrong, where, and what is expected."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An array's shape and kind, known before its values are read."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    columns_first: bool = False

    @property
    def is_numbers(self) -> bool:
        """Whether it holds real numbers."""
        return self.dtype.kind in "fiub"

    @property
    def form(self) -> str:
        """`float32 of 100×28×28`."""
        kind = "Python objects" if self.dtype.hasobject else str(self.dtype)
        return f"{kind} of {'×'.join(map(str, self.shape)) or 'one value'}"


def stored_arrays(path: Path) -> Mapping[str, Stored]:
    """Name → what is stored in a `.npz`; a `.npy` has one, `x`. Raises DataError."""
    with _reading(path) as file:
        return {name: _header(stream) for name, stream in _streams(file)}


def read_rows(path: Path, name: str, count: int) -> Array:
    """The first `count` rows of an array of numbers. Raises DataError."""
    with _reading(path) as file:
        for _, stream in _streams(file, name):
            return _rows(stream, _header(stream), name, path, count)
        raise KeyError(name)


def _rows(stream: IO[bytes], stored: Stored, name: str, path: Path, count: int) -> Array:
    shape = (min(count, stored.shape[0]), *stored.shape[1:])
    read = prod(stored.shape if stored.columns_first else shape)
    if read * stored.dtype.itemsize > _MOST_BYTES:
        raise DataError(f"'{name}' in {path.name} takes more than 2 GB; give a part of the samples.")
    data = stream.read(read * stored.dtype.itemsize)
    if len(data) != read * stored.dtype.itemsize:
        raise DataError(f"{path.name} ends in the middle of '{name}'. Write it again with numpy.savez.")
    flat: Array = np.frombuffer(data, stored.dtype)
    if stored.columns_first:
        return flat.reshape(stored.shape, order="F")[: shape[0]]
    return flat.reshape(shape)


@contextmanager
def _reading(path: Path) -> Iterator[IO[bytes]]:
    """The open file; whatever is wrong with it becomes a DataError."""
    try:
        with path.open("rb") as file:
            yield file
    except DataError:
        raise
    except OSError as error:
        raise DataError(f"{path.name} could not be read: {error.strerror or error}.") from error
    except _BROKEN as error:
        raise DataError(
            f"{path.name} is damaged or not a NumPy file ({error}). Write it again with numpy.savez."
        ) from error


def _streams(file: IO[bytes], wanted: str = "") -> Iterator[tuple[str, IO[bytes]]]:
    """The arrays' names, each with a stream that stands at its header; all of them, or the one wanted."""
    start = file.read(len(npy.MAGIC_PREFIX))
    file.seek(0)
    if start == npy.MAGIC_PREFIX:
        yield BARE, file
    elif start.startswith(b"PK"):
        with zipfile.ZipFile(file) as archive:
            for member in archive.namelist():
                name = member.removesuffix(_ENDING)
                if member.endswith(_ENDING) and (not wanted or name == wanted):
                    with archive.open(member) as stream:
                        yield name, stream
    else:
        found = "is empty" if not start else "is neither a .npz nor a .npy file"
        name = Path(file.name).name
        raise DataError(f"{name} {found}. Write the samples with numpy.savez('{Path(name).stem}.npz', x=..., y=...).")


def _header(stream: IO[bytes]) -> Stored:
    version = npy.read_magic(stream)
    if version not in _HEADERS:
        raise ValueError(f"its format has the version {'.'.join(map(str, version))}")
    shape, columns_first, dtype = _HEADERS[version](stream)
    return Stored(shape, dtype, columns_first)
