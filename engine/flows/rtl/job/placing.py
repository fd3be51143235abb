"""A design on its board: placed and routed, behind the serial line where the board's pins are known."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.design import Design
from engine.environment.open_tools import OpenTool
from engine.estimate import Tier
from engine.flows.hls4ml.reports.report import INTERVAL, LATENCY, Report
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.errors import NotGeneratedError
from engine.flows.rtl.job.misfit import KINDS
from engine.flows.rtl.place import Device, Pins, Placed, device_of, pins_of, place
from engine.flows.rtl.project.board import on_board
from engine.flows.rtl.shell.serial import TOP
from engine.flows.rtl.synthesis import Source, synthesise, technology_of
from engine.flows.rtl.timeline import Timeline
from engine.flows.rtl.tools import prepare
from engine.flows.rtl.top import sources

Told = Callable[[str, float], None]
"""Is given what is being done, and how far all of it is, 0 to 1."""
_PREPARED, _MAPPED, _ROUTED = 0.1, 0.3, 0.95


@dataclass(frozen=True, slots=True)
class OnBoard:
    """What came of it: a sentence, the report, and the path of the bitstream, '' without one."""

    summary: str
    report: Report
    bitstream: str


@dataclass(frozen=True, slots=True)
class _Shell:
    """The whole design's Verilog with its top; `why` says why it cannot be spoken to, '' where it can."""

    verilog: str
    top: str
    pins: Pins | None
    why: str = ""


def put_on_board(design: Design, hardware: Hardware, foretold: Timeline, folder: Path, told: Told) -> OnBoard:
    """Place and route in `folder`; with a bitstream, `project/board` beside it gets that and what goes with it.

    Raises DoesNotFitError, else OpenToolError, and ValueError for a board no open tool places.
    """
    board = design.target.board
    device, technology = device_of(board), technology_of(board.family)
    if device is None or technology is None:
        raise ValueError(f"no open tool places the part of the {board.name}")
    prepare(_tools(device), lambda text, fraction: told(text, _PREPARED * fraction))
    shell = _shell(design, hardware)
    told("Synthesising the whole design", _PREPARED)
    synthesise(Source(f"{shell.top}.v", shell.verilog), shell.top, technology, folder, whole=True)
    told("Placing and routing", _MAPPED)
    placed = place(folder, board, clock_mhz=1000 / design.target.clock_ns, pins=shell.pins)
    told("Keeping what belongs to the board", _ROUTED)
    kept = _kept(folder, device) if shell.pins else ""
    return OnBoard(_sentence(design, placed, shell, kept), _report(design, placed, foretold, device.placer), kept)


def _tools(device: Device) -> list[OpenTool]:
    return [device.placer, device.packer]


def _shell(design: Design, hardware: Hardware) -> _Shell:
    board = design.target.board
    pins = pins_of(board.id)
    if pins is None:
        why = f"there is no bitstream, since the pins of the {board.name} are not known"
        return _Shell(sources(hardware), hardware.name, None, why)
    try:
        return _Shell(on_board(hardware, pins), TOP, pins)
    except NotGeneratedError as error:
        return _Shell(sources(hardware), hardware.name, None, f"there is no bitstream: {error}".rstrip("."))


def _kept(folder: Path, device: Device) -> str:
    """Copy the bitstream beside what else the project has for the board; return its path."""
    target = folder.parent / "project" / "board"
    shutil.copyfile(folder / device.bitstream, target / device.bitstream)
    return str(target / device.bitstream)


def _report(design: Design, placed: Placed, foretold: Timeline, placer: OpenTool) -> Report:
    board, counts = design.target.board, {name: placed.resource(kind) for name, kind in KINDS.items()}
    totals = {name: float(count) for name, count in counts.items() if count is not None}
    totals |= {LATENCY: float(foretold.latency), INTERVAL: float(foretold.interval)}
    return Report(
        Tier.PLACED_AND_ROUTED,
        placer.title,
        placer.release,
        board.part,
        tuple(totals.items()),
        tuple((name, float(count)) for name, kind in KINDS.items() if (count := board.count(kind)) is not None),
        clock_target=design.target.clock_ns,
        clock_estimate=None if placed.fmax_mhz is None else 1000 / placed.fmax_mhz,
    )


def _sentence(design: Design, placed: Placed, shell: _Shell, kept: str) -> str:
    asked, fastest = 1000 / design.target.clock_ns, placed.fmax_mhz or 0.0
    verdict = "enough for" if placed.meets_timing else "too slow for"
    clock = f"up to {fastest:,.3g} MHz, {verdict} the {asked:,.3g} MHz of the design"
    size = f"{placed.bitstream_bytes / 1e6:,.2g} MB"
    file = (
        f"the bitstream of {size} runs at the board's {shell.pins.clock_mhz:g} MHz"
        if kept and shell.pins
        else shell.why
    )
    return f"Placed and routed on the {design.target.board.name}: {clock}; {file}."
