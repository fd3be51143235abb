"""When a process reads and writes during one inference, counted on a clock of its own that stands while it waits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ticks = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Action:
    """Ports read and written in the same cycle: all of them, or none while one of them has to wait."""

    reads: tuple[int, ...]
    writes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Steps of one inference: step n happens `gaps[n]` ticks after the one before and does `actions[acts[n]]`."""

    gaps: tuple[int, ...]
    acts: tuple[int, ...]
    actions: tuple[Action, ...]
    rest: int
    """Ticks from the last step to tick 0 of the next inference: what it does with the last word lies in between."""

    def words(self, port: int, *, written: bool) -> int:
        """Words that one inference moves through a port."""
        ports = [action.writes if written else action.reads for action in self.actions]
        counts = np.bincount(self.acts, minlength=len(self.actions))
        return int(sum(counts[index] for index, each in enumerate(ports) if port in each))


def schedule(reads: Sequence[Ticks], writes: Sequence[Ticks], *, rest: int = 1) -> Schedule:
    """A schedule from the ticks at which each port is read and written; ticks of one port ascend."""
    ticks = np.concatenate([*reads, *writes])
    bits = np.concatenate([np.full(len(port), 1 << n, np.int64) for n, port in enumerate([*reads, *writes])])
    order = np.argsort(ticks, kind="stable")
    moments, first = np.unique(ticks[order], return_index=True)
    masks, acts = np.unique(np.bitwise_or.reduceat(bits[order], first), return_inverse=True)
    gaps = np.diff(moments, prepend=0)
    actions = tuple(_action(int(mask), len(reads), len(writes)) for mask in masks)
    return Schedule(tuple(gaps.tolist()), tuple(acts.tolist()), actions, rest)


def _action(mask: int, reads: int, writes: int) -> Action:
    return Action(
        tuple(n for n in range(reads) if mask >> n & 1),
        tuple(n for n in range(writes) if mask >> (reads + n) & 1),
    )
