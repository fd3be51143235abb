"""Single dense layers, the kind with most reports: what rules give exactly, and what formulas give within a limit."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from engine.estimate import Level
from engine.precision import parse
from tests.benchmarks.estimates.measures import Pair
from tests.benchmarks.estimates.reports import Report

EXACT = ("interval", "DSP")
"""Targets that shall be right to the whole number; DSP slices where weights have as many bits as below."""
LIMITS = {"latency": 1.0, "BRAM18": 3.0, "LUT": 5.0, "FF": 8.0}
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
    wide = {report.id: _weight_bits(report) >= _WIDE for report in reports if _is_single(report)}
    for target in (*EXACT, *LIMITS):
        own = [pair for pair in pairs if (pair.level, pair.target) == (Level.C_SYNTHESIS, target) and pair.id in wide]
        if target in EXACT:
            own = [pair for pair in own if target != "DSP" or wide[pair.id]]
            exact = [abs(pair.estimate.value - pair.said) <= 0.5 for pair in own]
            found, goal = 100 * fmean(exact) if own else 0.0, 100.0
        else:
            found, goal = fmean([pair.symmetric for pair in own]) if own else 0.0, LIMITS[target]
        if own:
            yield Line(target, len(own), found, goal)


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
        print(f"{line.target:9}{line.n:>6}{measure:>10}{line.found:>8.2f}  {goal}")
