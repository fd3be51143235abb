"""Weights: immutable arrays in a content-addressed folder of memory-mapped files.

A network holds only their references, so that snapshots stay small and equal networks compare equal.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.network.op import Shape

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TensorRef:
    """Names an array by its content: SHA-256 of shape and float32 bytes, in hexadecimal."""

    digest: str
    shape: Shape


class MissingTensorError(KeyError):
    """A referenced array is not in the store."""


class TensorStore:
    """A folder with one `.npy` file an array. Several processes may share it: files are never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._open: dict[str, Array] = {}

    def put(self, array: NDArray[np.generic]) -> TensorRef:
        """Store a copy as float32 and return its reference; an array already there costs no space."""
        values = np.ascontiguousarray(array, dtype=np.float32)
        digest = hashlib.sha256(repr(values.shape).encode() + values.tobytes()).hexdigest()
        if not self._path(digest).exists():
            self._write(digest, values)
        return TensorRef(digest, values.shape)

    def get(self, ref: TensorRef) -> Array:
        """The read-only array, mapped from disk. Raises MissingTensorError."""
        if ref.digest not in self._open:
            try:
                self._open[ref.digest] = np.load(self._path(ref.digest), mmap_mode="r", allow_pickle=False)
            except FileNotFoundError as error:
                raise MissingTensorError(f"The weights {ref.digest[:12]} are not at hand.") from error
        return self._open[ref.digest]

    def digests(self) -> set[str]:
        """What is stored."""
        return {path.stem for path in self.folder.glob("*.npy")}

    def sweep(self, keep: set[str]) -> None:
        """Delete every array whose digest is not in `keep`."""
        for digest in self.digests() - keep:
            self._open.pop(digest, None)
            self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self.folder / f"{digest}.npy"

    def _write(self, digest: str, values: Array) -> None:
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            np.save(file, values, allow_pickle=False)
        Path(name).replace(self._path(digest))
