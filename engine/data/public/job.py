"""The fetch job: a public set from its page to a NumPy file on this computer."""

from pathlib import Path
from typing import Any

import numpy as np

from engine.data.public.download import FetchError, download
from engine.data.public.places import place_of
from engine.data.public.sets import PUBLIC, PublicSet
from engine.emulate.stored import DataError
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter
from engine.project.atomic import write_atomically

ENTRY = "engine.data.public.job:fetch"
_FETCHED = 0.9
"""Share of the progress that fetching takes."""


def fetch(reporter: Reporter, *, name: str) -> dict[str, Any]:
    """Fetch a set; what is there already is not fetched again. Raises JobError."""
    found = PUBLIC.get(name)
    if found is None:
        raise JobError(f"There is no public set '{name}'; those known are {', '.join(PUBLIC)}.")
    target = place_of(name)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        archive = _archive(found, target.parent, reporter)
        reporter.phase(f"Reading {found.title}")
        arrays = found.arrays(archive)
        write_atomically(target, lambda file: np.savez_compressed(file, allow_pickle=False, **arrays))
        archive.unlink()
    except (FetchError, DataError) as error:
        raise JobError(str(error)) from error
    except OSError as error:
        raise JobError(f"{target.parent} could not be written: {error.strerror or error}.") from error
    return {"summary": f"{found.title} is on this computer: choose it under Network, Data set…", "file": str(target)}


def _archive(found: PublicSet, folder: Path, reporter: Reporter) -> Path:
    """The fetched file; one that was put there by hand serves where its page cannot be asked. Raises FetchError."""
    archive = folder / found.file
    reporter.phase(f"Looking for {found.title}")
    try:
        wanted = found.find()
    except FetchError as error:
        if archive.is_file():
            return archive
        raise FetchError(f"{error} Or fetch it from {found.source} elsewhere, and put it here as {archive}.") from error
    reporter.phase(f"Fetching {found.title}")

    def told(count: int, total: int) -> None:
        reporter.progress(_FETCHED * count / total if total else None)

    download(wanted.url, archive, wanted.digest, told)
    return archive
