"""Published designs that Vivado's logic synthesis reported, built by the open flow and mapped for their own family.

Rows of a table of reports, their reuse factors kept, mapped layer by layer; those left out are told on the error
output, each with the reason. LUT are all cells LUT1 to LUT6 and memory made of them. Weights are not published: they
are made up with the reported counts of zeros and digits, and biases, and weights without counts, at random. Their ports
hold all values at once, ours take them as words.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np

from engine.design import REUSE_FACTOR, Design, set_on_layers, with_network
from engine.estimate import Cost, Level
from engine.flows.registry import flow
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.job.mapping import mapped
from engine.flows.rtl.job.misfit import KINDS
from engine.flows.rtl.synthesis import technology_of
from engine.flows.rtl.timeline import timeline
from engine.network import Layer, Network, TensorRef, TensorStore
from tests.benchmarks._table import Row
from tests.benchmarks.estimates.rebuild import UnbuildableError, design_of
from tests.benchmarks.estimates.reports import Report, read_rows, scored
from tests.benchmarks.rtl.parts.mapped import hardware_of
from tests.samples import SHARED, with_random_weights

_REPORTS = SHARED / "ground_truth/reports.csv"
_MOST = {"LUT": 20_000, "DSP": 1_000}
"""By the estimate. Each layer is mapped by itself, as Build hardware does; one of 128 multipliers takes Yosys 20 s."""
_WRAPPED = "axi-wrapper"
"""What was synthesised is the network in a wrapper for a processor's bus: some thousand tables and flip-flops more."""
_OF_MODEL = "model-json"
"""Layers are those of the model's file, their types the default that the repository states."""
_RESOURCES = ("LUT", "FF", "DSP", "BRAM18")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a design: as mapped or foretold in cycles, as estimated before, and as reported, if it was."""

    name: str
    ours: float
    estimated: float
    reported: float | None


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    reports = [Report(row) for row in read_rows(_REPORTS) if row["vsynth_LUT"]]
    trusted = {report.id for report in scored([report.row for report in reports])}
    found: dict[str, list[Figure]] = {}
    left_out: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder) / "tensors")
        for report in reports:
            try:
                design = _design(report, trusted, store)
                cost = _estimate(design, store)
            except UnbuildableError as error:
                left_out.setdefault(str(error), []).append(report.id)
                continue
            wrapped = "; reported with its wrapper" if report.row["config_trust"] == _WRAPPED else ""
            _say(f"{report.id}: weights made up, {_likeness(report)}{wrapped}")
            found[report.id] = _figures(report, cost, design, hardware_of(design, store), Path(folder) / report.id)
    _say(f"{len(found)} of {len(reports)} designs mapped. Left out:")
    for reason, ids in left_out.items():
        _say(f"  {', '.join(ids)}: {reason}")
    figures = [figure for each in found.values() for figure in each]
    return [*(_row(id, figure) for id, each in found.items() for figure in each), *_medians(figures)]


def _design(report: Report, trusted: set[str], store: TensorStore) -> Design:
    """The design for the open flow, with all weights. Raises UnbuildableError with what keeps it out."""
    if report.row["is_duplicate_of"]:
        raise UnbuildableError(f"the same as {report.row['is_duplicate_of']}")
    if report.row["config_trust"] == _OF_MODEL:
        if any(entry.get("rf_requested", 1) is None for entry in report.layers):
            raise UnbuildableError("its reuse factors are not known")
    elif report.id not in trusted and report.row["config_trust"] != _WRAPPED:
        raise UnbuildableError(f"what was synthesised is not known for sure ({report.row['config_trust']})")
    design = design_of(report, store)
    for place, entry in enumerate(report.layers):
        if entry.get("rf_requested"):
            design = set_on_layers(design, (f"layer{place}",), REUSE_FACTOR, int(entry["rf_requested"]))
    design = replace(design, target=replace(design.target, flow="rtl"))
    return with_network(design, _completed(design.network, store))


def _completed(network: Network, store: TensorStore) -> Network:
    """Random values where there are no weights."""
    random = with_random_weights(network, store).layers
    both = [
        replace(own, weights=tuple({**_positive(made, store), **dict(own.weights)}.items()))
        for own, made in zip(network.layers, random, strict=True)
    ]
    return Network(tuple(both))


def _positive(layer: Layer, store: TensorStore) -> dict[str, TensorRef]:
    """Its weights; a variance is never negative."""
    found = dict(layer.weights)
    if "variance" in found:
        found["variance"] = store.put(np.abs(store.get(found["variance"])) + 0.1)
    return found


def _estimate(design: Design, store: TensorStore) -> Cost:
    """Raises UnbuildableError for a design that the flow refuses, or that would take too long."""
    estimate = flow("rtl").estimate(design, store)
    if estimate.refusal:
        raise UnbuildableError(estimate.refusal)
    for name, most in _MOST.items():
        amount = estimate.total.resource(name).value
        if amount > most:
            raise UnbuildableError(f"about {amount:,.0f} {name} by the estimate, more than {most:,}: Yosys takes long")
    return estimate.total


def _figures(report: Report, cost: Cost, design: Design, hardware: Hardware, folder: Path) -> list[Figure]:
    technology = technology_of(design.target.board.family)
    assert technology is not None
    cells, foretold = mapped(hardware, technology, folder, lambda *_: None).cells.values(), timeline(hardware)
    counts = [sum(each.resource(KINDS[name]) for each in cells) for name in _RESOURCES]
    cycles = {"latency": (foretold.latency, cost.latency), "interval": (foretold.interval, cost.interval)}
    return [
        *(
            Figure(name, count, cost.resource(name).value, report.said(Level.LOGIC_SYNTHESIS, name))
            for name, count in zip(_RESOURCES, counts, strict=True)
        ),
        *(
            Figure(name, ours, estimated.value, report.said(Level.C_SYNTHESIS, name))
            for name, (ours, estimated) in cycles.items()
        ),
    ]


def _likeness(report: Report) -> str:
    counted = any("wstats_w" in entry for entry in report.layers)
    return "with the reported counts of zeros and digits; biases at random" if counted else "at random"


def _row(id: str, figure: Figure) -> Row:
    reported = "none" if figure.reported is None else f"{figure.reported:,.0f}"
    return f"{id}, {figure.name}", figure.ours, f"reported: {reported}, estimated: {figure.estimated:,.0f}", None


def _medians(figures: list[Figure]) -> Iterator[Row]:
    for name in _RESOURCES:
        mine = [figure for figure in figures if figure.name == name]
        for other in ("reported", "estimated"):
            ratios = [figure.ours / getattr(figure, other) for figure in mine if getattr(figure, other)]
            if ratios:
                yield f"{name}, mapped over {other}, median of {len(ratios)}", median(ratios), "", None


def _say(text: str) -> None:
    print(text, file=sys.stderr)
