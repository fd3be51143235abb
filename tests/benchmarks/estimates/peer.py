"""rule4ml's predictions of reported designs, made by an interpreter of its own.

rule4ml is GPL and needs TensorFlow and torch: it is never a dependency. CODESIGN_RULE4ML names the Python interpreter
of an environment that has it; rows go there as JSON and predictions come back as JSON.
"""

import json
import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from engine.precision import FixedType, parse
from tests.benchmarks.estimates.reports import Report

PEER = "CODESIGN_RULE4ML"
CHILD = Path(__file__).with_name("peer_child.py")
TARGETS = {
    "LUT": "LUT",
    "FF": "FF",
    "DSP": "DSP",
    "BRAM": "BRAM18",
    "CYCLES": "latency",
    "INTERVAL": "interval",
}
"""rule4ml's names of what it predicts, and ours."""


class InexpressibleError(ValueError):
    """A row that rule4ml has no words for; the message says what it lacks."""


def expressed(report: Report) -> dict:
    """A row as rule4ml can take it: a Keras network, one precision, one strategy, the nearest of its four boards.

    It knows no interface, no clock, no weights, and one type for all. There are two readings of that: the type of most
    weights, and the default type of the project. Raises InexpressibleError.
    """
    layers = list(_layers(report.layers))
    return {
        "id": report.id,
        "layers": layers,
        "board": _board(report.row["part"]),
        "strategy": _strategy(report),
        "precisions": sorted({_weight_type(report), _default_type(report) or _weight_type(report)}),
        "hls4ml": "0.8.1" if (report.row["hls4ml_version"] or "0").startswith("0") else "1.1.0",
        "tool": _tool_version(report.row["tool_version"]),
    }


def predictions(rows: list[dict]) -> dict[str, list[dict[str, float]]]:
    """What rule4ml says of rows, by their id: for each reading, by our name of the quantity. Raises RuntimeError."""
    python = os.environ.get(PEER, "")
    if not python:
        raise RuntimeError(f"{PEER} does not name the Python interpreter of an environment with rule4ml.")
    done = subprocess.run(
        [python, str(CHILD)], input=json.dumps(rows), env=alone(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"rule4ml made no predictions: {done.stderr[-500:]}")
    said = json.loads(done.stdout.splitlines()[-1])
    return {id: [{TARGETS[name]: each[name] for name in TARGETS} for each in found] for id, found in said.items()}


def alone() -> dict[str, str]:
    """Its environment variables: it needs Keras 3, where ours ask for Keras 2 and name our own packages.

    One thread: rows are small, and others only wait for it.
    """
    kept = {name: value for name, value in os.environ.items() if name not in ("TF_USE_LEGACY_KERAS", "PYTHONPATH")}
    return kept | {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}


def _layers(entries: list[dict]) -> Iterator[dict]:
    """Layers with shapes; the zeros that hls4ml puts before a convolution are the convolution's own in Keras."""
    if not entries:
        raise InexpressibleError("no layers in the table")
    most = max(_reuse_factor(entry) for entry in entries)
    yield {"kind": "input", "name": "input", "shape": _input_shape(entries[0]), "reuse_factor": most}
    for place, (before, entry) in enumerate(pairwise([{"fn": ""}, *entries])):
        padded = before["fn"].startswith("zeropad")
        if entry["fn"] in ("linear", "flatten") or entry["fn"].startswith("zeropad"):
            continue
        layer = _layer(entry, padded)
        yield layer | {"name": f"layer{place}", "reuse_factor": _reuse_factor(entry)}


def _reuse_factor(entry: dict) -> int:
    return int(entry.get("reuse_factor") or 1)


def _layer(entry: dict, padded: bool) -> dict:
    kind = entry["fn"].replace("pointwise_", "").removesuffix("_cl").replace("_", "")
    if kind == "dense":
        return {"kind": kind, "units": entry["n_out"]}
    if kind in ("relu", "sigmoid", "tanh", "softmax"):
        return {"kind": "activation", "function": kind}
    if kind in ("conv1d", "conv2d"):
        axes = ("height", "width") if kind == "conv2d" else ("width",)
        same = padded or any(entry.get(f"pad_{side}") for side in ("top", "bottom", "left", "right"))
        window = {
            "kernel": [entry.get(f"filt_{axis}", 1) for axis in axes],
            "strides": [entry.get(f"stride_{axis}", 1) for axis in axes],
        }
        return {"kind": kind, "filters": entry["n_filt"], "padding": "same" if same else "valid", **window}
    if kind in ("pooling1d", "pooling2d"):
        word = f"{entry.get('pool_op', '')} {entry.get('name', '')}".lower()
        axes = ("height", "width") if kind == "pooling2d" else ("width",)
        return {
            "kind": f"{'average' if 'av' in word else 'max'}{kind}",
            "pool": [entry[f"pool_{axis}"] for axis in axes],
        }
    raise InexpressibleError(f"layers '{entry['fn']}' have no counterpart")


def _input_shape(entry: dict) -> list[int]:
    if "in_height" in entry:
        return [entry["in_height"], entry["in_width"], entry["n_chan"]]
    if "in_width" in entry:
        return [entry["in_width"], entry["n_chan"]]
    if "n_in" not in entry:
        raise InexpressibleError(f"no size of '{entry['fn']}' in the table")
    return [entry["n_in"]]


def _mult(entry: dict) -> dict:
    return {**entry, **entry.get("mult_config", {})}


def _strategy(report: Report) -> str:
    found = {str(_mult(entry)["strategy"]).lower() for entry in report.layers if _mult(entry).get("strategy")}
    if len(found) != 1:
        raise InexpressibleError("strategies of its layers differ" if found else "no strategy in the table")
    (strategy,) = found
    if strategy not in ("latency", "resource"):
        raise InexpressibleError(f"strategy '{strategy}' is unknown to it")
    return strategy


def _default_type(report: Report) -> str:
    return report.row["default_precision"].replace(",", ", ")


def _weight_type(report: Report) -> str:
    counts: Counter[FixedType] = Counter()
    for entry in report.layers:
        text = _mult(entry).get("weight_t", "")
        type = parse(text) if text.startswith("ap_") else None
        if isinstance(type, FixedType):
            counts[type] += entry.get("wstats_w", {}).get("n", 1)
    if not counts:
        raise InexpressibleError("no fixed-point type of the weights in the table")
    type = counts.most_common(1)[0][0]
    return f"ap_fixed<{type.width}, {type.integer}>"


def _board(part: str) -> str:
    """The one of rule4ml's boards whose part is nearest in family and size."""
    if part.startswith("xc7"):
        return "pynq-z2"
    if part.startswith(("xcu250", "xcvu13p")):
        return "alveo-u250"
    return "alveo-u200" if part.startswith(("xcvu", "xcu")) else "zcu102"


def _tool_version(version: str) -> str:
    """The nearest of the versions that it knows, 2019.1 to 2024.2."""
    year, _, release = version.rstrip("?").partition(".")
    half = "1" if release.startswith(("1", "")) and not release.startswith("2") else "2"
    return min(max(f"{year}.{half}", "2019.1"), "2024.2")
