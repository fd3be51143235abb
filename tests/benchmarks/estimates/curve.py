"""The learning curve: how near estimates of networks left out come, by how many networks taught the corrections."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zlib import crc32

from engine.estimate import Level
from tests.benchmarks.estimates.learn import Learned, by_network, fit, pair_of
from tests.benchmarks.estimates.measures import Pair, macro
from tests.benchmarks.estimates.observe import Observation
from tests.benchmarks.estimates.reports import COLUMNS

SHARES = (0.0, 0.125, 0.25, 0.5, 1.0)
"""Of each repository's networks; with none the formulas stand alone."""


@dataclass(frozen=True, slots=True)
class Point:
    """Networks in the fit, mean of all folds, and the error over the networks left out, repositories alike."""

    level: str
    target: str
    networks: float
    smape: float


def learning_curve(observations: list[Observation], teaches: Callable[[Observation], bool]) -> Iterator[Point]:
    """A point for each level, target and share; what follows from rules is learned nothing of."""
    folds = sorted({by_network(each) for each in observations})
    for share in SHARES:
        pairs: list[Pair] = []
        counts = []
        for fold in folds:
            known = [each for each in observations if by_network(each) != fold and teaches(each)]
            chosen = _share_of(known, share)
            counts.append(len({each.network for each in chosen}))
            learned = Learned(fit(chosen), {})
            left_out = [each for each in observations if by_network(each) == fold and not each.module]
            pairs += [pair_of(each, learned.estimate(each)) for each in left_out]
        for level in Level:
            for target in COLUMNS[level]:
                group = [pair for pair in pairs if (pair.level, pair.target) == (level.value, target)]
                if group:
                    yield Point(level.value, target, sum(counts) / len(counts), macro(group).smape)


def _share_of(known: list[Observation], share: float) -> list[Observation]:
    """A share of each repository's networks, at least one of them, in an order of no meaning."""
    networks: dict[str, set[str]] = defaultdict(set)
    for each in known:
        networks[each.repository].add(each.network)
    chosen: set[str] = set()
    for names in networks.values():
        ordered = sorted(names, key=lambda name: crc32(name.encode()))
        chosen.update(ordered[: max(round(share * len(names)), 1)] if share else [])
    return [each for each in known if each.network in chosen]


def print_curve(points: list[Point]) -> None:
    """One line a point."""
    print(f"\nLearning curve, networks left out\n{'level':16} {'target':9}{'networks':>13}{'SMAPE %':>13}")
    for point in points:
        print(f"{point.level:16} {point.target:9}{point.networks:>13.0f}{point.smape:>13.1f}")
