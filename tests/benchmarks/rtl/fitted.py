"""Fit to board for the open flow: how long it takes, and how it compares with the best reuse factor for all layers.

Times are of this thread's processor time, of a flow that has seen nothing yet.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import thread_time

import numpy as np

from engine.design import Design
from engine.flows.flow import Flow
from engine.flows.rtl.flow import RtlFlow
from engine.network import TensorStore
from engine.project import load_project
from engine.search import by_rule, fit_to_board
from engine.search.proposal import Proposal
from tests.benchmarks._table import ROOT, Row
from tests.benchmarks.rtl.parts.designs import TARGET, real

_SECONDS = 2.0
_UNIFORM = np.unique(np.geomspace(1, 40_000, 60).round().astype(int))
"""Cycles that each layer is brought to by the rule of one reuse factor for all."""


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    with tempfile.TemporaryDirectory() as folder:
        return [row for each in _designs(TensorStore(Path(folder))) for row in _rows(*each)]


def _designs(store: TensorStore) -> Iterator[tuple[str, Design, TensorStore]]:
    target = replace(TARGET, flow="rtl")
    for name in ("ad08", "rn07"):
        yield name.upper(), replace(real(f"mlperf_tiny/{name}.h5", store), target=target), store
    for name in ("jet_tagger", "digits_resnet"):
        design = load_project(ROOT / f"resources/examples/{name}.codesign", store).design
        yield name.replace("_", " "), replace(design, target=target), store


def _rows(name: str, design: Design, store: TensorStore) -> list[Row]:
    flow, start = RtlFlow(), thread_time()
    found = fit_to_board(design, flow, store)
    seconds, latency = thread_time() - start, found.after.total.latency.value
    return [
        (f"fit to board, {name}", seconds, "s", _SECONDS),
        (f"its latency, {name}", latency, "cycles", None),
        (f"its latency over the best of one reuse factor, {name}", latency / _uniform(design, flow, store), "", 1.0),
    ]


def _uniform(design: Design, flow: Flow, store: TensorStore) -> float:
    """The lowest latency of those that fit, infinite where none does."""
    intervals = [1e9 / (cycles * design.target.clock_ns) for cycles in _UNIFORM]
    tried: list[Proposal] = [by_rule(design, flow, store, rate) for rate in intervals]
    return min((each.after.total.latency.value for each in tried if each.fits), default=np.inf)
