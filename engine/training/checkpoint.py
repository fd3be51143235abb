"""What a training leaves in its folder after each epoch, from which another one goes on."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

CURVE = "curve.ndjson"


@dataclass(frozen=True, slots=True)
class Point:
    """One epoch of a phase; accuracies are None where answers are values."""

    phase: str
    epoch: int
    loss: float
    validation_loss: float | None = None
    accuracy: float | None = None
    validation_accuracy: float | None = None


class Checkpoint:
    """The files of a training: its curve, and of each phase the state after the last epoch and the best weights."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def append(self, point: Point) -> None:
        """Add an epoch to the curve."""
        with (self._folder / CURVE).open("a", encoding="utf-8") as file:
            file.write(_line(point))

    def go_on(self, phase: str, epochs: int) -> None:
        """Keep of a phase's curve so many epochs: later ones are run again, or were of another design's weights."""
        kept = [point for point in self.curve() if point.phase != phase or point.epoch < epochs]
        part = self._folder / f"{CURVE}.part"
        part.write_text("".join(_line(point) for point in kept), encoding="utf-8")
        os.replace(part, self._folder / CURVE)

    def curve(self) -> tuple[Point, ...]:
        """The epochs so far; half a line, as a killed worker leaves it, is no epoch."""
        return read_curve(self._folder / CURVE)

    def keep(self, name: str, arrays: Iterable[Array]) -> None:
        """Write numbers as one row: a state of many small arrays is written in a fraction of a millisecond."""
        row = np.concatenate([np.asarray(each, np.float32).ravel() for each in arrays])
        part = self._folder / f"{name}.part"
        with part.open("wb") as file:
            np.save(file, row, allow_pickle=False)
        os.replace(part, self._folder / f"{name}.npy")

    def kept(self, name: str, like: Iterable[Array]) -> list[Array] | None:
        """The same numbers in the shapes of `like`; None where there are none, or others."""
        path, shapes = self._folder / f"{name}.npy", [np.shape(each) for each in like]
        if not path.exists():
            return None
        row, ends = np.load(path, allow_pickle=False), np.cumsum([int(np.prod(shape)) for shape in shapes])
        if row.shape != (int(ends[-1]),):
            return None
        return [part.reshape(shape) for part, shape in zip(np.split(row, ends[:-1]), shapes, strict=True)]

    def copy_from(self, other: "Checkpoint") -> None:
        """Take over what another training has left."""
        for path in (*other._folder.glob("*.npy"), other._folder / CURVE):
            if path.is_file():
                (self._folder / path.name).write_bytes(path.read_bytes())


def read_curve(path: Path) -> tuple[Point, ...]:
    """The epochs in a curve's file; none where there is no such file."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError:
        return ()
    points = (_point(line) for line in lines)
    return tuple(point for point in points if point is not None)


def _line(point: Point) -> str:
    return json.dumps(asdict(point)) + "\n"


def _point(line: str) -> Point | None:
    try:
        value: Mapping[str, Any] = json.loads(line)
        return Point(**value)
    except (ValueError, TypeError):
        return None
