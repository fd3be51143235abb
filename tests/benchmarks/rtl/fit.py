"""`python -m tests.benchmarks.rtl.fit TABLE.json...`: learn the open flow's formulas from tables of `gather`.

Each file's name is its technology. For each kind of module, weights are learned in relative errors, those of what goes
into multipliers and memories never positive, all others never negative. Modules of one shape are left out together:
how far they lie from what the others teach is the error that is told, and gives the interval of nine in ten.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares, lsq_linear

from engine.flows.rtl.build import sites
from engine.flows.rtl.cost.amounts import blocks, dsp, in_blocks
from engine.flows.rtl.cost.formulas import (
    CONSTANT,
    FILE,
    FIXED_ADDERS,
    FIXED_REGISTERS,
    FIXED_SELECTORS,
    FLOOR,
    IN_MEMORIES,
    IN_MULTIPLIERS,
    TERMS,
    kind,
    terms,
)
from engine.flows.rtl.cost.reading import ALIKE, FACTORS, SUMS, ZEROED, Reading, read
from engine.flows.rtl.cost.sketch import Sketch, sketched
from engine.flows.rtl.plan import plan
from engine.flows.rtl.synthesis import Technology
from tests.benchmarks.rtl.samples import sample

_INSIDE = 0.9
_AIMED = (0.9, 0.92, 0.94, 0.96, 0.98)
"""Shares of what was learned from that are tried until so many of shapes never seen lie inside: of one shape, several
lie outside together."""
_FOLDS = 10
_FEWEST = 15
"""Modules of a kind that are enough to learn from."""
_OUTLIER = 0.15
"""Relative error from which on a module counts less."""
_TAKEN = (
    *(ZEROED, SUMS, FACTORS, IN_MULTIPLIERS, IN_MEMORIES),
    *(FIXED_ADDERS, FIXED_SELECTORS, FIXED_REGISTERS, ALIKE),
)


def main(arguments: list[str]) -> int:
    """Learn and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.rtl.fit", description=__doc__)
    parser.add_argument("tables", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=FILE)
    asked = parser.parse_args(arguments)
    learned = json.loads(asked.out.read_text()) if asked.out.exists() else {}
    for table in asked.tables:
        technology = Technology(table.stem)
        rows = json.loads(table.read_text())
        for row in rows:
            row["reading"] = reading = _reading(row, technology)
            row["terms"], row["of"] = terms(reading, technology), kind(reading, technology)
        learned[technology.value] = {
            resource: {name: _learned(_alike(rows, name), resource, name) for name in kinds}
            for resource, kinds in TERMS.items()
        }
        _say(rows, technology)
    asked.out.write_text(json.dumps(learned, indent=1) + "\n")
    return 0


def _alike(rows: list[dict], name: str) -> list[dict]:
    """The modules of a kind, or all where there are few of it."""
    found = [row for row in rows if row["of"] == name]
    return found if len(found) >= _FEWEST else rows


def _reading(row: dict, technology: Technology) -> Reading:
    """What an estimate reads of a module: of a constant matrix, a sketch."""
    found = read(row["verilog"])
    if kind(found, technology) != CONSTANT:
        return found
    return _sketches(row["seed"], *row["asked"]).get(row["name"].split("_", 3)[-1], found)


@cache
def _sketches(seed: str, drawn: str, most: int) -> dict[str, Reading]:
    """The sketched modules of a sample."""
    specification = sample(seed, drawn, most).specification
    made = [sketched(site) for site in sites(specification, plan(specification), "network")]
    return {each.module: each.reading for each in made if isinstance(each, Sketch)}


def _learned(rows: list[dict], resource: str, name: str) -> dict:
    """A formula with its interval."""
    terms_ = TERMS[resource][name]
    matrix = np.array([[row["terms"][term] for term in terms_] for row in rows])
    counts = np.array([row["counts"][resource] for row in rows], float)
    foretold = np.zeros(len(rows))
    parts = _folds([row["shape"] for row in rows])
    for left_out in parts:
        weights = _weights(matrix[~left_out], counts[~left_out], terms_)
        foretold[left_out] = np.maximum(matrix[left_out] @ weights, 0)
    ratios = (counts + FLOOR) / (foretold + FLOOR)
    aimed = next((each for each in _AIMED if _inside(ratios, parts, each) >= _INSIDE), _AIMED[-1])
    low, high = _interval(ratios, aimed)
    found = dict(zip(terms_, _weights(matrix, counts, terms_).round(4).tolist(), strict=True))
    error = np.abs(foretold - counts) / (counts + FLOOR)
    print(
        f"{resource}, {name}: {len(rows)} modules, error {np.median(error):.1%} in the median, {error.mean():.1%} in "
        f"the mean, {_inside(ratios, parts, aimed):.0%} inside, from {low:.2f} to {high:.2f}"
    )
    return {
        "weights": {term: weight for term, weight in found.items() if weight},
        "low": round(low, 3),
        "high": round(high, 3),
        "modules": len(rows),
        "largest": int(counts.max()),
    }


def _folds(shapes: Sequence[str]) -> list[np.ndarray]:
    """Which modules are left out together, each once."""
    order = np.random.default_rng(0).permutation(sorted(set(shapes)))
    fold = {shape: place % _FOLDS for place, shape in enumerate(order)}
    which = np.array([fold[shape] for shape in shapes])
    return [which == each for each in range(_FOLDS)]


def _weights(matrix: np.ndarray, counts: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """The ratio of a count to its sum is 1 in the middle of all, be it above or below."""
    low = np.array([-3.0 if name in _TAKEN else 0.0 for name in names])
    high = np.array([0.0 if name in _TAKEN else np.inf for name in names])
    scale = 1 / (counts + FLOOR)
    start = lsq_linear(matrix * scale[:, None], counts * scale, (low, high)).x

    def error(weights: np.ndarray) -> np.ndarray:
        return np.log((np.maximum(matrix @ weights, 0) + FLOOR) / (counts + FLOOR))

    def slope(weights: np.ndarray) -> np.ndarray:
        sums = np.maximum(matrix @ weights, 0) + FLOOR
        return matrix / sums[:, None]

    inner = np.clip(start, low + 1e-6, np.where(np.isinf(high), np.inf, high - 1e-6))
    return least_squares(error, inner, slope, (low, high), loss="soft_l1", f_scale=_OUTLIER).x


def _interval(ratios: np.ndarray, aimed: float) -> tuple[float, float]:
    """Conformal: of n ratios, so many of the outermost may lie outside on either side."""
    ordered, spare = np.sort(ratios), int((len(ratios) + 1) * (1 - aimed) / 2)
    return float(min(ordered[spare], 1)), float(max(ordered[-1 - spare], 1))


def _inside(ratios: np.ndarray, parts: Sequence[np.ndarray], aimed: float) -> float:
    """The share of what was left out that lies in the interval of all others."""
    inside = 0
    for left_out in parts:
        low, high = _interval(ratios[~left_out], aimed)
        inside += int(((ratios[left_out] >= low) & (ratios[left_out] <= high)).sum())
    return inside / len(ratios)


def _say(rows: list[dict], technology: Technology) -> None:
    """What is certain, and where it is not so."""
    exact = sum(dsp(row["reading"], technology) == row["counts"]["DSP"] for row in rows)
    ram = [sum(blocks(m, technology) for m in row["reading"].memories if in_blocks(m, technology)) for row in rows]
    right = sum(mine == row["counts"]["BRAM18"] for mine, row in zip(ram, rows, strict=True))
    print(f"{technology}: DSP exact in {exact} of {len(rows)}, BRAM in {right}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
