"""The job itself."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

from engine.design import Design
from engine.environment import program_compiler
from engine.environment.open_tools import YOSYS
from engine.flows.hls4ml.inputs import open_tensors, read_design
from engine.flows.hls4ml.reports.report import Report, report_to_json
from engine.flows.registry import flow
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.drafted import drafted
from engine.flows.rtl.frames import Frames, made_up
from engine.flows.rtl.job.mapping import Mapped, mapped
from engine.flows.rtl.job.misfit import KINDS, Amounts, Fit, Misfit, keep
from engine.flows.rtl.job.outcome import mapped_report, outcome
from engine.flows.rtl.job.placing import OnBoard, put_on_board
from engine.flows.rtl.place import DoesNotFitError
from engine.flows.rtl.project.files import project_files
from engine.flows.rtl.proof import Proof, frames_for, prove
from engine.flows.rtl.simulate.run import SimulationError
from engine.flows.rtl.synthesis import technology_of
from engine.flows.rtl.timeline import Timeline, timeline
from engine.flows.rtl.tools import OpenToolError, Trouble, prepare
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter

_PREPARED, _MAPPED, _ALONE = 0.1, 0.5, 0.9
"""Shares of the whole job at which Yosys is ready, and all layers are mapped if placement follows or if none does."""
_WITHOUT = "Its layers are kept and not mapped again; without the step 'Place and route' you see their figures."
_AGAIN = dict.fromkeys(Trouble, _WITHOUT) | {Trouble.MEMORY: f"Close other programs and build again. {_WITHOUT}"}
RESULTS = "results.json"
"""What is known so far, in the job's folder: it stays there when the job ends early."""


def build_hardware(
    reporter: Reporter, *, design: Any, tensors: str, place_and_route: bool = False, oversized_designs: bool = False
) -> dict[str, Any]:
    """Write a design's Verilog into `project` of the job's folder, prove it, and map it with Yosys layer by layer.

    `design` is its JSON value or a file's path, `tensors` the folder of its weights. `place_and_route` adds that step;
    `oversized_designs` goes on where the estimate says that the design does not fit.
    The result is `outcome`'s, with `folder`, the project's, `bitstream`, the path of one or '', and `misfit`, why the
    design has no room on its board where that was not to be expected, else ''.
    Raises JobError with the reason and the next step; what was found until then is in `results.json`.
    """
    read = read_design(design)
    technology = technology_of(read.target.board.family)
    if technology is None:
        raise JobError(f"Yosys does not map for {read.target.board.family.label}. Choose another board.")
    store = open_tensors(tensors)
    fit = Fit(read, flow(read.target.flow), store)
    if not oversized_designs:
        reporter.phase("Looking whether it fits")
        _refuse(reporter.folder, fit.before())
    reporter.phase("Writing the Verilog")
    specification, hardware = drafted(read, store)
    foretold = timeline(hardware)
    frames = made_up(specification, frames_for(foretold))
    _write(reporter.folder / "project", read, hardware, frames)
    prepare([YOSYS], lambda text, fraction: _tell(reporter, text, _PREPARED * fraction))
    _tell(reporter, "Compiling the simulation, synthesising the layers", _PREPARED)

    def told(found: Mapped, text: str, fraction: float) -> None:
        _keep(reporter.folder, mapped_report(read, hardware, found, foretold))
        _tell(reporter, text, _PREPARED + ((_MAPPED if place_and_route else _ALONE) - _PREPARED) * fraction)

    # Most of a simulation is one compiler at work: layers are mapped meanwhile.
    with ThreadPoolExecutor(1, thread_name_prefix="simulation") as beside:
        compiled = Event()
        proving = beside.submit(_proved, reporter.folder, hardware, frames, foretold, compiled.set)
        proving.add_done_callback(lambda _: compiled.set())
        found = mapped(hardware, technology, reporter.folder / "synthesis", told)
        if not compiled.is_set():
            reporter.phase("Compiling the simulation")
            compiled.wait()
        if not proving.done():
            reporter.phase(f"Simulating {len(frames)} frames")
        proof = proving.result()
    report = mapped_report(read, hardware, found, foretold)
    if found.failures:
        raise JobError(_failure(found, len(hardware.blocks)))
    placed, misfit = _on_board(reporter, fit, hardware, foretold, report, place_and_route=place_and_route)
    reports = [report, *([placed.report] if placed else [])]
    said = placed.summary if placed else misfit.reason if misfit else ""
    return outcome(read, hardware, reports, foretold, proof, said) | {
        "folder": str(reporter.folder / "project"),
        "bitstream": placed.bitstream if placed else "",
        "misfit": misfit.reason if misfit and (place_and_route or not oversized_designs) else "",
    }


