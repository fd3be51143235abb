"""Softmax, one value a cycle."""

from math import prod

from engine.emulate.exact.lookups import Softmax
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.softmax_largest import Largest
from engine.flows.rtl.blocks.softmax_legacy import Legacy
from engine.flows.rtl.blocks.softmax_tables import Tables
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.module import module
from engine.flows.rtl.word import Stream

_MADE: dict[str, type[Legacy | Largest | Tables]] = {"legacy": Legacy, "argmax": Largest}


def softmax(site: Site, operation: Softmax) -> Block:
    """The module of a softmax over the last axis."""
    if operation.inner > 1:
        raise site.refused("Its shares sum to one over an axis that is not the last.", "Put a transposition in front.")
    made = _MADE.get(operation.implementation, Tables)(site, operation)
    values = prod(site.shape)
    source, target = Stream(values, 1, site.source), Stream(values, 1, site.result)
    about = [
        f"{site.module}: softmax over {operation.slice_} values, {operation.implementation}: {made.about}",
        f"In: {source.type}, out: {target.type}, one a word.",
    ]
    return Block(
        site.unit.name,
        site.module,
        site.unit.layers,
        site.unit.sources,
        (source,),
        target,
        module(site.module, about, {"s": source}, target, made.body),
        (),
        lambda arrivals: made.times(arrivals[0]),
        values // operation.slice_ * made.cycles,
        made.multipliers,
        limit="A softmax takes one value a cycle: all share its tables and its multiplier.",
    )
