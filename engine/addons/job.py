"""The job that adds a part: from a file, or downloaded first."""

import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any

from engine.addons.adding import Told, add, check_room, workplace
from engine.addons.addon import Addon, AddonError
from engine.jobs.disk import note_of_full_disk
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter

_CHUNK = 1 << 18
_DOWNLOADED = 0.6
"""Share of the progress that a download takes."""
_SECONDS = 60
"""Without a byte for so long, a download has failed."""


def add_part(reporter: Reporter, *, addon: dict[str, Any], root: str, file: str | None = None) -> str:
    """Add a part, given with all that the catalogue says of it, to the folder `root`; return where it lies.

    Raises JobError.
    """
    part = Addon(**addon)
    try:
        return str(_added(reporter, part, Path(root), None if file is None else Path(file)))
    except AddonError as error:
        raise JobError(str(error)) from error
    except OSError as error:
        reason = f"{error.strerror or error}.{note_of_full_disk(Path(root))}"
        raise JobError(f"{part.title} could not be added: {reason}") from error


def _added(reporter: Reporter, part: Addon, root: Path, file: Path | None) -> Path:
    if file is not None:
        return add(part, file, root, _told(reporter, 0.0))
    if not part.url:
        raise AddonError(f"This installer names no place to download {part.title} from. Choose its file, {part.file}.")
    check_room(part, root, part.size + part.installed)
    # Beside the parts: where the part has room, its file has, and the folder for temporary files may be small.
    with workplace(part, root, "download") as folder:
        return add(part, _downloaded(part, folder, reporter), root, _told(reporter, _DOWNLOADED))


def _told(reporter: Reporter, before: float) -> Told:
    said = ""

    def told(text: str, fraction: float) -> None:
        nonlocal said
        # A part has thousands of files: what has not changed is not said again.
        if text != said:
            reporter.phase(text)
            said = text
        reporter.progress(before + (1 - before) * fraction)

    return told


def _downloaded(part: Addon, folder: Path, reporter: Reporter) -> Path:
    reporter.phase(f"Downloading {part.title}")
    target, read = folder / part.file, 0
    with target.open("wb") as file:
        for chunk in _chunks(part):
            file.write(chunk)
            read += len(chunk)
            reporter.progress(_DOWNLOADED * min(read / part.size, 1.0))
    return target


def _chunks(part: Addon) -> Iterator[bytes]:
    """What comes over the network. Raises AddonError."""
    try:
        with urllib.request.urlopen(part.url, timeout=_SECONDS) as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise AddonError(
            f"{part.title} could not be downloaded: {reason}. Check the network, or choose a file."
        ) from error
