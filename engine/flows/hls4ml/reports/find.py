"""The reports in the folder of an hls4ml project, wherever its tools left them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from engine.flows.hls4ml.reports.csynth import read_csynth
from engine.flows.hls4ml.reports.intel import read_fit, read_oneapi
from engine.flows.hls4ml.reports.layers import LayerIndex, project_layers
from engine.flows.hls4ml.reports.report import Report
from engine.flows.hls4ml.reports.utilisation import read_utilisation

_PROJECT = "_prj"
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
    return (*_c_synthesis(folder, layers), *_logic_synthesis(folder), *_intel(folder, layers or LayerIndex()))


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


def _intel(folder: Path, layers: LayerIndex) -> Iterator[ReportFile]:
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
