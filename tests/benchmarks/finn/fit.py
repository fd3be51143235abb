"""Fit to board, for hls4ml and FINN: how long it takes, and whether a plain rule would have been faster.

Times are of this thread's processor time: what else the computer does is not counted.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import thread_time

import numpy as np

from engine.boards import board
from engine.design import STRATEGY, Design, set_on_layers
from engine.estimate import Estimate, Level
from engine.flows.flow import Flow
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.network.kinds import Activation
from engine.opening import open_file
from engine.precision import FixedType
from engine.scoreboard.hls4ml_designs import ad08, rn07
from engine.search import by_rule, fit_to_board
from engine.search.goal import LATENCY
from tests.benchmarks._table import Row

LIMIT_S = 2.0
_EXAMPLES = Path(__file__).parents[3] / "resources/examples"
_RULES, _SLOWEST = 40, 1e6
"""Intervals that the plain rule is tried for, and the longest of them in cycles."""


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    rows: list[Row] = []
    for name, design in _designs():
        for which in ("vitis", "finn"):
            rows += _fitted(f"{name}, {which}", _for(design, which), flow(which).at(Level.LOGIC_SYNTHESIS))
    return rows


def _designs() -> Iterator[tuple[str, Design]]:
    pynq = board("pynq-z2")
    yield "AD08", ad08(pynq)
    yield "RN07", rn07(pynq)
    with TemporaryDirectory() as folder:
        for name, file in (("jet tagger", "jet_tagger"), ("digits ResNet", "digits_resnet")):
            yield name, open_file(_EXAMPLES / f"{file}.codesign", TensorStore(Path(folder))).design


def _for(design: Design, which: str) -> Design:
    """For a flow: shared hardware for hls4ml, results of eight bits for FINN, which has no wider thresholds."""
    moved = replace(design, target=replace(design.target, flow=which))
    if which == "vitis":
        return replace(moved, defaults=moved.defaults.with_(STRATEGY, "resource"))
    steps = tuple(layer.name for layer in design.network.layers if isinstance(layer.op, Activation))
    streamed = replace(moved, target=replace(moved.target, io_type="io_stream"))
    return set_on_layers(streamed, steps, "result", FixedType(8, 3, signed=False))


def _fitted(name: str, design: Design, its_flow: Flow) -> list[Row]:
    start = thread_time()
    found = fit_to_board(design, its_flow, None)
    seconds = thread_time() - start
    by_latency = found.goal.speed == LATENCY
    beaten = [
        ruled
        for cycles in np.geomspace(1, _SLOWEST, _RULES)
        if (ruled := by_rule(design, its_flow, None, 1e9 / (cycles * design.target.clock_ns))).fits
        and _cycles(ruled.after, by_latency) < _cycles(found.after, by_latency)
    ]
    return [
        (f"{name}: fit to board", seconds, "s", LIMIT_S),
        (f"{name}: latency" if by_latency else f"{name}: interval", _cycles(found.after, by_latency), "cycles", None),
        (f"{name}: quicker ones of {_RULES} by the plain rule that fit", float(len(beaten)), "", 0.0),
        (f"{name}: found nothing that fits", float(not found.fits), "", None),
    ]


def _cycles(estimate: Estimate, by_latency: bool) -> float:
    return (estimate.total.latency if by_latency else estimate.total.interval).value
