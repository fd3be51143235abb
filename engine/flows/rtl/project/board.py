"""What a project has for its board: a top that talks over the serial line, its pins, and how to make a bitstream."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.design import Target
from engine.environment.open_tools import OpenTool
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.errors import NotGeneratedError
from engine.flows.rtl.place import Device, Pins, device_of, pins_of
from engine.flows.rtl.place.pins import constraints
from engine.flows.rtl.place.place import PORTS, arguments
from engine.flows.rtl.shell.host import host_script
from engine.flows.rtl.shell.serial import TOP, line, serial_sources
from engine.flows.rtl.synthesis.script import script
from engine.flows.rtl.synthesis.technology import technology_of
from engine.flows.rtl.timeline import Timeline

Command = tuple[str, ...]
"""The package that brings a program, its name, its arguments."""


@dataclass(frozen=True, slots=True)
class BoardProject:
    """Files by their path in the folder `board`, and the commands that follow Yosys there; both may be empty."""

    files: Mapping[str, str]
    commands: tuple[Command, ...]


def board_project(hardware: Hardware, target: Target, foretold: Timeline) -> BoardProject:
    """Nothing where no open tool places the board's part, its pins are not known, or one line is not enough."""
    device, pins, technology = device_of(target.board), pins_of(target.board.id), technology_of(target.board.family)
    if device is None or pins is None or technology is None:
        return BoardProject({}, ())
    try:
        verilog, spoken = on_board(hardware, pins), line(hardware, pins.clock_mhz)
    except NotGeneratedError:
        return BoardProject({}, ())
    files = {
        f"{TOP}.v": verilog,
        f"pins.{device.dialect}": constraints(pins.by_port(PORTS), device.dialect),
        "synthesise.ys": script([f"{TOP}.v"], TOP, technology, whole=True),
        "host.py": host_script(spoken, foretold.latency / (pins.clock_mhz * 1e6)),
    }
    return BoardProject(files, _commands(device, 1000 / target.clock_ns))


def on_board(hardware: Hardware, pins: Pins) -> str:
    """All Verilog of a design behind a board's serial line. Raises NotGeneratedError where one is not enough."""
    low = {"active_low": pins.button.active_low, "led_low": pins.led.active_low}
    return serial_sources(hardware, pins.clock_mhz, **low)


def _commands(device: Device, clock_mhz: float) -> tuple[Command, ...]:
    placed = arguments(device, clock_mhz, pinned=True)
    return (_command(device.placer, placed), _command(device.packer, device.pack))


def _command(tool: OpenTool, arguments: tuple[str, ...]) -> Command:
    return (tool.package, tool.program, *arguments)
