"""Placing, routing and packing one design."""

import json
from collections.abc import Mapping
from pathlib import Path

from engine.boards import Board
from engine.flows.rtl.place import report
from engine.flows.rtl.place.device import Device, device_of
from engine.flows.rtl.place.pins import Pins, constraints
from engine.flows.rtl.place.placed import Placed
from engine.flows.rtl.synthesis.script import NETLIST
from engine.flows.rtl.tools import OpenToolError, Usage, run_tool
from engine.flows.rtl.tools.process import read_log

PORTS = {name: name for name in ("button", "uart_rx", "uart_tx", "led")} | {"clock": "clk"}
"""The ports of a design by the pins of a board, where the design keeps to these names."""
LOG, PACK_LOG = "nextpnr.log", "pack.log"
_REPORT = "report.json"
_SEED = "1"


def place(
    folder: Path,
    board: Board,
    *,
    clock_mhz: float,
    pins: Pins | None = None,
    ports: Mapping[str, str] = PORTS,
) -> Placed:
    """Place and route the design whose netlist `synthesise(..., whole=True)` left in `folder`, for a board.

    With `pins` its ports are put on the board's pins and a bitstream is made. Without, they are put anywhere: that
    tells what fits and how fast, and gives no bitstream, which would drive pins it must not. Placement is tuned for
    `clock_mhz`; a slower result is a result. Raises DoesNotFitError, else OpenToolError, and ValueError for a board
    that no open tool places.
    """
    device = device_of(board)
    if device is None:
        raise ValueError(f"no open tool places the part of the {board.name}")
    used = _placed(folder, board, device, clock_mhz, pins, ports)
    size = _packed(folder, device) if pins else 0
    found = json.loads((folder / _REPORT).read_text(encoding="utf-8"))
    return Placed(
        family=board.family,
        clocks=report.clocks(found),
        uses=report.uses(found),
        slowest=report.slowest(found),
        bitstream=device.bitstream if pins else "",
        bitstream_bytes=size,
        nextpnr=device.placer.version,
        cpu_seconds=used.cpu_seconds,
        peak_memory=used.peak_memory,
        warnings=report.warnings(read_log(folder / LOG)),
    )


def arguments(device: Device, clock_mhz: float, *, pinned: bool) -> tuple[str, ...]:
    """What nextpnr is told, in a folder with a netlist and, where its ports are `pinned`, the file of pins."""
    where = device.constrained if pinned else device.free
    run = ("--report", _REPORT, "--freq", f"{clock_mhz:.6g}", "--timing-allow-fail", "--seed", _SEED)
    return ("--json", NETLIST, *device.part, *where, *device.output, *run)


def _placed(
    folder: Path, board: Board, device: Device, clock_mhz: float, pins: Pins | None, ports: Mapping[str, str]
) -> Usage:
    if pins:
        text = constraints(pins.by_port(ports), device.dialect)
        (folder / f"pins.{device.dialect}").write_text(text, encoding="utf-8", newline="\n")
    try:
        return run_tool(device.placer, arguments(device, clock_mhz, pinned=pins is not None), folder, LOG)
    except OpenToolError as error:
        raise report.explained(error, read_log(folder / LOG), board.name) from error


def _packed(folder: Path, device: Device) -> int:
    run_tool(device.packer, device.pack, folder, PACK_LOG)
    return (folder / device.bitstream).stat().st_size
