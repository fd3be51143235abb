"""What a generator yields: a module with the streams it reads and gives, and when its words come."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.flows.rtl.word import Stream

Times = NDArray[np.int64]
"""For each word of a frame, the cycle in which it is there to be taken."""
Timing = Callable[[list[Times]], Times]
"""When a block's words come, from those it reads, if nobody behind it stops it."""

Meeting = Callable[[list[Times]], list[Times]]
"""When the words of each input are taken, from when they come."""


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Paced(Generic[_T]):
    """Something that has times, told by what they follow from."""

    pace: Hashable
    of: _T = field(compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One module, named as its unit. `layers` are the user's it stands for, `sources` the units it reads, port by port.

    Its ports are called s, or s0, s1 ... where it has several, and m.
    """

    name: str
    module: str
    """Its name in Verilog."""
    layers: tuple[str, ...]
    sources: tuple[str, ...]
    reads: tuple[Stream, ...]
    gives: Stream
    verilog: str
    library: tuple[str, ...]
    """Shared modules it uses."""
    timing: Timing
    cycles: int
    """Cycles from one frame to the next, at least."""
    multipliers: int = 0
    """Products at once whose factors both change."""
    meets: Meeting | None = None
    """When it takes the words of its inputs; of a block with one, none where that is as they come, one a cycle."""

    needs: Meeting | None = None
    """When it must have the words of its inputs at the latest to be as fast; none where that is when it takes them."""

    burst: int = 0
    """Words that it takes one a cycle before it works on them alone; 0 where it may take one at any time."""

    goes_on: bool = False
    """Whether a word that waits stops it only when its next one is ready."""

    pace: Hashable = None
    """What its times follow from: blocks of the same have the same; None where that is not told."""

    limit: str = ""
    """Why a frame takes it no fewer cycles, where no setting changes that."""

    def takes(self, arrivals: list[Times]) -> list[Times]:
        """When words are taken where branches meet."""
        return arrivals if self.meets is None else self.meets(arrivals)

    def deadlines(self, arrivals: list[Times]) -> list[Times]:
        """When words must be there at the latest."""
        return self.takes(arrivals) if self.needs is None else self.needs(arrivals)

    def port(self, index: int) -> str:
        """Prefix of an input's wires."""
        return "s" if len(self.reads) == 1 else f"s{index}"
