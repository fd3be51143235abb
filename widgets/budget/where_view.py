"""Where it goes, as a value: what each layer takes of each resource, in network order."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from re import findall

_STEPS = (1.25, 1.5, 2.0, 3.0, 5.0, 10.0)
"""Where the axis may end, as shares of the board: it grows in steps so that it rarely moves."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One resource: pieces that each layer takes, and how many the board has (None: no figure)."""

    name: str
    label: str
    limit: int | None
    amounts: tuple[float, ...]

    @property
    def total(self) -> float:
        """Pieces of all layers."""
        return sum(self.amounts)

    @property
    def shown(self) -> bool:
        """Whether the board has it or the design takes it."""
        return self.limit != 0 or self.total > 0

    def shares(self) -> list[float]:
        """Where each layer begins and the last one ends, as shares of the board; empty without a limit."""
        if not self.limit:
            return []
        return [amount / self.limit for amount in accumulate(self.amounts, initial=0.0)]


@dataclass(frozen=True, slots=True)
class WhereView:
    """Layers by name with a short name each for tight places, and a stack per resource over them."""

    layers: tuple[str, ...]
    short: tuple[str, ...]
    stacks: tuple[Stack, ...]
    safe_share: float = 0.8

    @property
    def shown_stacks(self) -> tuple[Stack, ...]:
        """The stacks that say anything."""
        return tuple(stack for stack in self.stacks if stack.shown)

    @property
    def axis_top(self) -> float:
        """Where the axis ends, as a share of the board."""
        fullest = max((stack.total / stack.limit for stack in self.stacks if stack.limit), default=0.0)
        return next((step for step in _STEPS if step >= fullest), _STEPS[-1])


NOWHERE = WhereView((), (), ())
"""No layers."""


@lru_cache(maxsize=8)
def short_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """`block2_conv1` as `b2.c1`: initials with their numbers; names of up to four letters stay whole."""
    return tuple(name if len(name) <= 4 else ".".join(_initials(name)) or name for name in names)


def _initials(name: str) -> list[str]:
    return [word[0] + digits for word, digits in findall(r"([^\W\d_]+)_?(\d*)", name)]
