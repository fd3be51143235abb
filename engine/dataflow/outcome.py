"""What a simulated run says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FifoUse:
    """One FIFO over the run: its depth (None: unbounded) and how full it got."""

    name: str
    depth: int | None
    most: int
    """The most words that waited in it at the end of a cycle."""
    needed: int
    """The depth with which nothing would have waited for room: a word that leaves makes room one cycle later."""
    words: int
    """Words that one inference moves through it."""
    bits: int

    @property
    def counted(self) -> int:
        """What a co-simulation with Vivado HLS reports as its largest occupancy.

        The counter in the tool's FIFO leaves out the word that stands ready at its output, and goes to 1 for a cycle
        with every word that passes.
        """
        return max(self.most - 1, 1)


@dataclass(frozen=True, slots=True)
class LayerUse:
    """Cycles that one process spent waiting: for words to read, and for room to write."""

    name: str
    layer: str
    for_data: int
    for_room: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """A process that waits for ever, and the FIFO it waits at: full, or empty."""

    name: str
    layer: str
    fifo: str
    full: bool
    waits_on: str
    """The process at the FIFO's other end."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run of one or more inferences; cycles count from the first word offered."""

    first_output: int | None
    """Cycle of the first word out; None where none came."""
    latency: int | None
    """Cycles from the first word offered to the last word out of the first inference; None after a deadlock."""
    interval: int | None
    """Cycles between the last two inferences' ends; None after a deadlock or with one inference."""
    fifos: tuple[FifoUse, ...]
    layers: tuple[LayerUse, ...]
    deadlock: tuple[Blocked, ...] = ()
    """All who wait when nothing moves any more, in the order of the design; empty after a run to the end."""

    @property
    def circle(self) -> tuple[Blocked, ...]:
        """Of those who wait for ever, the ones who wait for each other, or the one whom all others wait for.

        It begins with one whose FIFO is full, if there is one: that FIFO is too short.
        """
        waiting = {each.name: each for each in self.deadlock}
        trail: list[Blocked] = []
        at = next(iter(waiting.values()), None)
        while at is not None and at not in trail:
            trail.append(at)
            at = waiting.get(at.waits_on)
        found = trail[trail.index(at) :] if at is not None else trail[-1:]
        start = next((place for place, each in enumerate(found) if each.full), 0)
        return (*found[start:], *found[:start])

    def fifo(self, name: str) -> FifoUse:
        """One FIFO's use. Raises KeyError."""
        found = next((fifo for fifo in self.fifos if fifo.name == name), None)
        if found is None:
            raise KeyError(name)
        return found
