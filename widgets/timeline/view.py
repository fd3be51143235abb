"""A frame's way through a design, as values."""

from dataclasses import dataclass

COLUMNS = ("Module", "", "Begins", "First word", "Last word", "Words")
HELP = (
    "The module, with the layers that it computes.",
    "Light: the module has begun to read. Full: its words leave it.",
    "The cycle in which the first word that it reads is there.",
    "The cycle in which its first word leaves it.",
    "The cycle in which its last word leaves it.",
    "Words of one frame that leave it.",
)


@dataclass(frozen=True, slots=True)
class Activity:
    """One module in one frame; cycles are counted from the first word that enters the design."""

    name: str
    layers: tuple[str, ...]
    begins: int
    first: int
    last: int
    words: int

    @property
    def figures(self) -> tuple[int, ...]:
        """The numbers of its row."""
        return self.begins, self.first, self.last, self.words

    @property
    def said(self) -> str:
        """The row in words, for tool tips and screen readers."""
        what = ", ".join(self.layers) or self.name
        leaving = "its word leaves" if self.words == 1 else f"its {self.words:,} words leave"
        last = f"cycle {self.last:,}" if self.words == 1 else f"cycles {self.first:,} to {self.last:,}"
        return f"{what}: begins in cycle {self.begins:,}; {leaving} in {last}"


@dataclass(frozen=True, slots=True)
class TimelineView:
    """All modules in their order; cycles of the whole frame and from one frame to the next."""

    rows: tuple[Activity, ...] = ()
    latency: int = 0
    interval: int = 0
    clock_ns: float = 0.0

    @property
    def words(self) -> str:
        """Latency and interval in one line."""
        if not self.rows:
            return ""
        latency, interval = (f"{cycles * self.clock_ns / 1000:,.3g} µs" for cycles in (self.latency, self.interval))
        return (
            f"One frame takes {self.latency:,} cycles ({latency}), a new one follows every {self.interval:,} "
            f"({interval}) at {self.clock_ns:g} ns a cycle."
        )
