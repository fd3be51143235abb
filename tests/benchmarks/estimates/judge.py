"""Estimates of all designs of a table, beside what their reports say."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.design import Design
from engine.estimate import Cost, Level
from engine.flows.registry import flow
from engine.network import TensorStore
from tests.benchmarks.estimates.measures import Missing, Pair, quantity_of
from tests.benchmarks.estimates.rebuild import UnbuildableError, design_of
from tests.benchmarks.estimates.reports import COLUMNS, Report

Estimate = Callable[[Report, Design, TensorStore, Level], Cost | None]
"""The total cost of a design at a level; None where there is no answer."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of estimate and report, and the rows that could not be built, each with its reason and what it lacks."""

    pairs: list[Pair]
    unbuilt: dict[str, str]
    missing: list[Missing]


def judge(reports: list[Report], estimate: Estimate) -> Judged:
    """Build and estimate every design at every level that it was reported at."""
    pairs: list[Pair] = []
    unbuilt: dict[str, str] = {}
    missing: list[Missing] = []
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder))
        for report in reports:
            try:
                design = design_of(report, store)
            except UnbuildableError as error:
                unbuilt[report.id] = str(error)
                missing += missing_of(report)
                continue
            for level in Level:
                pairs += _pairs(report, design, store, level, estimate)
    return Judged(pairs, unbuilt, missing)


def missing_of(report: Report) -> list[Missing]:
    """Every quantity that was reported of a design."""
    return [
        Missing(report.repository, report.family, level.value, target)
        for level in Level
        for target in COLUMNS[level]
        if report.said(level, target) is not None
    ]


def _pairs(report: Report, design: Design, store: TensorStore, level: Level, estimate: Estimate) -> list[Pair]:
    said = {target: report.said(level, target) for target in COLUMNS[level]}
    known = {target: value for target, value in said.items() if value is not None}
    cost = estimate(report, design, store, level) if known else None
    if cost is None:
        return []
    keys = (report.id, report.repository, report.network, report.family, level.value)
    return [Pair(*keys, target, quantity_of(cost, target), value) for target, value in known.items()]


def shipped(report: Report, design: Design, store: TensorStore, level: Level) -> Cost | None:
    """What the studio answers."""
    return flow(design.target.flow).at(level).estimate(design, store).total
