"""The synthesise job: convert, run the vendor's tool on the project, read what it reports."""

import sys
from collections import deque
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from engine.design import Design
from engine.flows.hls4ml.backends import BACKENDS, Backend
from engine.flows.hls4ml.convert import converted
from engine.flows.hls4ml.failures import explain, first_error, is_error, remarks, save
from engine.flows.hls4ml.inputs import open_tensors, read_design
from engine.flows.hls4ml.remote import remote_place
from engine.flows.hls4ml.reports import LayerIndex, Report, ReportError, project_layers, project_reports
from engine.flows.hls4ml.synthesis.follow import Follower
from engine.flows.hls4ml.synthesis.outcome import outcome
from engine.flows.hls4ml.synthesis.place import Place, this_computer
from engine.flows.hls4ml.synthesis.steps import Wishes, prepare, steps
from engine.flows.hls4ml.synthesis.tools import Found, located
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter, explain_code

_CONVERTED, _RUN = 0.05, 0.97
"""Shares of the whole job at which the tool starts and ends."""
_TAIL, _ERRORS, _WARNINGS = 3_000, 300, 1_000
"""Lines that are kept of a run: its last ones, the first errors, the last warnings."""
_LONGEST_LINE = 4_000
_READABLE = ("vitis", "vivado", "vivado_accelerator", "oneapi")
"""Flows whose reports the studio reads."""


def synthesise(
    reporter: Reporter,
    *,
    design: Any,
    tensors: str,
    tool_paths: Mapping[str, str] | None = None,
    logic_synthesis: bool = False,
    export: bool = False,
    remote: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Synthesise a design with the tool of its flow; the project is written into `project` of the job's folder.

    `design` is its JSON value or a file's path, `tensors` the folder of its weights. `tool_paths` names folders or
    executables of tools by their ids in `engine.environment`. `logic_synthesis` and `export` add these steps. With
    `remote` (see `remote_place`) the tool runs on another computer, and the paths are of that one. The result is
    `outcome`'s, with `project`, `folder`, `hls4ml` and `warnings` of the conversion. Raises JobError with the reason
    and the next step.
    """
    read, wishes = read_design(design), Wishes(logic_synthesis, export)
    backend = _backend(read)
    with _place(reporter, tool_paths or {}, remote) as place:
        reporter.phase("Looking for the tool")
        found = located(place, backend, wishes)
        folder = reporter.folder / "project"
        _, made = converted(reporter, read, open_tensors(tensors), folder)
        reporter.progress(_CONVERTED)
        run = _Run(reporter, place, found, _layers(folder, made), wishes)
        run.build(backend, folder, made["project"])
    reporter.phase("Reading the reports")
    reports = _read(folder, run, backend)
    result = outcome(read, reports, run.tool, remarks(run.lines, run.layers), made["project"])
    return result | {key: made[key] for key in ("project", "folder", "hls4ml", "warnings")}


def _backend(design: Design) -> Backend:
    backend = BACKENDS.get(design.target.flow)
    if backend is None:
        raise JobError(f"'{design.target.flow}' is not a flow of hls4ml. Choose one of {', '.join(BACKENDS)}.")
    return backend


def _place(
    reporter: Reporter, paths: Mapping[str, str], remote: Mapping[str, Any] | None
) -> AbstractContextManager[Place]:
    return this_computer(reporter, paths) if remote is None else remote_place(reporter, paths, remote)


def _layers(folder: Path, made: Mapping[str, Any]) -> LayerIndex:
    """hls4ml's numbers and functions → the user's layers; an inserted layer counts to the one it serves."""
    built = {entry["name"]: entry for entry in made["built"]}
    names = {name: entry["sources"][0] if entry["sources"] else name for name, entry in built.items()}
    numbers = {int(entry["attributes"]["index"]): names[name] for name, entry in built.items() if _numbered(entry)}
    functions = project_layers(folder, made["project"]).renamed(names).by_function
    return LayerIndex(numbers, functions)


def _numbered(entry: Mapping[str, Any]) -> bool:
    return isinstance(entry["attributes"].get("index"), int)


class _Run:
    """One run of the tools: follows their lines and keeps those that explain how it ended."""

    def __init__(self, reporter: Reporter, place: Place, found: Found, layers: LayerIndex, wishes: Wishes) -> None:
        self.layers = layers
        self._reporter, self._place, self._found, self._wishes = reporter, place, found, wishes
        self._follower = Follower(layers, logic_synthesis=wishes.logic_synthesis)
        self._errors: list[str] = []
        self._warnings: deque[str] = deque(maxlen=_WARNINGS)
        self._tail: deque[str] = deque(maxlen=_TAIL)
        self._phase = ""

    @property
    def tool(self) -> str:
        """The tool and its version, as far as it has said so."""
        return self._follower.tools[0] if self._follower.tools else self._found.title

    @property
    def lines(self) -> list[str]:
        """Errors and warnings of the whole run, and its last lines."""
        return [*self._errors, *self._warnings, *self._tail]

    def build(self, backend: Backend, folder: Path, project: str) -> None:
        """Run all steps in the project. Raises JobError with the reason of the first that fails."""
        prepare(backend, folder, self._wishes)
        self._place.send(folder)
        for step in steps(backend, self._found.path, project, self._wishes):
            self._say(step.phase)
            code = self._place.run(step.command, self._found.folders, self._watch)
            if code != 0:
                self._keep_what_there_is(folder)
                raise self.failure(f"{self.tool} {explain_code(code)}.")
        self._place.fetch(folder)

    def failure(self, otherwise: str) -> JobError:
        """The error for a run that gave no result; its explanation is left in the job's folder for the window."""
        found = explain(self.lines, self.layers)
        if found is None:
            said = first_error(self.lines)
            return JobError(f"{otherwise} {f'It said: {said}' if said else 'The log may say why.'}")
        save(found, self._reporter.folder)
        return JobError(str(found))

    def _keep_what_there_is(self, folder: Path) -> None:
        try:
            self._place.fetch(folder)
        except JobError as error:
            # The tool's own failure is the reason of the job.
            sys.stderr.write(f"{error}\n")

    def _watch(self, line: str) -> None:
        text = line[:_LONGEST_LINE]
        self._tail.append(text)
        if is_error(text) and len(self._errors) < _ERRORS:
            self._errors.append(text)
        elif "WARNING" in text:
            self._warnings.append(text)
        known = len(self._follower.tools)
        moment = self._follower.line(text)
        if len(self._follower.tools) > known:
            self._reporter.metric("tool", self.tool)
        if moment is not None:
            self._say(moment.phase)
            self._reporter.progress(_CONVERTED + (_RUN - _CONVERTED) * moment.fraction)

    def _say(self, phase: str) -> None:
        if phase != self._phase:
            self._phase = phase
            self._reporter.phase(phase)


def _read(folder: Path, run: _Run, backend: Backend) -> tuple[Report, ...]:
    try:
        reports = project_reports(folder, run.layers)
    except ReportError as error:
        raise JobError(f"A report of {run.tool} cannot be read. {error}") from error
    if not reports and backend.flow in _READABLE:
        raise run.failure(f"{run.tool} ended without a report.")
    return reports
