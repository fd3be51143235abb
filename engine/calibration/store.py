"""The records on disk: one small file each, so that several studios may write at once and no crash breaks another."""

import json
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from engine.calibration.record import Record, record_from_json, record_to_json
from engine.project.atomic import write_atomically

_SUFFIX = ".json"


def read(folder: Path) -> tuple[Record, ...]:
    """All records, the oldest first; a file that cannot be read is passed over: it only teaches less."""
    found = []
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        with suppress(OSError, ValueError, RecursionError):
            found.append(record_from_json(json.loads(path.read_text("utf-8"))))
    return tuple(sorted(found, key=lambda record: (record.when, record.id)))


def add(folder: Path, record: Record) -> None:
    """Write a record, in place of an earlier one of the same design at the same place. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    data = json.dumps(record_to_json(record), indent=1).encode()

    def write(file: BinaryIO) -> None:
        file.write(data)

    write_atomically(folder / f"{record.id}{_SUFFIX}", write)


def forget(folder: Path) -> None:
    """Remove all records. Raises OSError."""
    for path in folder.glob(f"*{_SUFFIX}"):
        path.unlink(missing_ok=True)
