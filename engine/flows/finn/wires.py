"""What lies between folded units: a FIFO on every stream, and a width converter where words differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.flows.finn.cost.streams import converter_luts, fifo_blocks, fifo_luts
from engine.flows.finn.folded import Folded
from engine.flows.finn.unit import Kind

LEAST = 2
"""Words of a FIFO that nothing else is known of: FINN's own default."""
_JOINS = (Kind.ADD, Kind.CONCAT)


@dataclass(frozen=True, slots=True)
class Wire:
    """A stream from one unit to another; `depth` words of its writer's width wait in its FIFO."""

    name: str
    writer: str
    reader: str
    bits_in: int
    bits_out: int
    depth: int

    @property
    def luts(self) -> int:
        """Look-up tables of FIFO and converter."""
        return fifo_luts(self.depth, self.bits_in) + converter_luts(self.bits_in, self.bits_out)

    @property
    def converts(self) -> bool:
        """Whether words are of another width behind the FIFO."""
        return self.bits_in != self.bits_out

    @property
    def bram18(self) -> int:
        """Blocks of the FIFO."""
        return fifo_blocks(self.depth, self.bits_in)


def wires(folded: Mapping[str, Folded], depths: Mapping[str, int]) -> Iterator[Wire]:
    """All streams, in the order of the units that read them; `depths` are chosen ones by name.

    Where branches meet, a FIFO holds a whole inference unless chosen: less may stop both branches, and what is needed
    the simulator finds. From outside, words come as wide as the first unit takes them.
    """
    for each in folded.values():
        for name in each.unit.inputs:
            yield wire_between(folded[name], each, depths)


def wire_between(writer: Folded, reader: Folded, depths: Mapping[str, int]) -> Wire:
    """The stream from one unit to another."""
    bits_in = reader.bits_in if writer.unit.kind is Kind.INPUT else writer.bits_out
    usual = writer.words_out if reader.unit.kind in _JOINS else LEAST
    name = f"{writer.unit.name} → {reader.unit.name}"
    depth = max(depths.get(name, usual), LEAST)
    return Wire(name, writer.unit.name, reader.unit.name, bits_in, reader.bits_in, depth)
