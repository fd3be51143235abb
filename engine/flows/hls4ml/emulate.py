"""The emulate job: run the generated C++ bit for bit and compare it with the float network, layer by layer."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.design import Design
from engine.emulate.compare import accuracy, agreement, difference
from engine.emulate.data import DataError, Samples, load_samples, random_samples
from engine.emulate.float_forward import forward
from engine.flows.hls4ml.compiled import check_compiler, compile_project, load, predict, trace
from engine.flows.hls4ml.convert import check_folder, converted
from engine.flows.hls4ml.inputs import open_tensors, read_design
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter
from engine.network import TensorStore
from engine.precision import FixedType, PrecisionError, parse

Array = NDArray[Any]

TRACED = 100
"""Samples of which every layer's output is kept."""

RESULTS = "emulation.npz"


def emulate(
    reporter: Reporter,
    *,
    design: Any,
    tensors: str,
    data: str | None = None,
    out: str = "project",
    samples: int = 100,
) -> dict[str, Any]:
    """Convert, compile, run on `data` (a `.npz` or `.npy`; None: random numbers) and compare.

    `samples` limits how many are run. The result has `summary`, `samples`, `data`, `outputs` (rows with
    `max_error`, `mean_error` and, of vectors, `agreement`: the share of samples with the same winner), `trace` (rows
    with a layer's `name`, its type and `Difference`), `accuracy` (of both, where labels are known), `warnings`, and
    `file`, where all outputs and traces are kept.
    """
    read, store = read_design(design), open_tensors(tensors)
    given = _loaded(data, read, samples)
    folder = reporter.folder / out
    check_folder(folder)
    check_compiler(read.target.flow)
    graph, conversion = converted(reporter, read, store, folder, trace=True)
    load(graph, compile_project(reporter, folder, conversion["project"]))
    given = given or random_samples(read.network, _input_types(conversion["built"]), samples)
    reporter.phase("Running")
    traced = given.part(0, TRACED)
    traces = trace(graph, traced)
    outputs = predict(graph, given, reporter.progress)
    reporter.phase("Comparing")
    file = reporter.folder / RESULTS
    ours = _reference(read, store, given, reporter)
    theirs = dict(zip(read.network.outputs, outputs, strict=True))
    result = {
        "samples": len(given),
        "data": data or "random numbers",
        "outputs": [_compare_output(name, theirs[name], ours[name]) for name in read.network.outputs],
        "trace": _compare_layers(
            conversion["built"], traces, forward(read.network, store, traced.inputs), file, theirs
        ),
        "accuracy": _accuracies(given, theirs, ours),
        "warnings": conversion["warnings"],
        "file": str(file),
    }
    return {"summary": _summary(result), **result}


def _summary(result: dict[str, Any]) -> str:
    """The one sentence that matters most: accuracy, else agreement, else the largest difference."""
    over = f"over {result['samples']} samples of {Path(result['data']).name}"
    if result["accuracy"]:
        shares = result["accuracy"]
        return f"Accuracy {shares['hardware']:.1%}, float network {shares['float']:.1%}, {over}."
    output = max(result["outputs"], key=lambda each: float(each["max_error"]))
    same = f"Same winner in {output['agreement']:.0%}, largest" if "agreement" in output else "Largest"
    return f"{same} difference {output['max_error']:.3g}, {over}."


def _loaded(data: str | None, design: Design, count: int) -> Samples | None:
    """The user's samples, at most `count`; None where there is no file. Raises JobError."""
    if count < 1:
        raise JobError("At least one sample is needed.")
    if data is None:
        return None
    try:
        return load_samples(Path(data), design.network).part(0, count)
    except DataError as error:
        raise JobError(str(error)) from error


def _input_types(built: list[dict[str, Any]]) -> dict[str, FixedType]:
    types = {entry["sources"][0]: _type(entry["types"]["result"]) for entry in built if entry["class"] == "Input"}
    return {name: type_ for name, type_ in types.items() if type_ is not None}


def _reference(design: Design, store: TensorStore, samples: Samples, reporter: Reporter) -> dict[str, Array]:
    """The float network's outputs (samples, values), some samples at a time: windows take memory."""
    parts, step = [], 20
    for start in range(0, len(samples), step):
        part = samples.part(start, start + step)
        results = forward(design.network, store, part.inputs)
        parts.append({name: results[name].reshape(len(part), -1) for name in design.network.outputs})
        reporter.progress(start / len(samples))
    return {name: np.concatenate([part[name] for part in parts]) for name in design.network.outputs}


def _compare_output(name: str, hardware: Array, reference: Array) -> dict[str, Any]:
    found = difference(hardware, reference)
    row = {"name": name, "max_error": found.max_abs, "mean_error": found.mean_abs}
    return row | {"agreement": agreement(hardware, reference)} if hardware.shape[1] > 1 else row


def _accuracies(samples: Samples, theirs: Mapping[str, Array], ours: Mapping[str, Array]) -> dict[str, float] | None:
    if samples.labels is None or len(ours) != 1:
        return None
    (hardware,), (reference,) = theirs.values(), ours.values()
    if hardware.shape[1] < 2:
        return None
    return {"hardware": accuracy(hardware, samples.labels), "float": accuracy(reference, samples.labels)}


def _compare_layers(
    built: list[dict[str, Any]],
    traces: Mapping[str, Array],
    reference: Mapping[str, Array],
    file: Path,
    outputs: Mapping[str, Array],
) -> list[dict[str, Any]]:
    """Differences of the layers whose output is one that the user's network has; all arrays go to `file`."""
    arrays = {f"output/{name}": values for name, values in outputs.items()}
    found = []
    for entry in ends(built):
        layer, hardware = entry["sources"][-1], traces.get(entry["name"])
        ours = reference[layer].reshape(len(reference[layer]), -1)
        if hardware is None or hardware.shape != ours.shape:
            continue
        arrays |= {f"hardware/{layer}": hardware, f"float/{layer}": ours}
        type_ = _type(entry["types"].get("result", ""))
        numbers = asdict(difference(hardware, ours, type_))
        found.append({"name": layer, "built": entry["name"], "type": entry["types"].get("result", ""), **numbers})
    np.savez(file, allow_pickle=False, **arrays)
    return found


def ends(built: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each user's layer the built one that yields its result: the last that stands for it.

    Clones repeat a result and are left out.
    """
    last = {entry["sources"][-1]: entry for entry in built if entry["sources"] and entry["class"] != "Clone"}
    return list(last.values())


def _type(text: str) -> FixedType | None:
    try:
        found = parse(text)
    except PrecisionError:
        return None
    return found if isinstance(found, FixedType) else None
