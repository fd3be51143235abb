"""The files of a project."""

from collections.abc import Mapping

from engine.design import Target
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.frames import Frames
from engine.flows.rtl.project.board import board_project
from engine.flows.rtl.project.scripts import ON_BOARD, ON_VIVADO, readme, vivado, xdc
from engine.flows.rtl.project.testbench import testbench, vectors
from engine.flows.rtl.shell.axi import axi_name, axi_top
from engine.flows.rtl.synthesis.script import script
from engine.flows.rtl.synthesis.technology import technology_of
from engine.flows.rtl.template import script_of
from engine.flows.rtl.timeline import timeline
from engine.flows.rtl.top import JOINING, output_port, top
from engine.flows.rtl.verilog.library import library_module
from engine.flows.rtl.verilog.names import identifier
from engine.flows.rtl.word import Stream


def project_files(name: str, hardware: Hardware, target: Target, frames: Frames) -> Mapping[str, str]:
    """Path → text, of a whole project."""
    foretold = timeline(hardware)
    modules = verilog_files(hardware)
    found = {f"rtl/{module}.v": text for module, text in modules.items()}
    found[f"rtl/{axi_name(hardware)}.v"] = axi_top(hardware)
    found["testbench/testbench.v"] = testbench(hardware, frames, foretold, target.clock_ns)
    found |= {f"testbench/{file}": text for file, text in vectors(hardware, frames).items()}
    board = board_project(hardware, target, foretold)
    found |= {f"board/{file}": text for file, text in board.files.items()}
    found["build.py"] = script_of("build.py", {"TOP": axi_name(hardware), "BOARD": list(board.commands)})
    found["lint.vlt"] = script_of("lint.vlt", {})
    technology = technology_of(target.board.family)
    if technology is not None:
        found["synthesise.ys"] = script([f"rtl/{module}.v" for module in modules], hardware.name, technology)
    more = ON_VIVADO if target.board.is_amd else ON_BOARD if board.files else ""
    found["README.txt"] = readme(name, target, _about(hardware, foretold.latency, foretold.interval), more)
    if target.board.is_amd:
        found |= {"vivado.tcl": vivado(target, hardware.name), "clock.xdc": xdc(target)}
    return found


def verilog_files(hardware: Hardware) -> dict[str, str]:
    """Module → its text, the top first."""
    found = {hardware.name: top(hardware)}
    shared = {name for block in hardware.blocks for name in block.library}
    shared |= {name for name in JOINING if f"  {name} #(" in found[hardware.name]}
    found |= {block.module: block.verilog for block in hardware.blocks}
    return found | {name: library_module(name) for name in sorted(shared)}


def _about(hardware: Hardware, latency: int, interval: int) -> list[str]:
    inputs = [_port("In", identifier(layer), stream) for layer, stream in hardware.inputs.items()]
    outputs = [_port("Out", output_port(layer), hardware.gives(each)) for layer, each in hardware.outputs.items()]
    return [
        f"Top module: {hardware.name}. Latency {latency:,} cycles, one frame every {interval:,} cycles.",
        *inputs,
        *outputs,
    ]


def _port(word: str, name: str, stream: Stream) -> str:
    return f"{word}: {name}, {stream} a frame."
