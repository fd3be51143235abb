"""`python -m tests.benchmarks.rtl.fit TABLE.json...`: learn the open flow's formulas from tables of `gather`.

Each file's name is its technology. Weights are never negative and learned in relative errors; the interval holds for
nine of ten modules of shapes left out of learning, one shape after the other.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import lsq_linear

from engine.flows.rtl.cost.amounts import blocks, dsp, in_blocks
from engine.flows.rtl.cost.formulas import FILE, IN_MEMORIES, IN_MULTIPLIERS, TERMS, terms
from engine.flows.rtl.cost.reading import read
from engine.flows.rtl.synthesis import Technology

_INSIDE = 0.9
_BOUNDS = {IN_MULTIPLIERS: (-3, 0), IN_MEMORIES: (-1.2, 0)}
_FLOOR = 20
"""Cells below which an error is not relative any more."""


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
            row["reading"] = read(row["verilog"])
            row["terms"] = terms(row["reading"], technology)
        learned[technology.value] = {resource: _learned(rows, resource) for resource in TERMS}
        _say(rows, technology, learned[technology.value])
    asked.out.write_text(json.dumps(learned, indent=1) + "\n")
    return 0


def _learned(rows: list[dict], resource: str) -> dict:
    matrix = np.array([[row["terms"][name] for name in TERMS[resource]] for row in rows])
    bounds = tuple(zip(*(_BOUNDS.get(name, (0, np.inf)) for name in TERMS[resource]), strict=True))
    counts = np.array([row["counts"][resource] for row in rows], float)
    shapes = np.array([row["shape"] for row in rows])
    ratios = []
    for shape in sorted(set(shapes)):
        left_out = shapes == shape
        foretold = np.maximum(matrix[left_out] @ _weights(matrix[~left_out], counts[~left_out], bounds), 0)
        ratios += list((counts[left_out] + _FLOOR) / (foretold + _FLOOR))
    # Least squares of relative errors lies low: what is left out of learning says by how much.
    centre = float(np.median(ratios))
    low, high = _interval(np.array(ratios) / centre)
    weights = centre * _weights(matrix, counts, bounds)
    found = {name: round(float(weight), 4) for name, weight in zip(TERMS[resource], weights, strict=True)}
    return {"weights": found, "low": round(low, 3), "high": round(high, 3), "modules": len(rows)}


def _weights(matrix: np.ndarray, counts: np.ndarray, bounds: tuple) -> np.ndarray:
    scale = 1 / (counts + _FLOOR)
    return lsq_linear(matrix * scale[:, None], counts * scale, bounds).x


def _interval(ratios: np.ndarray) -> tuple[float, float]:
    """Conformal: of n ratios, so many of the outermost may lie outside on either side."""
    ordered, spare = np.sort(ratios), int((len(ratios) + 1) * (1 - _INSIDE) / 2)
    return float(min(ordered[spare], 1)), float(max(ordered[-1 - spare], 1))


def _say(rows: list[dict], technology: Technology, learned: dict) -> None:
    for resource, entry in learned.items():
        foretold = np.array([max(sum(w * row["terms"][n] for n, w in entry["weights"].items()), 0) for row in rows])
        counts = np.array([row["counts"][resource] for row in rows])
        error = np.abs(foretold - counts) / (counts + _FLOOR)
        spread = f"{entry['low']:.2f} to {entry['high']:.2f}"
        print(f"{technology} {resource}: {len(rows)} modules, median error {np.median(error):.1%}, interval {spread}")
    exact = sum(dsp(row["reading"], technology) == row["counts"]["DSP"] for row in rows)
    ram = [sum(blocks(m, technology) for m in row["reading"].memories if in_blocks(m, technology)) for row in rows]
    right = sum(mine == row["counts"]["BRAM18"] for mine, row in zip(ram, rows, strict=True))
    print(f"{technology} DSP exact in {exact} of {len(rows)}, BRAM in {right}")
    for mine, row in zip(ram, rows, strict=True):
        if dsp(row["reading"], technology) != row["counts"]["DSP"] or mine != row["counts"]["BRAM18"]:
            print("  ", row["shape"], row["counts"], mine, dict(row["reading"].products), row["reading"].memories)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
