"""The convert job: write the hls4ml project of a design."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.design import Design
from engine.flows.folder import check_folder
from engine.flows.hls4ml.adapter import build_graph, version, write_project
from engine.flows.hls4ml.describe import describe
from engine.flows.hls4ml.errors import ConversionError
from engine.flows.hls4ml.inputs import open_tensors, read_design
from engine.flows.hls4ml.multipliers import command, tell_tool
from engine.flows.hls4ml.names import identifiers
from engine.flows.hls4ml.overheard import overheard
from engine.flows.hls4ml.project import project_name
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter
from engine.network import MissingTensorError, TensorStore

MARK = "hls4ml_config.yml"
"""A file that every hls4ml project has."""


def convert(reporter: Reporter, *, design: Any, tensors: str, out: str = "project") -> dict[str, Any]:
    """Write the project into `out` (relative: of the job's folder).

    `design` is its JSON value or a file's path, `tensors` the folder of its weights. The result has `summary`,
    `folder`, `project` (name of the top function), `flow`, `tool`, `files`, `built` (see `describe`) and
    `warnings` (layer and text each).
    """
    read = read_design(design)
    folder = reporter.folder / out
    check_folder(folder, MARK, "hls4ml")
    _, result = converted(reporter, read, open_tensors(tensors), folder)
    return {"summary": _summary(result), **result}


def converted(
    reporter: Reporter, design: Design, tensors: TensorStore, folder: Path, *, trace: bool = False
) -> tuple[Any, dict[str, Any]]:
    """hls4ml's graph, its project written, and what the convert job says of it. Raises JobError."""
    names = {identifier: name for name, identifier in identifiers(design.network.order).items()}
    try:
        with overheard(names) as remarks:
            reporter.phase("Converting")
            told = command(design)
            graph = build_graph(design, tensors, folder, trace=trace)
            reporter.phase("Writing the project")
            write_project(graph)
            if told:
                tell_tool(told, folder)
    except (ConversionError, MissingTensorError) as error:
        raise JobError(_reason(error)) from error
    return graph, {
        "folder": str(folder),
        "project": project_name(design),
        "flow": design.target.flow,
        "tool": f"hls4ml {version()}",
        "hls4ml": version(),
        "files": sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()),
        "built": describe(graph, design),
        "warnings": [asdict(remark) for remark in remarks],
    }


def _summary(result: dict[str, Any]) -> str:
    count, warned = len(result["built"]), len(result["warnings"])
    remarks = f", {warned} {'remark' if warned == 1 else 'remarks'}" if warned else ""
    return f"{result['tool']} wrote {count} layers in {len(result['files'])} files{remarks}."


def _reason(error: Exception) -> str:
    return str(error.args[0]) if isinstance(error, MissingTensorError) else str(error)
