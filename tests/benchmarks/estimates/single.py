"""Single dense layers, the kind with most reports: what rules give exactly, and what formulas give within a limit."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from engine.estimate import Level
from engine.precision import parse
from tests.benchmarks.estimates.measures import Pair
from tests.benchmarks.estimates.reports import Report

EXACT = ("interval", "DSP")
"""Targets that shall be right to the whole number; DSP slices where weights have as many bits as below.

Where weights are in the logic both follow from those with three digits or more, which a table of counts does not list:
those rows have lines of their own.
"""
UNLISTED_DSP, UNLISTED_TURNS = "DSP, factor 1", "interval, logic"
LIMITS = {UNLISTED_DSP: 5.0, UNLISTED_TURNS: 5.0, "latency": 1.0, "BRAM18": 3.0, "LUT": 5.0, "FF": 8.0}
"""Largest SMAPE in percent."""
_WIDE = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One target: percent that are exact, or the SMAPE in percent, and the goal. `n` designs."""

    target: str
    n: int
    found: float
    goal: float

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.found >= self.goal if self.target in EXACT else self.found <= self.goal


def single_dense(pairs: list[Pair], reports: list[Report]) -> Iterator[Line]:
    """A line for each target, of designs that are one dense layer; none where there is no such design."""
    single = {report.id: report for report in reports if _is_single(report)}
    ours = [pair for pair in pairs if pair.level == Level.C_SYNTHESIS and pair.id in single]
    for target in (*EXACT, *LIMITS):
        own = [pair for pair in ours if pair.target == target.partition(",")[0]]
        if target.startswith("DSP"):
            wide = [pair for pair in own if _weight_bits(single[pair.id]) >= _WIDE]
            own = [pair for pair in wide if _is_unfolded(single[pair.id]) == (target == UNLISTED_DSP)]
        elif target.startswith("interval"):
            own = [pair for pair in own if _is_in_logic(single[pair.id]) == (target == UNLISTED_TURNS)]
        if target in EXACT and own:
            exact = [abs(pair.estimate.value - pair.said) <= 0.5 for pair in own]
            yield Line(target, len(own), 100 * fmean(exact), 100.0)
        elif own:
            yield Line(target, len(own), fmean([pair.symmetric for pair in own]), LIMITS[target])


def _is_unfolded(report: Report) -> bool:
    return report.layers[0].get("reuse_factor") == 1


def _is_in_logic(report: Report) -> bool:
    """Products of the Latency strategy take turns at shared multipliers."""
    return _is_unfolded(report) or report.layers[0].get("strategy") == "latency"


def _is_single(report: Report) -> bool:
    return [entry["fn"] for entry in report.layers] == ["dense"]


def _weight_bits(report: Report) -> int:
    return parse(report.layers[0]["weight_t"]).width if "weight_t" in report.layers[0] else 0


def print_single(lines: list[Line]) -> None:
    """One line a target."""
    if lines:
        print("\nSingle dense layers, shapes left out")
    for line in lines:
        measure = "exact %" if line.target in EXACT else "SMAPE %"
        goal = f"goal {line.goal:g}: {'met' if line.met else 'NOT MET'}"
        print(f"{line.target:16}{line.n:>6}{measure:>10}{line.found:>8.2f}  {goal}")
