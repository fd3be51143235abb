"""The frame of a generated module: what it is, in words, and its ports."""

from collections.abc import Mapping, Sequence
from textwrap import indent

from engine.flows.rtl.word import Stream


def module(name: str, about: Sequence[str], inputs: Mapping[str, Stream], output: Stream, body: str) -> str:
    """A module with a clock, a reset, streams in (prefix → stream) and one out (prefix `m`)."""
    ports = ["input  wire clk", "input  wire rst"]
    for prefix, stream in inputs.items():
        ports += [f"input  wire {prefix}_valid", f"output wire {prefix}_ready"]
        ports += [f"input  wire [{stream.bits - 1}:0] {prefix}_data"]
    ports += ["output wire m_valid", "input  wire m_ready", f"output wire [{output.bits - 1}:0] m_data"]
    comment = indent("\n".join(about), "// ")
    listed = ",\n".join(f"  {port}" for port in ports)
    return f"{comment}\nmodule {name} (\n{listed}\n);\n{indent(body, '  ')}\nendmodule\n"


def counter_bits(count: int) -> int:
    """Bits of a counter to `count` - 1; at least one."""
    return max((count - 1).bit_length(), 1)
