"""Hardware against the float network: what the emulate job tells of outputs and layers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.compare import accuracy, agreement, difference
from engine.emulate.confidence import wilson
from engine.emulate.data import Samples
from engine.emulate.float_forward import forward
from engine.emulate.score import SCORE_WORDS, score
from engine.emulate.several import parts_of
from engine.emulate.task import reconstructs
from engine.network import Network, TensorStore
from engine.precision import FixedType, PrecisionError, parse

Array = NDArray[Any]
Arrays = dict[str, Array]
Built = list[dict[str, Any]]

TRACED = 50
"""Samples of which every layer's output is compared."""

_STEP = 10
"""Samples at a time: the windows of convolutions take memory."""


def reference(
    network: Network,
    store: TensorStore,
    samples: Samples,
    names: Iterable[str],
    progress: Callable[[float], None] = lambda _share: None,
) -> Arrays:
    """Layer → what the float network computes, (samples, values); `progress` is told the share done."""
    kept: dict[str, list[Array]] = {name: [] for name in names}
    for start in range(0, len(samples), _STEP):
        results = forward(network, store, samples.part(start, start + _STEP).inputs)
        for name, parts in kept.items():
            parts.append(results[name].reshape(len(results[name]), -1))
        progress(min(start + _STEP, len(samples)) / len(samples))
    return {name: np.concatenate(parts) for name, parts in kept.items()}


def flat(values: Array) -> Array:
    """(samples, values)."""
    return values.reshape(len(values), -1)


def compare_output(name: str, hardware: Array, expected: Array) -> dict[str, Any]:
    """`max_error`, `mean_error`, `relative` (see `Difference`) and, of vectors, `agreement`: the share of samples with
    the same winner, with the ends `agreement_low` and `agreement_high` of its 90 % interval.
    """
    found = difference(hardware, expected)
    row = {"name": name, "max_error": found.max_abs, "mean_error": found.mean_abs, "relative": found.relative}
    if hardware.shape[1] == 1:
        return row
    share = agreement(hardware, expected)
    low, high = wilson(share, len(hardware))
    return row | {"agreement": share, "agreement_low": low, "agreement_high": high}


def judged(
    network: Network, samples: Samples, hardware: Mapping[str, Array], expected: Mapping[str, Array]
) -> dict[str, Any]:
    """`accuracy` (see `accuracies`), and `score` (see `engine.emulate.score`) where there is none: of several outputs,
    over all of their values. Where some of these choose, `accuracy` is the mean of theirs, and `by_output` has each."""
    ours, theirs = (np.concatenate([each[name] for name in network.outputs], axis=1) for each in (hardware, expected))
    if samples.choices and samples.targets is not None:
        rows = [
            {"name": part.name}
            | _shares(part.share_right(ours, samples.targets), part.share_right(theirs, samples.targets), len(ours))
            for part in parts_of(network)
            if part.name in samples.choices
        ]
        means = [sum(row[of] for row in rows) / len(rows) for of in ("hardware", "float")]
        return {"accuracy": _shares(means[0], means[1], len(ours)), "score": None, "by_output": rows}
    found = score(network, samples, ours, theirs)
    # An autoencoder's labels are no classes among its outputs.
    labels = None if found or reconstructs(network) else samples.labels
    return {"accuracy": accuracies(labels, hardware, expected), "score": found}


def accuracies(labels: Array | None, hardware: Mapping[str, Array], expected: Mapping[str, Array]) -> Any:
    """Accuracy of the `hardware`, `low` and `high` end of its 90 % interval, and accuracy of the `float` network.

    None without labels or with several outputs.
    """
    if labels is None or len(hardware) != 1:
        return None
    (ours,), (theirs,) = hardware.values(), expected.values()
    if ours.shape[1] == 1:
        return None
    return _shares(accuracy(ours, labels), accuracy(theirs, labels), len(labels))


def _shares(hardware: float, float_network: float, count: int) -> dict[str, Any]:
    low, high = wilson(hardware, count)
    return {"hardware": hardware, "low": low, "high": high, "float": float_network}


def summary(result: Mapping[str, Any]) -> str:
    """The one sentence that matters most: accuracy, else agreement, else the largest difference."""
    over = f"over {result['samples']} samples of {Path(result['data']).name}"
    if result["accuracy"]:
        shares = result["accuracy"]
        accuracy, wanted = _percent(shares["hardware"], 1), _percent(shares["float"], 1)
        each = ", ".join(f"{row['name']} {_percent(row['hardware'], 1)}" for row in result.get("by_output", []))
        return f"Accuracy {accuracy}{f' ({each})' if each else ''}, float network {wanted}, {over}."
    if result.get("score"):
        found = result["score"]
        return f"{SCORE_WORDS[found['kind']]} {found['hardware']:.3g}, float network {found['float']:.3g}, {over}."
    output = max(result["outputs"], key=lambda each: float(each["max_error"]))
    same = f"Same winner in {_percent(output['agreement'], 0)}, largest" if "agreement" in output else "Largest"
    return f"{same} difference {output['max_error']:.3g}, {over}."


def _percent(share: float, decimals: int) -> str:
    return f"{share:.{decimals}%}".replace("%", " %")


def compare_layers(
    built: Built, traces: Mapping[str, Array], expected: Mapping[str, Array], order: Sequence[str]
) -> list[dict[str, Any]]:
    """Differences of the layers whose output is one that the user's network has too, in the network's order."""
    rows = []
    for entry in sorted(ends(built), key=lambda each: order.index(each["sources"][-1])):
        name, hardware = entry["sources"][-1], traces.get(entry["name"])
        if hardware is None or hardware.shape != expected[name].shape:
            continue
        row = compare_layer(name, hardware, expected[name], entry["types"].get("result", ""))
        rows.append(row | {"built": entry["name"]})
    return rows


def compare_layer(name: str, hardware: Array, expected: Array, spelling: str) -> dict[str, Any]:
    """Name and type of one layer, and how far its output is from the float network's."""
    return {"name": name, "type": spelling, **asdict(difference(hardware, expected, type_of(spelling)))}


def keep(file: Path, outputs: Arrays, rows: list[dict[str, Any]], traces: Arrays, expected: Arrays) -> None:
    """Write all outputs, and what was traced of both sides, as `.npz`."""
    arrays = {f"output/{name}": values for name, values in outputs.items()}
    for row in rows:
        arrays[f"hardware/{row['name']}"] = traces[row["built"]]
        arrays[f"float/{row['name']}"] = expected[row["name"]]
    np.savez(file, allow_pickle=False, **arrays)


def ends(built: Built) -> Built:
    """Of each user's layer the built one that yields its result: the last that stands for it.

    Clones repeat a result and are left out.
    """
    last = {entry["sources"][-1]: entry for entry in built if entry["sources"] and entry["class"] != "Clone"}
    return list(last.values())


def input_types(built: Built) -> dict[str, FixedType]:
    """Input layer → the type in which its values enter."""
    types = {entry["sources"][0]: type_of(entry["types"]["result"]) for entry in built if entry["class"] == "Input"}
    return {name: type_ for name, type_ in types.items() if type_ is not None}


def type_of(spelling: str) -> FixedType | None:
    """A built type; None for those that are not fixed-point."""
    try:
        found = parse(spelling)
    except PrecisionError:
        return None
    return found if isinstance(found, FixedType) else None
