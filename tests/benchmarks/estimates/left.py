"""What is left of the macro error, repository by repository, and why it stays."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.estimate import Level
from tests.benchmarks.estimates.measures import Pair, scores
from tests.benchmarks.estimates.reports import COLUMNS, DEVELOPMENT

_WORTH = 0.05
"""Points of the macro SMAPE below which a repository is not listed."""
_UNRELEASED = "kernels of no release, which none of the other {others} networks has: left out, nothing tells of them"
_CAUSES = {
    (
        "ArgyKokk/hls4ml_MLP_estimator",
        "interval",
    ): "shared products take turns: the table has totals of weights' digits",
    (
        "ArgyKokk/hls4ml_MLP_estimator",
        "latency",
    ): "depths of adder trees and turns at shared products, by a cycle or two",
    ("Dendendelen/wa-hls4ml-search", "latency"): "shared products take turns: the table has totals of weights' digits",
    ("Dendendelen/wa-hls4ml-search", "interval"): "shared products take turns: the table has totals of weights' digits",
    ("Hector-Plata/hls4ml-tutorial", "latency"): "a cycle more or less between the layers of a pipeline",
    ("Brainz22/L1JetTagger", "LUT"): "pruned, and the weights that the table counts are not those that were built",
    ("thaarres/dnd_hls4ml", "LUT"): "weights that the table does not count",
    ("thaarres/dnd_hls4ml", "FF"): "weights that the table does not count",
    ("calwilee/hls4ml-automated-testing", "BRAM18"): "37 of 38 have a block that no listed layer explains",
}
"""By repository and target."""


@dataclass(frozen=True, slots=True)
class Share:
    """A repository's part of a macro SMAPE, in points; of its `n` reports so many are met within half a unit."""

    target: str
    repository: str
    n: int
    exact: int
    smape: float
    points: float
    why: str


def shares(pairs: list[Pair]) -> Iterator[Share]:
    """Of each target at C synthesis, the repositories that make its error, largest first."""
    for target in COLUMNS[Level.C_SYNTHESIS]:
        own = [pair for pair in pairs if (pair.level, pair.target) == (Level.C_SYNTHESIS, target)]
        groups: dict[str, list[Pair]] = {}
        for pair in own:
            groups.setdefault(pair.repository, []).append(pair)
        known = len({pair.network for pair in own})
        found = [_share(target, name, group, len(groups), known) for name, group in groups.items()]
        yield from sorted((each for each in found if each.points >= _WORTH), key=lambda each: -each.points)


def _share(target: str, repository: str, group: list[Pair], repositories: int, known: int) -> Share:
    smape = scores(group).smape
    exact = sum(abs(pair.estimate.value - pair.said) <= 0.5 for pair in group)
    others = known - len({pair.network for pair in group})
    general = _UNRELEASED.format(others=others) if repository in DEVELOPMENT else ""
    why = _CAUSES.get((repository, target), general)
    return Share(target, repository, len(group), exact, smape, smape / repositories, why)


def print_shares(found: list[Share]) -> None:
    """One line a share."""
    print("\nWhat is left of the macro error, C synthesis")
    print(f"{'target':9}{'points':>7}{'SMAPE %':>9}{'exact':>11}  repository")
    for each in found:
        counts = f"{each.exact}/{each.n}"
        why = f": {each.why}" if each.why else ""
        print(f"{each.target:9}{each.points:>7.2f}{each.smape:>9.1f}{counts:>11}  {each.repository}{why}")
