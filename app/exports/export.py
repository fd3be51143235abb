"""One way to write a design to a file, as data."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.exports.subject import Subject
from engine.project.atomic import write_atomically
from engine.project.told import Told, unheard

_LONGEST_NAME = 50


def _never(_subject: Subject) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Export:
    """One way to write a subject. `write` makes the whole file or none; it raises ValueError where there is
    nothing to write and OSError where it cannot be written. `off` says why it cannot be made now, or ''."""

    id: str
    label: str
    suffix: str
    """With its dot."""
    kind: str
    """The file type in words, for the file dialog."""
    write: Callable[[Subject, Path, Told], None]
    off: Callable[[Subject], str] = _never
    stem: str = ""
    """What the suggested file name adds to the design's."""


def in_one(content: Callable[[Subject], bytes]) -> Callable[[Subject, Path, Told], None]:
    """Write what a function gives, all of it known before the file is begun."""
    return in_steps(lambda subject, _told: content(subject))


def in_steps(content: Callable[[Subject, Told], bytes]) -> Callable[[Subject, Path, Told], None]:
    """The same with a function that says how far it is."""

    def write(subject: Subject, path: Path, told: Told) -> None:
        data = content(subject, told)
        write_atomically(path, lambda file: _fill(file, data))

    return write


def suggested_name(export: Export, subject: Subject) -> str:
    """A file name made of the design's name, without what file systems refuse."""
    words = re.sub(r"[^\w.-]+", "_", subject.design.name).strip("._")[:_LONGEST_NAME]
    return f"{words or 'design'}{export.stem}{export.suffix}"


def write_export(export: Export, subject: Subject, path: Path, told: Told = unheard) -> Path:
    """Write the file, whole or not at all, and return its path, which gets the suffix if it has none.

    Raises ValueError when there is nothing to export and OSError when the file cannot be written; what
    `told` raises leaves no file.
    """
    reason = export.off(subject)
    if reason:
        raise ValueError(f"Cannot {export.label[:1].lower()}{export.label[1:].rstrip('…')}: {reason}.")
    target = path if path.suffix else path.with_name(path.name + export.suffix)
    export.write(subject, target, told)
    return target


def _fill(file: BinaryIO, data: bytes) -> None:
    file.write(data)
