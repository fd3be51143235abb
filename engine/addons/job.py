"""The job that adds a part: from a file, or downloaded first."""

import tempfile
import urllib.request
from pathlib import Path

from engine.addons.adding import Told, add
from engine.addons.addon import Addon, AddonError, catalogue
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter

_CHUNK = 1 << 18
_DOWNLOADED = 0.6
"""Share of the progress that a download takes."""
_SECONDS = 60
"""Without a byte for so long, a download has failed."""


def add_part(reporter: Reporter, *, addon: str, root: str, file: str | None = None) -> str:
    """Add the part of this id to the folder `root`; return where it lies. Raises JobError."""
    part = next((each for each in catalogue() if each.id == addon), None)
    if part is None:
        raise JobError(f"This studio knows no part '{addon}'.")
    try:
        if file is not None:
            return str(add(part, Path(file), Path(root), _told(reporter, 0.0)))
        # Beside the parts: where the part has room, its file has, and the folder for temporary files may be small.
        Path(root).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root, prefix=".download-") as name:
            return str(add(part, _downloaded(part, Path(name), reporter), Path(root), _told(reporter, _DOWNLOADED)))
    except AddonError as error:
        raise JobError(str(error)) from error


def _told(reporter: Reporter, before: float) -> Told:
    def told(text: str, fraction: float) -> None:
        reporter.phase(text)
        reporter.progress(before + (1 - before) * fraction)

    return told


def _downloaded(part: Addon, folder: Path, reporter: Reporter) -> Path:
    if not part.url:
        raise JobError(f"This installer names no place to download {part.title} from. Choose its file, {part.file}.")
    reporter.phase(f"Downloading {part.title}")
    target, read = folder / part.file, 0
    try:
        with urllib.request.urlopen(part.url, timeout=_SECONDS) as source, target.open("wb") as file:
            while chunk := source.read(_CHUNK):
                file.write(chunk)
                read += len(chunk)
                reporter.progress(_DOWNLOADED * min(read / part.size, 1.0))
    except OSError as error:
        reason = getattr(error, "reason", None) or error
        raise JobError(
            f"{part.title} could not be downloaded: {reason}. Check the network, or choose a file."
        ) from error
    return target
