"""What the table of FIFOs shows, as values."""

from dataclasses import dataclass

COLUMNS = ("FIFO", "Words", "Depth", "Most at once", "Needed", "BRAM", "BRAM needed")
HELP = (
    "The layer that writes, and the layer that reads.",
    "Words that one inference moves through it: pixels or steps.",
    "Words that it has room for. Double-click, or F2, to set it.",
    "The most words that waited in it at once while it had room for all, in one simulated inference.",
    "The least depth with which latency and interval are those of FIFOs that never fill up.",
    "RAMB18 that it takes as it is.",
    "RAMB18 that it would take with the depth needed.",
)


@dataclass(frozen=True, slots=True)
class FifoRow:
    """One FIFO; figures in the order of COLUMNS behind the name."""

    name: str
    words: int
    depth: int
    most: int
    needed: int
    blocks: int
    blocks_needed: int
    chosen: bool
    """Whether somebody set its depth; else the flow did."""
    hangs: bool
    """Whether the run hangs because it is full."""

    @property
    def figures(self) -> tuple[int, ...]:
        """The numbers of the row."""
        return self.words, self.depth, self.most, self.needed, self.blocks, self.blocks_needed

    @property
    def said(self) -> str:
        """The row in words, for tool tips and screen readers."""
        source = "set" if self.chosen else "as the flow makes it"
        text = f"{self.name}: {self.depth:,} deep ({source}), {self.most:,} words at once, {self.needed:,} needed"
        return f"{text}; too short, the run hangs" if self.hangs else text


@dataclass(frozen=True, slots=True)
class FifosView:
    """All FIFOs. `stale`: they are of an earlier design."""

    rows: tuple[FifoRow, ...] = ()
    stale: bool = False
