"""The top module: all blocks, joined by what turns one's words into those of the next."""

from collections.abc import Iterator
from textwrap import indent

from engine.flows.rtl.build import Hardware
from engine.flows.rtl.joint import steps
from engine.flows.rtl.timeline import timeline
from engine.flows.rtl.verilog.library import with_library
from engine.flows.rtl.verilog.module import counter_bits
from engine.flows.rtl.verilog.names import identifier
from engine.flows.rtl.word import Stream

FORK, FIFO = "fork_stream", "fifo"
JOINING = frozenset({"gather", "spread", FORK, FIFO})
"""Shared modules that lie between the blocks."""

_Reader = tuple[str, Stream, int]
"""Prefix of the wires that somebody reads, how, and how many words wait there."""


def sources(hardware: Hardware) -> str:
    """All Verilog of a design in one text: the shared modules, those of its layers, and the top."""
    names = {name for block in hardware.blocks for name in block.library} | JOINING
    modules = "\n".join(block.verilog for block in hardware.blocks)
    return with_library(f"{modules}\n{top(hardware)}", names)


def top(hardware: Hardware) -> str:
    """The module that has the design's inputs and outputs as streams, named as the user's layers."""
    body = [text for source, readers in _readers(hardware).items() for text in _joined(hardware, source, readers)]
    body += [_instance(block.module, [block.port(i) for i in range(len(block.reads))]) for block in hardware.blocks]
    ports = ["input  wire clk", "input  wire rst"]
    for layer, stream in hardware.inputs.items():
        ports += _ports(identifier(layer), stream, "input ", "output")
    for layer, source in hardware.outputs.items():
        ports += _ports(output_port(layer), hardware.gives(source), "output", "input ")
    listed = ",\n".join(f"  {port}" for port in ports)
    text = indent("\n".join(body), "  ")
    return f"module {hardware.name} (\n{listed}\n);\n{text}\nendmodule\n"


def output_port(layer: str) -> str:
    """Prefix of an output's wires."""
    return f"{identifier(layer)}_out"


def _ports(prefix: str, stream: Stream, data: str, ready: str) -> list[str]:
    return [
        f"{data} wire {prefix}_valid",
        f"{ready} wire {prefix}_ready",
        f"{data} wire [{stream.bits - 1}:0] {prefix}_data",
    ]


def _readers(hardware: Hardware) -> dict[str, list[_Reader]]:
    """Block or entry → who reads it, in order."""
    readers: dict[str, list[_Reader]] = {entry: [] for entry in hardware.entries.values()}
    readers.update((block.name, []) for block in hardware.blocks)
    buffers = timeline(hardware).buffers
    for block in hardware.blocks:
        for index, source in enumerate(block.sources):
            readers[source].append(
                (f"{block.module}_{block.port(index)}", block.reads[index], buffers.get((block.name, index), 0))
            )
    for layer, source in hardware.outputs.items():
        readers[source].append((output_port(layer), hardware.gives(source), 0))
    return readers


def _joined(hardware: Hardware, source: str, readers: list[_Reader]) -> Iterator[str]:
    """What lies between a writer and its readers."""
    stream, prefix = hardware.gives(source), _prefix(hardware, source)
    if prefix not in map(identifier, hardware.inputs):
        yield _wires(prefix, stream.bits)
    if len(readers) == 1:
        yield from _conversion(prefix, stream, *readers[0])
        return
    copies = [f"{prefix}_copy{index}" for index in range(len(readers))]
    yield "\n".join(_wires(copy, stream.bits) for copy in copies)
    yield _fork(prefix, copies, stream.bits)
    for copy, reader in zip(copies, readers, strict=True):
        yield from _conversion(copy, stream, *reader)


def _prefix(hardware: Hardware, source: str) -> str:
    entered = next((layer for layer, entry in hardware.entries.items() if entry == source), None)
    if entered is not None:
        return identifier(entered)
    return f"{next(block.module for block in hardware.blocks if block.name == source)}_m"


def _conversion(prefix: str, stream: Stream, reader: str, wanted: Stream, waiting: int) -> Iterator[str]:
    """From a writer's wires to a reader's, which are declared here unless they are ports."""
    is_port = reader.endswith("_out")
    for index, step in enumerate(steps(stream.lanes, wanted.lanes, stream.type.width)):
        grows = step.module == "gather"
        after = f"{reader}_{'words' if grows else 'parts'}{index}"
        yield _wires(after, step.bits * (step.count if grows else 1))
        yield _instance_of(
            f"{step.module} #({counting(step.bits, 'COUNT', step.count)})",
            f"{after}_{step.module}",
            {"s": prefix, "m": after},
        )
        prefix = after
    if waiting:
        after = f"{reader}_waiting"
        yield _wires(after, wanted.bits)
        yield _instance_of(
            f"{FIFO} #({counting(wanted.bits, 'DEPTH', waiting)})", f"{reader}_fifo", {"s": prefix, "m": after}
        )
        prefix = after
    if not is_port:
        yield _wires(reader, wanted.bits)
    yield f"assign {reader}_valid = {prefix}_valid;"
    yield f"assign {prefix}_ready = {reader}_ready;"
    yield f"assign {reader}_data = {prefix}_data;"


def counting(bits: int, name: str, count: int) -> str:
    """Parameters of a shared module that counts words of so many bits."""
    index = counter_bits(count)
    return f".BITS({bits}), .{name}({count}), .INDEX({index}), .LAST({index}'d{count - 1})"


def forking(bits: int, ports: int) -> str:
    """Parameters of the shared module that gives a word to several readers."""
    return f".BITS({bits}), .PORTS({ports})"


def _fork(prefix: str, copies: list[str], bits: int) -> str:
    joined = {end: ", ".join(f"{copy}_{end}" for copy in reversed(copies)) for end in ("valid", "ready", "data")}
    ports = ", ".join(f".m_{end}({{{wires}}})" for end, wires in joined.items())
    own = ", ".join(f".s_{end}({prefix}_{end})" for end in ("valid", "ready", "data"))
    return f"{FORK} #({forking(bits, len(copies))}) {prefix}_fork (\n  .clk(clk), .rst(rst), {own},\n  {ports}\n);"


def _instance(module: str, ports: list[str]) -> str:
    return _instance_of(module, f"{module}_i", {port: f"{module}_{port}" for port in (*ports, "m")})


def _instance_of(module: str, name: str, prefixes: dict[str, str]) -> str:
    ports = [f".{port}_{end}({wires}_{end})" for port, wires in prefixes.items() for end in ("valid", "ready", "data")]
    return f"{module} {name} (\n  .clk(clk), .rst(rst),\n  {', '.join(ports)}\n);"


def _wires(prefix: str, bits: int) -> str:
    return f"wire {prefix}_valid, {prefix}_ready;\nwire [{bits - 1}:0] {prefix}_data;"
