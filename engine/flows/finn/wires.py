"""What lies between folded units: a FIFO on every stream, and a width converter where words differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.flows.finn.cost.streams import converter_luts, fifo_blocks, fifo_luts
from engine.flows.finn.folded import Folded
from engine.flows.finn.unit import Kind

LEAST = 2
"""Words of a FIFO that nothing else is known of: FINN's own default. Chosen ones have room for pixels."""
_JOINS = (Kind.ADD, Kind.CONCAT)


@dataclass(frozen=True, slots=True)
class Wire:
    """A stream from one unit to another. Its FIFO has room for `pixels`, each of `words_each` words."""

    name: str
    writer: str
    reader: str
    bits_in: int
    bits_out: int
    pixels: int
    words_each: int
    depth: int
    """Words of the FIFO as it is built."""

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

    From outside, words come as wide as the first unit takes them.
    """
    for each in folded.values():
        for name in each.unit.inputs:
            yield wire_between(folded[name], each, depths)


def wire_between(writer: Folded, reader: Folded, depths: Mapping[str, int]) -> Wire:
    """The stream from one unit to another."""
    bits_in = reader.bits_in if writer.unit.kind is Kind.INPUT else writer.bits_out
    name = f"{writer.unit.name} → {reader.unit.name}"
    all_pixels = max(writer.unit.pixels, 1)
    words_each = max(writer.words_out // all_pixels, 1)
    pixels = depths.get(name, _usual(writer, reader, all_pixels))
    depth = max(pixels * words_each, LEAST)
    return Wire(
        name, writer.unit.name, reader.unit.name, bits_in, reader.bits_in, max(pixels, LEAST), words_each, depth
    )


def _usual(writer: Folded, reader: Folded, pixels: int) -> int:
    """Room for pixels where nobody has chosen: what FINN's own sizing would find, roughly.

    Where branches meet a whole inference, as less may stop both. Two rows in front of a sliding window, which takes
    nothing new while the last windows of a picture go out.
    """
    if reader.unit.kind in _JOINS:
        return pixels
    window = reader.unit.window
    if reader.unit.kind is not Kind.WINDOW or window is None or writer.unit.kind is Kind.INPUT:
        return 0
    return min(2 * window.pixels_in[1], pixels)
