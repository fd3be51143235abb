"""The convert job: write the Verilog project of a design."""

import os
from pathlib import Path
from typing import Any

from engine.design import Design
from engine.flows.hls4ml.inputs import open_tensors, read_design
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.drafted import drafted
from engine.flows.rtl.frames import made_up
from engine.flows.rtl.project.files import project_files
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter

_MARK = "rtl"
"""A folder that every project has."""
_FRAMES = 20


def convert(reporter: Reporter, *, design: Any, tensors: str, out: str = "project") -> dict[str, Any]:
    """Write the project into `out` (relative: of the job's folder).

    `design` is its JSON value or a file's path, `tensors` the folder of its weights. The result has `summary`,
    `folder`, `project` (name of the top module), `flow`, `tool`, `files` and `warnings` (none). Raises JobError.
    """
    read = read_design(design)
    folder = reporter.folder / out
    _check_folder(folder)
    reporter.phase("Writing the Verilog")
    specification, hardware = drafted(read, open_tensors(tensors))
    files = project_files(read.name, hardware, read.target, made_up(specification, _FRAMES))
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    return {
        "summary": _summary(read, hardware, len(files)),
        "folder": str(folder),
        "project": hardware.name,
        "flow": read.target.flow,
        "tool": "Codesign Studio",
        "files": sorted(files),
        "warnings": [],
    }


def _summary(design: Design, hardware: Hardware, files: int) -> str:
    count = len(hardware.blocks)
    return f"{count} module{'' if count == 1 else 's'} of {design.name} as Verilog, in {files} files."


def _check_folder(folder: Path) -> None:
    """Make the folder; refuse to write among files of somebody else's. Raises JobError."""
    if folder.is_file():
        raise JobError(f"{folder} is a file; a folder is needed.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _MARK).is_dir():
        raise JobError(f"The folder {folder} is not empty and holds no Verilog project. Choose another one.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JobError(f"The folder {folder} cannot be made: {error.strerror}. Choose another one.") from error
    if not os.access(folder, os.W_OK):
        raise JobError(f"Nothing may be written to the folder {folder}. Choose another one.")
