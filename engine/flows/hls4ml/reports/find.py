"""The reports in the folder of an hls4ml project, wherever its tools left them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from engine.flows.hls4ml.reports.catapult import read_catapult
from engine.flows.hls4ml.reports.csynth import read_csynth
from engine.flows.hls4ml.reports.intel import read_fit, read_oneapi
from engine.flows.hls4ml.reports.intel_hls import AREA, FIT, read_intel_hls, read_intel_hls_fit
from engine.flows.hls4ml.reports.layers import LayerIndex, project_layers
from engine.flows.hls4ml.reports.libero import read_libero
from engine.flows.hls4ml.reports.report import Report
from engine.flows.hls4ml.reports.utilisation import read_utilisation

_PROJECT = "_prj"
_SOLUTION = re.compile(r"\w+\.v\d{1,6}", re.ASCII)
_SHELL = "_axi"
"""VivadoAccelerator puts a function of that name around the network."""


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report that lies in a project's folder, not read yet."""

    path: Path
    """Its file, or one of them."""
    project: str
    """The project that its tool worked on; '' where its place does not say."""
    read: Callable[[], Report | None]
    """The report with its modules mapped to layers; None where its tool left it empty. Raises ReportError."""


def project_reports(folder: Path, layers: LayerIndex | None = None) -> tuple[Report, ...]:
    """All reports of a project, the lowest tier first, modules mapped to layers; none if no tool has run.

    Without `layers` the names of the generated top function are taken. Raises ReportError.
    """
    read = (file.read() for file in report_files(folder, layers))
    return tuple(sorted((report for report in read if report is not None), key=lambda report: report.tier))


def report_files(folder: Path, layers: LayerIndex | None = None) -> tuple[ReportFile, ...]:
    """Where reports lie, to be read one by one; see `project_reports`."""
    known = layers or LayerIndex()
    amd = (*_c_synthesis(folder, layers), *_logic_synthesis(folder))
    return (*amd, *_catapult(folder, known), *_intel_hls(folder), *_oneapi_kernels(folder, known), *_libero(folder))


def _c_synthesis(folder: Path, layers: LayerIndex | None) -> Iterator[ReportFile]:
    for project in sorted(folder.glob(f"*{_PROJECT}")):
        name = project.name.removesuffix(_PROJECT)
        for reports in sorted(project.glob("**/syn/report"))[:1]:
            index = layers if layers is not None else project_layers(folder, name)
            for top, read in ((f"{name}{_SHELL}", _with_shell), (name, read_csynth)):
                files = _files(reports, top)
                if files:
                    yield ReportFile(files[0], name, _mapped(index, read, reports, name))
                    break


def _mapped(
    index: LayerIndex, read: Callable[[Path, str], Report], folder: Path, name: str
) -> Callable[[], Report | None]:
    return lambda: index.assign(read(folder, name))


def _with_shell(reports: Path, name: str) -> Report:
    """The shell's totals; its modules, and those of the network inside it."""
    shell = read_csynth(reports, f"{name}{_SHELL}")
    inner = read_csynth(reports, name).modules if _files(reports, name) else ()
    outer = tuple(module for module in shell.modules if module.name != name or not inner)
    return replace(shell, modules=(*outer, *inner))


def _files(reports: Path, top: str) -> list[Path]:
    paths = [reports / f"{top}_csynth.{ending}" for ending in ("xml", "rpt")]
    return [path for path in paths if path.is_file()]


def _logic_synthesis(folder: Path) -> Iterator[ReportFile]:
    path = folder / "vivado_synth.rpt"
    if path.is_file():
        yield ReportFile(path, "", lambda: read_utilisation(path))


def _catapult(folder: Path, layers: LayerIndex) -> Iterator[ReportFile]:
    """The newest solution: the schedule, and Vivado's run on what it generated."""
    solutions = [each for each in folder.glob(f"*{_PROJECT}*/*.v*") if _SOLUTION.fullmatch(each.name)]
    if not solutions:
        return
    newest = max(solutions, key=lambda each: (each.parent.name, int(each.name.rpartition(".v")[2])))
    schedule, resources = newest / "rtl.rpt", newest / "vivado_concat_v" / "utilization_synth.rpt"
    project = newest.name.rpartition(".v")[0]
    if schedule.is_file():
        yield ReportFile(schedule, project, lambda: layers.assign(read_catapult(schedule)))
    if resources.is_file():
        yield ReportFile(resources, project, lambda: read_utilisation(resources))


def _libero(folder: Path) -> Iterator[ReportFile]:
    path = folder / "hls_output" / "reports" / "summary.results.rpt"
    if path.is_file():
        yield ReportFile(path, "", lambda: read_libero(path))


def _intel_hls(folder: Path) -> Iterator[ReportFile]:
    for place in sorted(folder.glob("*-fpga.prj")):
        reports = place / "reports" / "lib"
        for name, read in ((AREA, read_intel_hls), (FIT, read_intel_hls_fit)):
            if (reports / name).is_file():
                yield ReportFile(reports / name, "", partial(read, reports))


def _oneapi_kernels(folder: Path, layers: LayerIndex) -> Iterator[ReportFile]:
    for place in sorted([*folder.glob("*.prj"), *folder.glob("build/*.prj")]):
        reports = place / "reports" / "resources" / "json"
        for name, read in (("summary.ndjson", _oneapi), ("quartus.ndjson", _fit)):
            if (reports / name).is_file():
                yield ReportFile(reports / name, "", read(reports, layers))


def _oneapi(reports: Path, layers: LayerIndex) -> Callable[[], Report | None]:
    return lambda: layers.assign(read_oneapi(reports))


def _fit(reports: Path, layers: LayerIndex) -> Callable[[], Report | None]:
    def read() -> Report | None:
        fit = read_fit(reports / "quartus.ndjson")
        return None if fit is None else layers.assign(fit)

    return read
