"""The weight files of an hls4ml project: numbers as text, with the shape in the header beside them."""

import re
from dataclasses import dataclass
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.network import Shape
from engine.readers.errors import ModelFileError

_LARGEST = 512 << 20
_SHAPE = re.compile(r"//\s*Numpy array shape [\[(]([\d,\s]*)[\])]")
_VALUES = re.compile(r"=\s*\{{1,2}([^{}]*)\}")
_AGAIN = "Write the project again."


@dataclass(frozen=True, slots=True)
class Padding:
    """Zeros that fill the blocks of a kernel up: `rows` of `columns` numbers count, each is followed by zeros."""

    rows: int
    columns: int
    more_rows: int
    more_columns: int

    def without(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The numbers that count; an array that was not padded stays as it is."""
        rows, columns = self.rows + self.more_rows, self.columns + self.more_columns
        if values.size != rows * columns:
            return values
        return values.reshape(rows, columns)[: self.rows, : self.columns].ravel()


def read_array(
    folder: Path, name: str, needed: Shape, transposed: bool, padding: Padding | None = None
) -> NDArray[np.float32]:
    """One array of the project, in the shape that the network needs. Raises ModelFileError.

    `transposed`: the strategy 'resource' writes the last axis first, and yet states the shape from before.
    """
    header = _text(folder / f"{name}.h")
    written = (needed[-1], *needed[:-1]) if transposed and len(needed) > 1 else needed
    stated = _SHAPE.search(header[:2000])
    shape = tuple(int(extent) for extent in re.findall(r"\d+", stated.group(1))) if stated else needed
    values = _values(folder, name, header)
    if padding is not None and transposed:
        values = padding.without(values)
    # A dense kernel may be written as a convolution's of one pixel, and the other way round.
    if values.size != prod(needed) or _bare(shape) not in (_bare(needed), _bare(written)):
        raise ModelFileError(
            f"The weights {name} have the shape {_by(shape)}; the layer needs {_by(needed)}", f"{name}.h", _AGAIN
        )
    ordered = values.reshape(written)
    return np.moveaxis(ordered, 0, -1) if written != needed else ordered


def _values(folder: Path, name: str, header: str) -> NDArray[np.float32]:
    plain = folder / f"{name}.txt"
    body = _VALUES.search(header)
    text = _text(plain) if plain.is_file() else body.group(1) if body else ""
    try:
        values = np.array([float(word) for word in text.split(",") if word.strip()], dtype=np.float32)
    except (ValueError, OverflowError):
        raise ModelFileError(f"The weights {name} are not plain numbers", plain.name, _AGAIN) from None
    if not np.isfinite(values).all():
        raise ModelFileError(f"The weights {name} are not all numbers", plain.name, _AGAIN)
    return values


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise ModelFileError("The weights take more than 512 MB", path.name, _AGAIN)
        return path.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise ModelFileError(f"The weights cannot be read: {error.strerror}", path.name, _AGAIN) from error


def _bare(shape: Shape) -> Shape:
    return tuple(extent for extent in shape if extent != 1)


def _by(shape: Shape) -> str:
    return "×".join(map(str, shape)) or "a single number"
