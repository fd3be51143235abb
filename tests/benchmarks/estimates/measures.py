"""How near estimates are to reports, and whether their intervals hold."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from math import nan, sqrt
from statistics import fmean, median

from engine.estimate import Cost, Quantity

_Z90 = 1.6449


@dataclass(frozen=True, slots=True)
class Pair:
    """One quantity of one design, as estimated and as reported."""

    id: str
    repository: str
    network: str
    family: str
    level: str
    target: str
    estimate: Quantity
    said: float

    @property
    def inside(self) -> bool:
        """Whether the report lies in the interval, to the rounding of a whole number."""
        return self.estimate.low - 0.5 <= self.said <= self.estimate.high + 0.5

    @property
    def symmetric(self) -> float:
        """Error over the mean of both plus one, in percent."""
        return 100 * abs(self.estimate.value - self.said) / ((abs(self.estimate.value) + abs(self.said)) / 2 + 1)


@dataclass(frozen=True, slots=True)
class Missing:
    """A reported quantity without an estimate, as its design could not be built. Its interval does not hold."""

    repository: str
    family: str
    level: str
    target: str


@dataclass(frozen=True, slots=True)
class Scores:
    """What a group of pairs comes to; shares and errors in percent."""

    n: int
    smape: float
    median_ape: float
    r2: float
    inside: float
    width: float
    """Median of the interval's width over the reported value."""


def scores(pairs: list[Pair], missing: int = 0) -> Scores:
    """Score one group, every design alike; what is missing counts against the intervals."""
    if not pairs:
        return Scores(0, nan, nan, nan, 0.0, nan)
    said = [pair.said for pair in pairs]
    apes = [100 * abs(pair.estimate.value - pair.said) / abs(pair.said) for pair in pairs if pair.said]
    spread = sum((value - fmean(said)) ** 2 for value in said)
    missed = sum((pair.estimate.value - pair.said) ** 2 for pair in pairs)
    widths = [100 * (pair.estimate.high - pair.estimate.low) / max(abs(pair.said), 1) for pair in pairs]
    return Scores(
        len(pairs),
        fmean([pair.symmetric for pair in pairs]),
        median(apes) if apes else float("nan"),
        1 - missed / spread if spread else float("nan"),
        100 * sum(pair.inside for pair in pairs) / (len(pairs) + missing),
        median(widths),
    )


def macro(pairs: list[Pair], missing: Sequence[Missing] = ()) -> Scores:
    """Mean of the scores of each repository; `n` counts repositories."""
    groups: dict[str, list[Pair]] = {each.repository: [] for each in (*pairs, *missing)}
    for pair in pairs:
        groups[pair.repository].append(pair)
    gaps = Counter(each.repository for each in missing)
    each = [scores(group, gaps[repository]) for repository, group in groups.items()]
    means = {field.name: _mean([getattr(one, field.name) for one in each]) for field in fields(Scores)}
    return Scores(**{**means, "n": len(each)})


def _mean(values: Iterable[float]) -> float:
    known = [value for value in values if value == value]
    return fmean(known) if known else float("nan")


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 90 % interval of a share found in n trials, both in percent."""
    p = share / 100
    middle = (p + _Z90**2 / (2 * n)) / (1 + _Z90**2 / n)
    half = _Z90 * sqrt(p * (1 - p) / n + _Z90**2 / (4 * n * n)) / (1 + _Z90**2 / n)
    return 100 * (middle - half), 100 * (middle + half)


def quantity_of(cost: Cost, target: str) -> Quantity:
    """One of a cost's quantities by its name in the table."""
    if target in ("latency", "interval"):
        return cost.latency if target == "latency" else cost.interval
    return cost.resource(target)
