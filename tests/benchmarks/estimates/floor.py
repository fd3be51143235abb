"""What a table leaves open: reports that differ though it describes their designs alike, and weights that it counts
but does not list. No estimate from such a table can come nearer than that.
"""

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

from engine.estimate import Level, exactly
from engine.flows.registry import flow
from engine.network import TensorStore
from tests.benchmarks.estimates.measures import Pair, macro, quantity_of
from tests.benchmarks.estimates.rebuild import UnbuildableError, design_of, multipliers
from tests.benchmarks.estimates.reports import COLUMNS, Report

_SEEN = ("source_repo", "tool", "tool_version", "part", "clock_ns", "io_type", "default_precision")
_C = Level.C_SYNTHESIS


@dataclass(frozen=True, slots=True)
class Floor:
    """One target at C synthesis: rows that another one describes too, the least error over these, and how far two
    draws of weights with the same counts lie apart; percent, repositories alike."""

    target: str
    alike: int
    unlike_reports: float
    draws: float


def floors(reports: list[Report]) -> list[Floor]:
    """A floor for each target; designs are built with weights drawn twice."""
    drawn = _two_draws(reports)
    found = []
    for target in COLUMNS[_C]:
        alike = list(_of_alike(reports, target))
        apart = [pair for pair in drawn if pair.target == target]
        error = fmean([pair.symmetric for pair in alike]) if alike else 0.0
        found.append(Floor(target, len(alike), error, macro(apart).smape if apart else 0.0))
    return found


def _of_alike(reports: list[Report], target: str) -> Iterator[Pair]:
    """Reports of designs that are described alike, beside the middle one of them."""
    groups: dict[tuple[str, ...], list[Report]] = defaultdict(list)
    for report in reports:
        words = [report.row.get(word, "") for word in _SEEN]
        groups[json.dumps(report.layers, sort_keys=True), multipliers(report), *words].append(report)
    for group in groups.values():
        said = [(report, value) for report in group if (value := report.said(_C, target)) is not None]
        if len(said) > 1:
            middle = median([value for _, value in said])
            yield from (_pair(report, target, middle, value) for report, value in said)


def _two_draws(reports: list[Report]) -> list[Pair]:
    pairs = []
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder))
        for report in reports:
            try:
                designs = [design_of(report, store, draw) for draw in (0, 1)]
            except UnbuildableError:
                continue
            one, other = (flow(each.target.flow).estimate(each, store).total for each in designs)
            for target in COLUMNS[_C]:
                value, again = (quantity_of(cost, target).value for cost in (one, other))
                pairs.append(_pair(report, target, value, again))
    return pairs


def _pair(report: Report, target: str, value: float, said: float) -> Pair:
    keys = (report.id, report.repository, report.network, report.family, _C.value)
    return Pair(*keys, target, exactly(value), said)


def print_floors(found: list[Floor]) -> None:
    """One line a target."""
    print("\nFloor: what the table leaves open at C synthesis, SMAPE %")
    for each in found:
        alike = f"{each.alike} rows described alike: {each.unlike_reports:.1f}"
        print(f"{each.target:9} {alike:36} weights of the same counts, drawn twice: {each.draws:.1f}")
