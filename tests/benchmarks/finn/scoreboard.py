"""The submitted designs beside what was measured: simulated latency, and energy by one constant a board."""

from engine.scoreboard.scores import scores
from tests.benchmarks._table import Row

_LATENCY = {("cnv_w1a1", "pynq-z2"): 12.0, ("rn07", "pynq-z2"): 5.0}
"""Percent; the other two runs are mostly host and transfers."""
_ENERGY = 8.0


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    rows: list[Row] = []
    for each in scores():
        measured = each.measured
        name = f"{measured.title} on {measured.board}"
        limit = _LATENCY.get((measured.design, measured.board))
        rows.append((f"{name}: simulated latency off by", 100 * abs(each.deviation), "%", limit))
        rows.append((f"{name}: energy off by", 100 * abs(each.energy_deviation or 0), "%", _ENERGY))
    return rows
