"""Hardware against the float network: what the emulate job tells of outputs and layers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.compare import accuracy, agreement, difference
from engine.emulate.data import Samples
from engine.emulate.float_forward import forward
from engine.network import Network, TensorStore
from engine.precision import FixedType, PrecisionError, parse

Array = NDArray[Any]
Arrays = dict[str, Array]
Built = list[dict[str, Any]]

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


def compare_output(name: str, hardware: Array, expected: Array) -> dict[str, Any]:
    """`max_error`, `mean_error` and, of vectors, `agreement`: the share of samples with the same winner."""
    found = difference(hardware, expected)
    row = {"name": name, "max_error": found.max_abs, "mean_error": found.mean_abs}
    return row | {"agreement": agreement(hardware, expected)} if hardware.shape[1] > 1 else row


def accuracies(labels: Array | None, hardware: Mapping[str, Array], expected: Mapping[str, Array]) -> Any:
    """Accuracy of the hardware and of the float network; None without labels or with several outputs."""
    if labels is None or len(hardware) != 1:
        return None
    (ours,), (theirs,) = hardware.values(), expected.values()
    return {"hardware": accuracy(ours, labels), "float": accuracy(theirs, labels)} if ours.shape[1] > 1 else None


def compare_layers(
    built: Built, traces: Mapping[str, Array], expected: Mapping[str, Array], order: Sequence[str]
) -> list[dict[str, Any]]:
    """Differences of the layers whose output is one that the user's network has too, in the network's order."""
    rows = []
    for entry in sorted(ends(built), key=lambda each: order.index(each["sources"][-1])):
        name, hardware = entry["sources"][-1], traces.get(entry["name"])
        if hardware is None or hardware.shape != expected[name].shape:
            continue
        spelling = entry["types"].get("result", "")
        numbers = asdict(difference(hardware, expected[name], type_of(spelling)))
        rows.append({"name": name, "built": entry["name"], "type": spelling, **numbers})
    return rows


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
