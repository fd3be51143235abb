"""The convert job: write the Verilog project of a design."""

from typing import Any

from engine.design import Design
from engine.flows.folder import check_folder
from engine.flows.hls4ml.inputs import open_tensors, read_design
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.drafted import drafted
from engine.flows.rtl.frames import made_up
from engine.flows.rtl.project.files import project_files
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
    check_folder(folder, _MARK, "Verilog")
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
