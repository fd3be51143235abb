"""The emulate job: run the generated C++ bit for bit and compare it with the float network, layer by layer."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.choice import read_samples, usual_count
from engine.design import Design
from engine.emulate.data import MADE_UP, Samples, random_samples
from engine.emulate.stored import DataError
from engine.flows.folder import check_folder
from engine.flows.hls4ml.comparison import (
    TRACED,
    compare_layers,
    compare_output,
    input_types,
    judged,
    keep,
    reference,
    summary,
)
from engine.flows.hls4ml.compiled import load, predict, trace
from engine.flows.hls4ml.compiling import check_compiler, compile_project
from engine.flows.hls4ml.convert import MARK, converted
from engine.flows.hls4ml.inputs import open_tensors, read_design
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter
from engine.network import TensorStore

RESULTS = "emulation.npz"

_RUN = 0.5
"""Share of the progress that running the generated C++ takes; the float network has the rest."""


def emulate(
    reporter: Reporter,
    *,
    design: Any,
    tensors: str,
    data: str | None = None,
    out: str = "project",
    samples: int | None = None,
) -> dict[str, Any]:
    """Convert, compile, run on `data` (a `.npz` or `.npy`; None: the design's data set, or random numbers) and compare.

    `samples` limits how many are run; None: as many as take about a minute. The result has `summary`, `samples`,
    `data`, `outputs` (see `compare_output`), `trace` (see `engine.emulate.traces`; of `traced_samples`), `untraced`
    (layers without an output of their own in hardware), `accuracy` or `score` (see `judged`), `warnings`, and `file`,
    where all outputs and traces are kept.
    """
    read, store = read_design(design), open_tensors(tensors)
    count = usual_count(read.network) if samples is None else samples
    found, source = _loaded(data, read, count)
    check_compiler(read.target.flow)
    folder = reporter.folder / out
    check_folder(folder, MARK, "hls4ml")
    graph, conversion = converted(reporter, read, store, folder, trace=True)
    load(graph, compile_project(reporter, folder, conversion["project"]))
    given = found or random_samples(read.network, input_types(conversion["built"]), count)
    reporter.phase("Running")
    traced, rest = given.part(0, TRACED), given.part(TRACED, len(given))
    traces = trace(graph, traced)
    outputs = dict(
        zip(read.network.outputs, predict(graph, given, lambda share: reporter.progress(_RUN * share)), strict=True)
    )
    reporter.phase("Comparing")
    layers = reference(read.network, store, traced, read.network.order)
    further = _further(reporter, read, store, rest) if len(rest) else {}
    expected = {name: np.concatenate([layers[name], *([further[name]] if further else [])]) for name in outputs}
    rows = compare_layers(conversion["built"], traces, layers, read.network.order)
    keep(reporter.folder / RESULTS, outputs, rows, traces, layers)
    result = {
        "samples": len(given),
        "data": source,
        "outputs": [compare_output(name, values, expected[name]) for name, values in outputs.items()],
        "trace": rows,
        "untraced": [name for name in read.network.order if name not in {row["name"] for row in rows}],
        "traced_samples": len(traced),
        **judged(read.network, given, outputs, expected),
        "warnings": conversion["warnings"],
        "file": str(reporter.folder / RESULTS),
    }
    return {"summary": summary(result), **result}


def _further(reporter: Reporter, design: Design, store: TensorStore, samples: Samples) -> dict[str, NDArray[Any]]:
    """What the float network says to the samples whose layers are not traced."""

    def told(share: float) -> None:
        reporter.progress(_RUN + (1 - _RUN) * share)

    return reference(design.network, store, samples, design.network.outputs, told)


def _loaded(data: str | None, design: Design, count: int) -> tuple[Samples | None, str]:
    """At most `count` samples, None for made-up ones, and what they are called. Raises JobError."""
    if count < 1:
        raise JobError("At least one sample is needed.")
    given = design.data if data is None else Path(data)
    if given is None:
        return None, MADE_UP
    try:
        return read_samples(given, design.network, count)
    except DataError as error:
        raise JobError(str(error)) from error
