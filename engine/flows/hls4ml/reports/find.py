"""The reports in the folder of an hls4ml project, wherever its tools left them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from engine.flows.hls4ml.reports.csynth import read_csynth
from engine.flows.hls4ml.reports.intel import read_fit, read_oneapi
from engine.flows.hls4ml.reports.layers import LayerIndex, project_layers
from engine.flows.hls4ml.reports.report import Report
from engine.flows.hls4ml.reports.utilisation import read_utilisation

_PROJECT = "_prj"
_SHELL = "_axi"
"""VivadoAccelerator puts a function of that name around the network."""


def project_reports(folder: Path, layers: LayerIndex | None = None) -> tuple[Report, ...]:
    """All reports of a project, the lowest tier first, modules mapped to layers; none if no tool has run.

    Without `layers` the names of the generated top function are taken. Raises ReportError.
    """
    found = [*_c_synthesis(folder, layers), *_logic_synthesis(folder), *_intel(folder, layers or LayerIndex())]
    return tuple(sorted(found, key=lambda report: report.tier))


def _c_synthesis(folder: Path, layers: LayerIndex | None) -> Iterator[Report]:
    for project in sorted(folder.glob(f"*{_PROJECT}")):
        name = project.name.removesuffix(_PROJECT)
        for reports in sorted(project.glob("**/syn/report"))[:1]:
            index = layers if layers is not None else project_layers(folder, name)
            if _has(reports, f"{name}{_SHELL}"):
                yield index.assign(_with_shell(reports, name))
            elif _has(reports, name):
                yield index.assign(read_csynth(reports, name))


def _with_shell(reports: Path, name: str) -> Report:
    """The shell's totals; its modules, and those of the network inside it."""
    shell = read_csynth(reports, f"{name}{_SHELL}")
    inner = read_csynth(reports, name).modules if _has(reports, name) else ()
    outer = tuple(module for module in shell.modules if module.name != name or not inner)
    return replace(shell, modules=(*outer, *inner))


def _has(reports: Path, top: str) -> bool:
    return any((reports / f"{top}_csynth.{ending}").is_file() for ending in ("xml", "rpt"))


def _logic_synthesis(folder: Path) -> Iterator[Report]:
    path = folder / "vivado_synth.rpt"
    if path.is_file():
        yield read_utilisation(path)


def _intel(folder: Path, layers: LayerIndex) -> Iterator[Report]:
    for place in sorted([*folder.glob("*.prj"), *folder.glob("build/*.prj")]):
        reports = place / "reports" / "resources" / "json"
        if (reports / "summary.ndjson").is_file():
            yield layers.assign(read_oneapi(reports))
        if (reports / "quartus.ndjson").is_file() and (fit := read_fit(reports / "quartus.ndjson")):
            yield layers.assign(fit)
