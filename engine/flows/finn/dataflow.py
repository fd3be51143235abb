"""A folded design as processes and FIFOs, for the simulator."""

from collections.abc import Mapping

from engine.dataflow import Fifo, Kind, Process, Streams, schedule
from engine.flows.finn.folded import Folded
from engine.flows.finn.timing import even, timing
from engine.flows.finn.unit import Kind as Units
from engine.flows.finn.wires import Wire

OUTSIDE = "outside"


def streams(folded: Mapping[str, Folded], wires: tuple[Wire, ...], outputs: tuple[str, ...]) -> Streams:
    """All units but the input as processes, what feeds them, and what takes their results."""
    into: dict[str, list[Wire]] = {}
    out_of: dict[str, list[Wire]] = {}
    for wire in wires:
        into.setdefault(wire.reader, []).append(wire)
        out_of.setdefault(wire.writer, []).append(wire)
    processes, fifos = [], [_fifo(wire, folded) for wire in wires]
    for name, each in folded.items():
        leaving = [wire.name for wire in out_of.get(name, ())]
        if name in outputs:
            leaving.append(f"{name} → {OUTSIDE}")
            fifos.append(Fifo(leaving[-1], None, each.unit.shape[-1] * each.unit.values.bits, kind=Kind.PORT))
        if each.unit.kind is Units.INPUT:
            processes.append(_source(each, [folded[wire.reader] for wire in out_of.get(name, ())], leaving))
            continue
        words = tuple(folded[wire.writer].unit.pixels for wire in into.get(name, ()))
        arriving = tuple(wire.name for wire in into.get(name, ()))
        steps = timing(each, words, len(leaving))
        processes.append(Process(name, each.unit.layer, arriving, tuple(leaving), steps))
    for name in outputs:
        read = schedule([even(folded[name].unit.pixels, 1)], [])
        processes.append(Process(OUTSIDE, "", (f"{name} → {OUTSIDE}",), (), read))
    return Streams(tuple(processes), tuple(fifos))


def _fifo(wire: Wire, folded: Mapping[str, Folded]) -> Fifo:
    """From outside words come when they are asked for; elsewhere a word is a pixel, in several words of the FIFO."""
    unit = folded[wire.writer].unit
    outside = unit.kind is Units.INPUT
    bits = unit.shape[-1] * unit.values.bits
    return Fifo(wire.name, None if outside else wire.pixels, bits, wire.words_each, kind=_kind(outside))


def _kind(outside: bool) -> Kind:
    return Kind.PORT if outside else Kind.BUILT


def _source(each: Folded, readers: list[Folded], leaving: list[str]) -> Process:
    """Pixels come as fast as the first unit's words can take them."""
    words = max((each.unit.channels // reader.lanes_in for reader in readers if reader.lanes_in), default=1)
    written = even(each.unit.pixels, words)
    return Process(each.unit.name, each.unit.layer, (), tuple(leaving), schedule([], [written] * len(leaving)))
