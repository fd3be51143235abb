"""A disk without room is why most tools end that ended well before, and few of them say so."""

import os
import shutil
import tempfile
from pathlib import Path

_FULL = 1_000_000
"""Bytes of free room under which a tool cannot have written its files."""


def note_of_full_disk(folder: Path) -> str:
    """' The disk with ... is full.' where `folder`, or that of temporary files, has no room; else ''."""
    for place in (folder, Path(os.environ.get("TMPDIR") or tempfile.gettempdir())):
        if place.is_dir() and shutil.disk_usage(place).free < _FULL:
            return f" The disk with {place} is full: make room there, then run it again."
    return ""
