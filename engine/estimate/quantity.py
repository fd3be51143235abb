"""What every number in the studio is: a value with its doubt, its reason and where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from math import sqrt


class Tier(IntEnum):
    """How a number was found, from guess to fact."""

    ESTIMATE = 1
    SIMULATED = 2
    C_SYNTHESIS = 3
    LOGIC_SYNTHESIS = 4
    PLACED_AND_ROUTED = 5
    MEASURED = 6

    @property
    def label(self) -> str:
        """The tier's name as people read it."""
        return _LABELS[self]


_LABELS = {
    Tier.ESTIMATE: "Estimate",
    Tier.SIMULATED: "Simulated",
    Tier.C_SYNTHESIS: "C synthesis",
    Tier.LOGIC_SYNTHESIS: "Logic synthesis",
    Tier.PLACED_AND_ROUTED: "Placed and routed",
    Tier.MEASURED: "Measured",
}


class Level(StrEnum):
    """Which tool an estimate foretells: HLS, or the logic synthesis behind it, which finds much of that smaller."""

    C_SYNTHESIS = "C synthesis"
    LOGIC_SYNTHESIS = "logic synthesis"


def level_of(tier: int) -> Level:
    """The level whose estimates a tier's report is compared with."""
    return Level.LOGIC_SYNTHESIS if tier >= Tier.LOGIC_SYNTHESIS else Level.C_SYNTHESIS


RESOURCES = ("LUT", "FF", "DSP", "BRAM18", "URAM")


Terms = tuple[tuple[str, float], ...]
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with the interval that should hold 90 % of real reports, and how it came about in words."""

    value: float
    low: float
    high: float
    reason: str = ""
    terms: Terms = ()
    """What it adds up to, by name, where its formula is a sum."""

    @property
    def parts(self) -> Terms:
        """The terms that say anything, those of one name together, largest first."""
        sums: dict[str, float] = {}
        for name, amount in self.terms:
            sums[name] = sums.get(name, 0.0) + amount
        return tuple(sorted(((n, a) for n, a in sums.items() if a >= 0.5), key=lambda term: -term[1]))

    @property
    def summands(self) -> str:
        """The largest terms in words: `Adder trees 12,300, FIFOs 3,000, others 950.`; '' where there are none."""
        first, others = self.parts[:_NAMED], self.parts[_NAMED:]
        words = [f"{name} {amount:,.0f}" for name, amount in first]
        if others:
            words.append(f"others {sum(amount for _, amount in others):,.0f}")
        text = ", ".join(words)
        return f"{text[0].upper()}{text[1:]}." if text else ""

    @property
    def exact(self) -> bool:
        """Whether the interval is a point."""
        return self.low == self.high

    def scaled(self, factor: float) -> "Quantity":
        """The quantity times a factor, with the same reason."""
        terms = tuple((name, amount * factor) for name, amount in self.terms)
        return Quantity(self.value * factor, self.low * factor, self.high * factor, self.reason, terms)


ZERO = Quantity(0, 0, 0)


def exactly(value: float, reason: str = "") -> Quantity:
    """A quantity without doubt: it follows from a rule."""
    return Quantity(value, value, value, reason)


def about(value: float, below: float, above: float, reason: str = "") -> Quantity:
    """A quantity with relative doubt: from value·(1 − below) to value·(1 + above)."""
    return Quantity(value, value * (1 - below), value * (1 + above), reason)


def total(quantities: Iterable[Quantity], reason: str = "") -> Quantity:
    """Sum of independent quantities.

    Deviations add as half fully correlated (layers share their causes: tool, kernel) and half independent.
    """
    value: float = 0
    below = above = below2 = above2 = 0.0
    for part in quantities:
        value += part.value
        if part.low == part.high:
            continue
        down, up = part.value - part.low, part.high - part.value
        below += down
        above += up
        below2 += down * down
        above2 += up * up
    return Quantity(value, value - (below + sqrt(below2)) / 2, value + (above + sqrt(above2)) / 2, reason)


def stretched(quantity: Quantity, stretch: float) -> Quantity:
    """The interval widened or narrowed: upwards in proportion, downwards by ratio, so that it stays above zero.

    What is exact stays so.
    """
    value, low, high = quantity.value, quantity.low, quantity.high
    if stretch == 1 or low == high:
        return quantity
    least = (value + 1) * ((max(low, 0) + 1) / (value + 1)) ** stretch - 1
    return Quantity(
        value, max(min(least, value), 0.0), value + stretch * (high - value), quantity.reason, quantity.terms
    )
