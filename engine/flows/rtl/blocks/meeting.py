"""Blocks with several inputs."""

from collections.abc import Sequence

from engine.flows.rtl.block import Block, Meeting, Timing
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.pipeline import taken, walked
from engine.flows.rtl.word import Stream


def together(
    site: Site, reads: Sequence[Stream], gives: Stream, verilog: str, depth: int, multipliers: int = 0
) -> Block:
    """A block that takes a word of each input at once, and gives one for it after `depth` cycles."""
    return meeting(
        site, reads, gives, verilog, walked(depth), lambda arrivals: [taken(arrivals)] * len(arrivals), multipliers
    )


def meeting(
    site: Site,
    reads: Sequence[Stream],
    gives: Stream,
    verilog: str,
    timing: Timing,
    meets: Meeting,
    multipliers: int = 0,
) -> Block:
    """A block that takes words of its inputs when `meets` says so, one a cycle of each at most."""
    unit = site.unit
    return Block(
        unit.name,
        site.module,
        unit.layers,
        unit.sources,
        tuple(reads),
        gives,
        verilog,
        (),
        timing,
        max(gives.words, *(stream.words for stream in reads)),
        multipliers,
        meets,
    )