def _tell(reporter: Reporter, text: str, fraction: float) -> None:
    reporter.phase(text)
    reporter.progress(fraction)


def _write(folder: Path, design: Design, hardware: Hardware, frames: Frames) -> None:
    for path, text in project_files(design.name, hardware, design.target, frames).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


def _proved(
    folder: Path, hardware: Hardware, frames: Frames, foretold: Timeline, compiled: Callable[[], None]
) -> Proof | None:
    """What the simulation showed; None where no compiler can make one. Raises JobError where a bit is wrong."""
    if not program_compiler():
        return None
    try:
        proof = prove(hardware, frames, foretold, folder / "simulation", compiled)
    except SimulationError as error:
        raise JobError(f"The Verilog could not be simulated: {error}") from error
    if not proof.exact:
        raise JobError(
            f"The simulated Verilog is wrong: {sum(proof.wrong.values()):,} of {proof.values:,} values are not what "
            "they must be. This is a fault of the studio: please report it with the project's file."
        )
    return proof


def _refuse(folder: Path, misfit: Misfit | None) -> None:
    """Raises JobError where a design does not fit by the estimate."""
    if misfit is not None:
        keep(misfit, folder)
        raise JobError(f"{misfit.reason} The step 'Oversized designs' has it mapped all the same.")


def _short(error: DoesNotFitError, design: Design) -> Amounts:
    """What the tool says is short, as figures call it: Yosys' tables have room where those for adders do not."""
    short = error.short(design.target.board.family)
    return {name: float(short[kind]) for name, kind in KINDS.items() if kind in short}


def _on_board(
    reporter: Reporter, fit: Fit, hardware: Hardware, foretold: Timeline, report: Report, *, place_and_route: bool
) -> tuple[OnBoard | None, Misfit | None]:
    """What placing gave, where it is wanted and worth a try; or why the design has no room."""
    needed, layers = dict(report.totals), report.layers()
    counted = {name: needed[name] for name in KINDS if name in needed}
    placed, misfit = None, fit.after(needed, layers)

    def told(text: str, fraction: float) -> None:
        _tell(reporter, text, _MAPPED + (1 - _MAPPED) * fraction)

    if place_and_route and misfit is None:
        try:
            placed = put_on_board(fit.design, hardware, foretold, reporter.folder / "board", told)
        except DoesNotFitError as error:
            misfit = fit.said(str(error), _short(error, fit.design) or counted, layers)
        except OpenToolError as error:
            raise OpenToolError(error.trouble, f"{str(error).rstrip('.')}. {_AGAIN[error.trouble]}") from error
    if misfit is not None:
        keep(misfit, reporter.folder)
    return placed, misfit


def _keep(folder: Path, report: Report) -> None:
    (folder / RESULTS).write_text(json.dumps(report_to_json(report), indent=1), encoding="utf-8")


def _failure(found: Mapped, modules: int) -> str:
    name, failure = next(iter(found.failures.items()))
    others = len(found.failures) - 1
    more = f" {others} more failed." if others else ""
    return f"{name}: {failure.reason}{more} The other {modules - len(found.failures)} of {modules} are in {RESULTS}."
