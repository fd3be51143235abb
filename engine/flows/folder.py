"""The folder that a project is written into."""

import os
from pathlib import Path

from engine.jobs.errors import JobError


def check_folder(folder: Path, mark: str, kind: str) -> None:
    """Make the folder; refuse to write among files of somebody else's. Raises JobError.

    Every project of a kind (`hls4ml`, `Verilog`) has the file or folder `mark`, by which it is known and written anew.
    """
    if folder.is_file():
        raise JobError(f"{folder} is a file; a folder is needed.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / mark).exists():
        raise JobError(f"The folder {folder} is not empty and holds no {kind} project. Choose another one.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JobError(f"The folder {folder} cannot be made: {error.strerror}. Choose another one.") from error
    if not os.access(folder, os.W_OK):
        raise JobError(f"Nothing may be written to the folder {folder}. Choose another one.")
