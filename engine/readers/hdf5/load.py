"""The side that asks: an HDF5 file as texts and arrays."""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.readers.errors import ModelFileError

_INDEX = "index.json"
_WORKER = Path(__file__).with_name("worker.py")
FROZEN_COMMAND = "read-hdf5"
"""In an installer's single executable, the first argument that asks for `engine.readers.hdf5.worker.main`."""
_SECONDS, _SECONDS_A_MEGABYTE = 15.0, 0.05
"""After this time reading is taken for endless; sound files take a fraction of it."""
_SAVE_AGAIN = "Save the model again, or copy the file again: it may be incomplete."


@dataclass(frozen=True, slots=True)
class Hdf5Content:
    """Texts by group and name, and arrays by path; paths are without a leading slash."""

    folder: Path
    where: str
    texts: dict[str, dict[str, Any]]
    arrays: dict[str, str]
    passed_over: dict[str, str]

    def text(self, group: str, name: str) -> Any:
        """A text or list of texts attached to a group; None if there is none."""
        return self.texts.get(group, {}).get(name)

    def shape(self, path: str) -> tuple[int, ...]:
        """The extents of an array."""
        return self._mapped(path).shape

    def array(self, path: str) -> NDArray[np.float32]:
        """The values of an array. Raises ModelFileError if they are not plain finite numbers."""
        values: NDArray[np.float32] = np.array(self._mapped(path))
        if not np.isfinite(values).all():
            raise ModelFileError(f"'{path}' holds values that are not numbers", self.where, "Train the model again.")
        return values

    def _mapped(self, path: str) -> NDArray[np.float32]:
        if path in self.passed_over:
            raise ModelFileError(f"'{path}': {self.passed_over[path]}", self.where, "Save the weights as float32.")
        mapped: NDArray[np.float32] = np.load(self.folder / self.arrays[path], mmap_mode="r", allow_pickle=False)
        return mapped


@contextmanager
def open_hdf5(source: Path, where: str) -> Iterator[Hdf5Content]:
    """What an HDF5 file holds, for as long as the context lasts. Raises ModelFileError; `where` names the file."""
    with tempfile.TemporaryDirectory(prefix="codesign-hdf5-") as folder:
        run_extraction(source, Path(folder), where)
        index = json.loads((Path(folder) / _INDEX).read_text(encoding="utf-8"))
        yield Hdf5Content(Path(folder), where, index["texts"], index["arrays"], index["passed_over"])


def run_extraction(source: Path, folder: Path, where: str) -> None:
    """Run the extraction in a process of its own. Raises ModelFileError if it refuses, crashes or stalls."""
    frozen = bool(getattr(sys, "frozen", False))
    command = [FROZEN_COMMAND] if frozen else ["-P", str(_WORKER)]
    try:
        done = subprocess.run(
            [sys.executable, *command, str(source.resolve()), str(folder)],
            cwd=folder,
            # HDF5 loads no filter libraries, NumPy starts no threads.
            env={**os.environ, "HDF5_PLUGIN_PRELOAD": "::", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS + _SECONDS_A_MEGABYTE * source.stat().st_size / 1e6,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ModelFileError("The file is damaged: reading it does not come to an end", where, _SAVE_AGAIN) from None
    if done.returncode == 1 and done.stdout:
        raise ModelFileError(f"The file is damaged: {_plain(done.stdout.decode(errors='replace'))}", where, _SAVE_AGAIN)
    if done.returncode != 0:
        raise ModelFileError("The file is damaged: reading it fails", where, _SAVE_AGAIN)


def _plain(reason: str) -> str:
    """HDF5's reason, in words of one's own where it speaks of its insides."""
    cut = re.search(r"truncated file: eof = (\d+).*stored_eof = (\d+)", reason)
    return f"it ends after {int(cut[1]):,} of {int(cut[2]):,} bytes" if cut else reason
