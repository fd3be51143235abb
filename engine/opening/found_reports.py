"""Reports that lie in an hls4ml project's folder, as runs of the design that the folder opens as."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from engine.design import Design
from engine.estimate import level_of
from engine.flows.hls4ml.reports import LayerIndex, Report, ReportError, ReportFile, project_layers, report_files
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.project import DONE, FOUND, Run, design_digest, figures_of
from engine.readers import ReadProject


def runs_in(
    folder: Path, read: ReadProject, design: Design, tensors: TensorStore
) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """A run for each report of this project, the lowest tier first, and a note for each that is left out.

    No report keeps the project from being opened.
    """
    files, notes, found = report_files(folder), [], []
    layers = project_layers(folder, read.name)
    for file in files:
        try:
            report = file.read()
        except ReportError as error:
            notes.append(f"A report in the folder cannot be read and is left out. {error}")
            continue
        if report is None:
            continue
        reason = _foreign(file, report, read, layers)
        if reason:
            notes.append(f"{file.path.name} is left out: {reason}.")
        else:
            found.append((file, report))
    found.sort(key=lambda pair: pair[1].tier)
    return tuple(_runs(folder, found, design, tensors)), tuple(notes)


def _foreign(file: ReportFile, report: Report, read: ReadProject, layers: LayerIndex) -> str:
    """Why a report is not of this project, or ''."""
    if file.project not in ("", read.name):
        return f"it is of '{file.project}', the project is '{read.name}'"
    if report.part and read.part and not _same_part(report.part, read.part):
        return f"it is for the part {report.part}, the project for {read.part}"
    if layers.knows_none_of(report):
        return "it names none of this network's layers"
    return ""


def _same_part(one: str, other: str) -> bool:
    """Tools spell a part with and without dashes, and with or without its temperature grade."""
    first, second = (part.lower().replace("-", "") for part in (one, other))
    return first.startswith(second) or second.startswith(first)


def _runs(
    folder: Path, found: list[tuple[ReportFile, Report]], design: Design, tensors: TensorStore | None
) -> Iterator[Run]:
    digest, known = design_digest(design), flow(design.target.flow)
    for file, report in found:
        written = datetime.fromtimestamp(file.path.stat().st_mtime, UTC)
        yield Run(
            action=FOUND,
            state=DONE,
            started=written.isoformat(timespec="seconds"),
            seconds=0.0,
            design=digest,
            flow=design.target.flow,
            tool=report.tool_and_version,
            tier=int(report.tier),
            folder=str(folder.absolute()),
            totals=report.totals,
            layers=tuple((name, tuple(row.items())) for name, row in report.layers().items() if name in design.network),
            estimated=figures_of(known.at(level_of(report.tier)).estimate(design, tensors)),
        )
