"""Designs rebuilt from the reference synthesis reports, to be estimated and compared. Empty where they are absent."""

import csv
import json
import sys
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from engine.boards import Family, board
from engine.design import Design, Target, set_on_layers
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import Activation, Dense, Input, Softmax
from engine.precision import parse
from tests.samples import SHARED

REPORTS = SHARED / "ground_truth" / "reports.csv"
TRUSTED = ("verified", "mostly-verified", "script")


@dataclass(frozen=True, slots=True)
class Report:
    """One synthesised design: where it is from, the design itself, and what C synthesis said."""

    id: str
    repository: str
    layers: list
    row: dict

    def said(self, quantity: str) -> float:
        """One of LUT, FF, DSP, BRAM_18K, lat_max, ii_max."""
        return float(self.row[quantity] or 0)


@cache
def mlp_reports() -> tuple[Report, ...]:
    """Trusted multilayer perceptrons in io_parallel, each result once."""
    if not REPORTS.exists():
        return ()
    csv.field_size_limit(sys.maxsize)
    with REPORTS.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if _usable(row)]
    reports = [Report(r["id"], r["source_repo"].partition("/")[2], json.loads(r["layers_json"]), r) for r in rows]
    return tuple(report for report in reports if all(_is_complete(layer) for layer in report.layers))


def _is_complete(layer) -> bool:
    return layer["fn"] in _KINDS and {"in_t", "out_t"} <= layer.keys()


def _usable(row) -> bool:
    trusted = row["config_trust"] in TRUSTED and not row["is_duplicate_of"]
    return row["family"] == "mlp" and row["success"] == "1" and trusted and row["io_type"] == "io_parallel"


_KINDS = {
    "dense": lambda layer: Dense(units=layer["n_out"]),
    "relu": lambda layer: Activation(),
    "linear": lambda layer: Activation(function="linear"),
    "sigmoid": lambda layer: Activation(function="sigmoid"),
    "softmax": lambda layer: Softmax(),
}


def design_of(report: Report, store: TensorStore) -> Design:
    """The reported design with weights that have the reported counts of zeros, powers of two and digits."""
    layers = [Layer("input", Input(shape=(report.layers[0]["n_in"],)))]
    settings = [("input", "result", parse(report.layers[0]["in_t"]))]
    for index, entry in enumerate(report.layers):
        name = f"layer{index}"
        layer = Layer(name, _KINDS[entry["fn"]](entry), (layers[-1].name,))
        if entry["fn"] == "dense" and "wstats_w" in entry:
            layer = replace(layer, weights=(("kernel", store.put(_weights(entry))),))
        layers.append(layer)
        settings += _settings(name, entry)
    design = Design(report.id, Network(tuple(layers)), _target(report))
    for name, key, value in settings:
        design = set_on_layers(design, (name,), key, value)
    return design


def _settings(name, entry):
    types = {"result": "out_t", "weight": "weight_t", "bias": "bias_t", "accum": "accum_t"}
    found = [(name, key, parse(entry[word])) for key, word in types.items() if word in entry]
    if entry["fn"] == "dense":
        found += [(name, "reuse_factor", int(entry["reuse_factor"])), (name, "strategy", entry["strategy"])]
    return found


def _target(report: Report) -> Target:
    """The part with plenty of everything: only its family and the clock matter to an estimate."""
    part = report.row["part"]
    base = board("pynq-z2") if part.startswith("xc7") else board("vu13p")
    family = Family.SERIES_7 if part.startswith("xc7") else Family.ULTRASCALE_PLUS
    flow = "vitis" if report.row["tool"].startswith("Vitis") else "vivado"
    return Target(replace(base, id="part", part=part, family=family), float(report.row["clock_ns"]), flow)


def _weights(entry) -> np.ndarray:
    """Steps of the weight type: so many zeros, so many with one digit, the rest sharing the digits that are left."""
    stats, type = entry["wstats_w"], parse(entry["weight_t"])
    n, zeros, single = stats["n"], stats["n_zero_q"], stats["n_pow2"]
    rest = max(n - zeros - single, 0)
    random = np.random.default_rng(n)
    extra = (stats["csd_digits"] - single) / rest - 2 if rest else 0
    # 1.32 is the reference analysis's share of constants with two digits, given the mean number of digits.
    two = round(rest * np.exp(-1.32 * max(extra, 0)))
    top = max(int(stats["max_abs_q"]), 1)
    parts = [np.zeros(zeros, np.int64)]
    parts += [random.choice(_pool(top, digits), count) for digits, count in ((1, single), (2, two), (3, rest - two))]
    values = np.concatenate(parts)[:n] * random.choice([-1, 1], n) * type.step
    return random.permutation(values).reshape(entry["n_in"], entry["n_out"])


@cache
def _pool(top, digits):
    """Numbers up to `top` of one, of two, or of three or more non-zero signed digits; 11 where there are none."""
    numbers = np.arange(1, top + 1, dtype=np.int64)
    counts = np.minimum(np.bitwise_count(numbers ^ (3 * numbers)), 3)
    return numbers[counts == digits] if (counts == digits).any() else np.array([11])


def smape(pairs) -> float:
    """Symmetric mean absolute error in percent of (estimate, report), with one added below."""
    return 100 * float(np.mean([abs(a - b) / ((abs(a) + abs(b)) / 2 + 1) for a, b in pairs]))
