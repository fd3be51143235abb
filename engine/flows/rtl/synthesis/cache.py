"""Results by the content of what they are of: a module that has not changed is not mapped again."""

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from engine.environment.compiled import cache_folder
from engine.flows.rtl.synthesis.cells import Cells, cells_from_json, cells_to_json
from engine.flows.rtl.synthesis.source import Source
from engine.project.atomic import write_atomically


class ResultCache:
    """A folder of results; any number of threads and programs may read and write it at once.

    `hits` and `misses` count what was asked of this object.
    """

    def __init__(self, folder: Path) -> None:
        self.hits = self.misses = 0
        self._folder = folder
        self._lock = threading.Lock()

    def find(self, key: str) -> Cells | None:
        """The result under a key; None where there is none, or none that can be read."""
        found = self._read(key)
        with self._lock:
            if found is None:
                self.misses += 1
            else:
                self.hits += 1
        return found

    def keep(self, key: str, cells: Cells) -> None:
        """Put a result under its key. A disk that is full or write-protected costs the next run, not this one."""
        text = json.dumps({"key": key, "cells": cells_to_json(cells)}, sort_keys=True).encode()

        def write(file: BinaryIO) -> None:
            file.write(text)

        with suppress(OSError):
            self._file(key).parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file(key), write)

    def _read(self, key: str) -> Cells | None:
        try:
            value = json.loads(self._file(key).read_text(encoding="utf-8"))
            return cells_from_json(value["cells"]) if value["key"] == key else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def user_cache() -> ResultCache:
    """The user's own cache."""
    return ResultCache(cache_folder() / "synthesis")


def key_of(sources: Sequence[Source], script: str, yosys: str) -> str:
    """The digest of all that decides a result: Verilog, commands, version of Yosys."""
    parts = [yosys, script, *(source.verilog for source in sources)]
    return sha256(json.dumps(parts).encode()).hexdigest()
