"""The top module: all blocks, joined by what turns one's words into those of the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import indent

from engine.flows.rtl.block import Block
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.joint import steps
from engine.flows.rtl.rooms import HELD, Room
from engine.flows.rtl.timeline import Port, timeline
from engine.flows.rtl.verilog.library import with_library
from engine.flows.rtl.verilog.module import counter_bits
from engine.flows.rtl.verilog.names import identifier
from engine.flows.rtl.word import Stream

FORK, FIFO = "fork_stream", "fifo"
JOINING = frozenset({"gather", "spread", "spread_held", FORK, FIFO})
"""Shared modules that lie between the blocks."""

_ENDS = ("valid", "ready", "data")
_Reader = tuple[str, int]
"""A block and one of its ports; a layer whose words leave the design, and 0."""


def sources(hardware: Hardware) -> str:
    """All Verilog of a design in one text: the shared modules, those of its layers, and the top."""
    names = {name for block in hardware.blocks for name in block.library} | JOINING
    modules = "\n".join(block.verilog for block in hardware.blocks)
    return with_library(f"{modules}\n{top(hardware)}", names)


def top(hardware: Hardware) -> str:
    """The module that has the design's inputs and outputs as streams, named as the user's layers."""
    found, readers = dict[_Reader, str](), _readers(hardware)
    parts = []
    for layer, entry in hardware.entries.items():
        parts += _given_on(identifier(layer), hardware.inputs[layer], readers[entry], found)
    rooms = timeline(hardware).rooms
    for block in hardware.blocks:
        parts.append("\n".join(_section(hardware, block, found, rooms)))
        parts += _given_on(f"{block.module}_m", block.gives, readers[block.name], found)
    parts += [_assigned(output_port(layer), found[layer, 0]) for layer in hardware.outputs]
    listed = ",\n".join(f"  {port}" for port in _top_ports(hardware))
    body = indent("\n\n".join(parts), "  ")
    return f"{_about(hardware)}\nmodule {hardware.name} (\n{listed}\n);\n{body}\nendmodule\n"


def output_port(layer: str) -> str:
    """Prefix of an output's wires."""
    return f"{identifier(layer)}_out"


def _about(hardware: Hardware) -> str:
    lines = [
        f"{hardware.name}: a module for each layer, joined by streams.",
        *(f"In: {identifier(layer)}, {stream} a frame." for layer, stream in hardware.inputs.items()),
        *(
            f"Out: {output_port(layer)}, {hardware.gives(source)} a frame."
            for layer, source in hardware.outputs.items()
        ),
        "A word is taken in a cycle in which both its valid and its ready are high.",
    ]
    return indent("\n".join(lines), "// ")


def _top_ports(hardware: Hardware) -> Iterator[str]:
    yield "input  wire clk"
    yield "input  wire rst"
    for layer, stream in hardware.inputs.items():
        yield from _ports(identifier(layer), stream, "input ", "output")
    for layer, source in hardware.outputs.items():
        yield from _ports(output_port(layer), hardware.gives(source), "output", "input ")


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
    for block in hardware.blocks:
        for port, source in enumerate(block.sources):
            readers[source].append((block.name, port))
    for layer, source in hardware.outputs.items():
        readers[source].append((layer, 0))
    return readers


def _given_on(prefix: str, stream: Stream, readers: list[_Reader], found: dict[_Reader, str]) -> list[str]:
    """Enter the wires on which each reader finds a writer's words; the fork where they are several."""
    if len(readers) == 1:
        found[readers[0]] = prefix
        return []
    copies = [f"{prefix}_copy{index}" for index in range(len(readers))]
    found.update(zip(readers, copies, strict=True))
    return ["\n".join([*(_wires(copy, stream.bits) for copy in copies), _fork(prefix, copies, stream.bits)])]


def _section(
    hardware: Hardware, block: Block, found: Mapping[_Reader, str], rooms: Mapping[Port, Room]
) -> Iterator[str]:
    """A block with all that lies between it and those it reads."""
    # Neither types nor cycles, since a top that is the same is not mapped again.
    yield f"// {', '.join(block.layers) or block.module}: {block.gives.words:,} × {block.gives.lanes:,} values a frame"
    ports = {}
    for port, (source, wanted) in enumerate(zip(block.sources, block.reads, strict=True)):
        prefix, way = f"{block.module}_{block.port(port)}", found[block.name, port]
        found_room = rooms.get((block.name, port), Room())
        for part in on_the_way(hardware.gives(source).lanes, wanted.lanes, wanted.type.width, found_room):
            name = f"{prefix}_{part.name}"
            yield _wires(name, part.bits)
            yield _instance(f"{part.module} #({part.parameters})", f"{name}_i", {"s": way, "m": name})
            way = name
        ports[block.port(port)] = way
    yield _wires(f"{block.module}_m", block.gives.bits)
    yield _instance(block.module, f"{block.module}_i", {**ports, "m": f"{block.module}_m"})


@dataclass(frozen=True, slots=True)
class Part:
    """An instance of a shared module between two blocks, and the bits of its words."""

    name: str
    module: str
    parameters: str
    bits: int


def on_the_way(lanes: int, wanted: int, width: int, room: Room) -> Iterator[Part]:
    """From words of `lanes` values of `width` bits to words of `wanted`, with room for those that wait."""
    for step in steps(lanes, wanted, width):
        whole = step.bits * step.count
        if step.module == "gather":
            yield Part("gather", "gather", counting(step.bits, "COUNT", step.count), whole)
            continue
        if room.whole > HELD:
            yield Part(f"whole_{FIFO}", FIFO, counting(whole, "DEPTH", room.whole), whole)
        module = "spread_held" if room.whole == HELD else "spread"
        yield Part("spread", module, counting(step.bits, "COUNT", step.count), step.bits)
    if room.parts:
        yield Part(FIFO, FIFO, counting(wanted * width, "DEPTH", room.parts), wanted * width)


def counting(bits: int, name: str, count: int) -> str:
    """Parameters of a shared module that counts words of so many bits."""
    index = counter_bits(count)
    return f".BITS({bits}), .{name}({count}), .INDEX({index}), .LAST({index}'d{count - 1})"


def forking(bits: int, ports: int) -> str:
    """Parameters of the shared module that gives a word to several readers."""
    return f".BITS({bits}), .PORTS({ports})"


def _fork(prefix: str, copies: list[str], bits: int) -> str:
    joined = {end: ", ".join(f"{copy}_{end}" for copy in reversed(copies)) for end in _ENDS}
    ports = [_port("s", prefix), *(f".m_{end}({{{wires}}})" for end, wires in joined.items())]
    return _connected(f"{FORK} #({forking(bits, len(copies))})", f"{prefix}_fork", ports)


def _instance(module: str, name: str, prefixes: Mapping[str, str]) -> str:
    return _connected(module, name, [_port(port, wires) for port, wires in prefixes.items()])


def _port(port: str, wires: str) -> str:
    return ", ".join(f".{port}_{end}({wires}_{end})" for end in _ENDS)


def _connected(module: str, name: str, ports: list[str]) -> str:
    return f"{module} {name} (\n  " + ",\n  ".join([".clk(clk), .rst(rst)", *ports]) + "\n);"


def _assigned(port: str, prefix: str) -> str:
    return "\n".join(
        [
            f"assign {port}_valid = {prefix}_valid;",
            f"assign {prefix}_ready = {port}_ready;",
            f"assign {port}_data = {prefix}_data;",
        ]
    )


def _wires(prefix: str, bits: int) -> str:
    return f"wire {prefix}_valid, {prefix}_ready;\nwire [{bits - 1}:0] {prefix}_data;"
