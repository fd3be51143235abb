"""The figures that estimates shall reach, met or not, and whether intervals hold.

The goals are of designs whose weights are known: rows without counts of their weights stand apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.estimate import Level
from tests.benchmarks.estimates.measures import Pair, Scores, macro, wilson

NETWORKS, REPOSITORIES = "networks left out", "repositories left out"
_C, _LOGIC = Level.C_SYNTHESIS.value, Level.LOGIC_SYNTHESIS.value
GOALS: dict[str, dict[tuple[str, str], float]] = {
    NETWORKS: {
        (_C, "LUT"): 8,
        (_C, "FF"): 15,
        (_C, "DSP"): 5,
        (_C, "BRAM18"): 5,
        (_C, "latency"): 5,
        (_C, "interval"): 3,
    },
    REPOSITORIES: {
        (_C, "LUT"): 25,
        (_C, "FF"): 30,
        (_C, "DSP"): 10,
        (_C, "BRAM18"): 10,
        (_C, "latency"): 12,
        (_C, "interval"): 8,
        (_LOGIC, "LUT"): 20,
        (_LOGIC, "FF"): 25,
        (_LOGIC, "DSP"): 8,
    },
}
"""Largest SMAPE in percent, repositories weighing alike."""
COVERAGE = 90.0


@dataclass(frozen=True, slots=True)
class Line:
    """One goal: errors in percent of rows with known weights, and of all."""

    title: str
    level: str
    target: str
    goal: float
    known: Scores
    all: Scores

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.known.smape <= self.goal

    @property
    def holds(self) -> bool:
        """Whether 90 % are inside the Wilson interval of the share of reports that lie in their intervals."""
        return wilson(self.all.inside, self.all.n)[1] >= COVERAGE


def goal_lines(title: str, pairs: list[Pair], known: frozenset[str]) -> Iterator[Line]:
    """A line for each goal of one validation; `known`: rows whose weights are counted in the table."""
    for (level, target), goal in GOALS[title].items():
        group = [pair for pair in pairs if (pair.level, pair.target) == (level, target)]
        own = [pair for pair in group if pair.id in known]
        if own:
            yield Line(title, level, target, goal, macro(own), macro(group))


def print_goals(lines: list[Line]) -> None:
    """One line a goal."""
    if lines:
        print(
            f"\nGoals, {lines[0].title}: macro SMAPE % of rows with known weights (of all rows), intervals of all rows"
        )
    for line in lines:
        low, high = wilson(line.all.inside, line.all.n)
        met, holds = "met" if line.met else "NOT MET", "holds" if line.holds else "DOES NOT HOLD"
        figures = f"{line.known.smape:.1f} ({line.all.smape:.1f})"
        inside = f"{line.all.inside:.0f} % inside (N {line.all.n}, {low:.0f}-{high:.0f}): {holds}"
        print(f"{line.level:16} {line.target:9} goal {line.goal:>3.0f}{figures:>16}  {met:8} {inside}")
