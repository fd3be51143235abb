"""What the formulas say of every report and every module of one, term by term, before anything learned is applied."""

import json
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from engine.design import Design
from engine.estimate import Cost, Estimate, Level, Quantity
from engine.flows.hls4ml.backends import BACKENDS
from engine.flows.hls4ml.cost.corrections import VITIS, VIVADO, Book
from engine.flows.hls4ml.cost.site import part_group, site_of
from engine.flows.hls4ml.estimator import Estimator, judge
from engine.flows.hls4ml.hardware import Builder
from engine.network import TensorStore
from tests.benchmarks.estimates.measures import quantity_of
from tests.benchmarks.estimates.rebuild import UnbuildableError, design_of
from tests.benchmarks.estimates.reports import COLUMNS, Report

FITTED = ("LUT", "FF")
"""Targets whose terms are corrected; the others follow from rules."""

_BARE = Book({})


@dataclass(frozen=True, slots=True)
class Observation:
    """One reported number, beside the formula's answer and the terms it is made of."""

    id: str
    repository: str
    network: str
    family: str
    site: tuple[str, str]
    """Tool and group of parts."""
    level: Level
    target: str
    bare: Quantity
    """Uncorrected."""
    said: float
    terms: dict[str, float] = field(default_factory=dict)
    module: bool = False
    """Part of a design: learned from, never scored as a design."""


@dataclass(frozen=True, slots=True)
class Observed:
    """All observations of a table, and the rows that could not be built, each with its reason."""

    designs: list[Observation]
    modules: list[Observation]
    unbuilt: dict[str, str]


def observe(reports: list[Report], modules: list[dict[str, str]]) -> Observed:
    """Build each design once and gather what is said of it and of its modules."""
    observed = Observed([], [], {})
    by_design: dict[str, list[dict[str, str]]] = {}
    for row in modules:
        if row["layer_json"]:
            by_design.setdefault(row["design_id"], []).append(row)
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder))
        for report in reports:
            try:
                design = design_of(report, store)
            except UnbuildableError as error:
                observed.unbuilt[report.id] = str(error)
                continue
            observed.designs.extend(_of_design(report, design, store))
            observed.modules.extend(_of_modules(report, design, store, by_design.get(report.id, [])))
    return observed


def _of_design(report: Report, design: Design, store: TensorStore) -> list[Observation]:
    found = []
    for level in Level:
        said = {target: report.said(level, target) for target in COLUMNS[level]}
        if all(value is None for value in said.values()):
            continue
        builder = Builder(design.target.flow == "vivado")
        estimate = Estimator(builder, _BARE).estimate(design, store, level)
        for target, value in said.items():
            if value is not None:
                terms = _terms(estimate, target) if target in FITTED else {}
                bare = quantity_of(estimate.total, target)
                found.append(_observation(report, design, level, target, bare, value, terms))
        _drop_products_in_dsps(found, estimate.total, said.get("DSP"))
    return found


def _terms(estimate: Estimate, target: str) -> dict[str, float]:
    amounts: Counter[str] = Counter()
    for layer in estimate.layers:
        for name, amount in quantity_of(layer.cost, target).terms:
            amounts[name] += amount
    return dict(amounts)


def _drop_products_in_dsps(found: list[Observation], total: Cost, said: float | None) -> None:
    """Where a project forced products into DSPs that the tool would build in look-up tables, none are in these."""
    if said is not None and said > 2 * total.dsp.value:
        for each in found:
            each.terms.pop("products in look-up tables", None)


def _of_modules(report: Report, design: Design, store: TensorStore, rows: list[dict[str, str]]) -> list[Observation]:
    """Modules that belong to one layer; those of 100 look-up tables and less say little."""
    units = Builder(design.target.flow == "vivado").build(design).units if rows else {}
    site = site_of(design.target, Level.C_SYNTHESIS, _BARE)
    found = []
    for row in rows:
        unit = units.get(_layer_name(report, json.loads(row["layer_json"])))
        if unit is None or not row["LUT"] or float(row["LUT"]) < 100:
            continue
        cost = judge(unit, site, store).cost
        mine = []
        for target in FITTED:
            bare = quantity_of(cost, target)
            terms: Counter[str] = Counter()
            for name, amount in bare.terms:
                terms[name] += amount
            mine.append(
                _observation(
                    report, design, Level.C_SYNTHESIS, target, bare, float(row[target]), dict(terms), module=True
                )
            )
        _drop_products_in_dsps(mine, cost, float(row["DSP"] or 0))
        found += mine
    return found


def _layer_name(report: Report, entry: dict) -> str:
    for index, each in enumerate(report.layers):
        if (each.get("config"), each["fn"]) == (entry.get("config"), entry.get("fn")):
            return f"layer{index}"
    return ""


def _observation(
    report: Report,
    design: Design,
    level: Level,
    target: str,
    bare: Quantity,
    said: float,
    terms: dict[str, float],
    *,
    module: bool = False,
) -> Observation:
    tool = VITIS if BACKENDS[design.target.flow].name == "Vitis" else VIVADO
    return Observation(
        report.id,
        report.repository,
        report.network,
        report.family,
        (tool, part_group(design.target)),
        level,
        target,
        bare,
        said,
        terms,
        module,
    )
