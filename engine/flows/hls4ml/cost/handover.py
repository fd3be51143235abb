"""What stands between layers that run side by side on whole tensors (io_parallel as dataflow).

Vivado HLS lets a FIFO of two words carry each value from layer to layer: 5 flip-flops, as many look-up tables as bits
and 12 more, and beside it a selector of 9, a gate of 4 and a register. Exact on the 252 of one public report, within
3 % on what two others of another owner have beside their layers. A fourth, whose network is pruned, has none for values
that nothing reads.

Vitis HLS makes one for each value too, as public projects' build scripts have it; a report was not seen. Those of its
streams take no look-up tables of their own and a hundred flip-flops, however wide they are (three reports).
"""

from dataclasses import replace
from math import prod

from engine.estimate import Quantity
from engine.flows.hls4ml.cost.arithmetic import fifo_bram18
from engine.flows.hls4ml.cost.live import Live
from engine.flows.hls4ml.cost.piece import Piece, live_values, with_more
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.hardware import Unit
from engine.flows.hls4ml.rules import Family, Strategy

_GATES = 13.0
"""Look-up tables of a FIFO's selector and gate, without its words."""
_AT_ONCE = (Strategy.LATENCY, Strategy.DISTRIBUTED)


def handed_over(found: Piece, unit: Unit, readers: int, site: Site, live: Live | None = None) -> Piece:
    """A layer takes a cycle to hand its results on to so many readers, and holds them in a selector and a register
    until then: exact on seven activations and four dense layers. Those that work in a loop have that register anyway.
    """
    if unit.node.kind == "Input":
        return found
    values, bits = live_values(unit, live), unit.types["result"].width
    carried = readers * values
    luts = {"FIFOs": carried * (_GATES if site.vitis else bits + 25.0)}
    ffs = {"FIFOs": carried * (100.0 if site.vitis else 6.0)}
    if not _loops(unit):
        luts["words held"], ffs["words held"] = 9.0 * values, float(values * bits)
    why = f"{values:,} values held for the next layer."
    lut = site.lut(luts, 0.5, 2.0 if site.vitis else 0.5, why)
    ff = site.ff(ffs, 0.95 if site.vitis else 0.5, 0.5, why)
    found = with_more(replace(found, fill=found.fill + 1), lut=lut, ff=ff)
    return _entered(found, unit, site) if unit.from_outside and _takes_at_once(unit) else found


def _loops(unit: Unit) -> bool:
    return unit.partitions > 1 or any(each.reuse_factor > 1 for each in unit.folded)


def _takes_at_once(unit: Unit) -> bool:
    """Layers with a loop around what they read - Resource, steps, recurrent cells - read the port itself: seven
    reports."""
    in_loop = any(each.fold.family is Family.RECURRENT or each.strategy not in _AT_ONCE for each in unit.folded)
    return unit.partitions == 1 and not in_loop


def _entered(found: Piece, unit: Unit, site: Site) -> Piece:
    """What a layer takes at once, Vivado HLS has a process of its own read, and one FIFO of two words hands it over, as
    wide as the whole input: 78 RAMB18 and 1,410 flip-flops for 1,400 bits in a report. Not seen with Vitis HLS."""
    bits = unit.inputs[0].width * prod(unit.node.input_shapes[0])
    most = fifo_bram18(bits, 2)
    why = f"A FIFO of 2 × {bits:,} bits hands the input over."
    blocks = Quantity(0 if site.vitis else most, 0, most, why)
    return with_more(found, ff=site.ff({"FIFOs": bits + 10.0}, 1.0, 0.1, why), bram18=blocks)
