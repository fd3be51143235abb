"""The top with its layers as empty boxes: what lies between them is mapped by itself."""

from engine.flows.rtl.block import Block
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.top import JOINING, top
from engine.flows.rtl.verilog.library import with_library
from engine.flows.rtl.word import Stream


def between(hardware: Hardware) -> str:
    """Verilog of the top and of what joins streams; its layers are black boxes."""
    boxes = "\n".join(_box(block) for block in hardware.blocks)
    return with_library(f"{boxes}\n{top(hardware)}", JOINING)


def _box(block: Block) -> str:
    reads = [
        line for index, each in enumerate(block.reads) for line in _port(block.port(index), each, "input", "output")
    ]
    listed = ", ".join(["input wire clk", "input wire rst", *reads, *_port("m", block.gives, "output", "input")])
    return f"(* blackbox *) module {block.module} ({listed});\nendmodule"


def _port(prefix: str, stream: Stream, data: str, ready: str) -> list[str]:
    wires = [f"{data} wire {prefix}_valid", f"{ready} wire {prefix}_ready"]
    return [*wires, f"{data} wire [{stream.bits - 1}:0] {prefix}_data"]
