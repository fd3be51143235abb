"""The ranges job: measures the ranges of a design's numbers over its data, and shows them while it does."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from engine.data.choice import samples_for
from engine.design import RESULT, Design
from engine.emulate.data import MADE_UP
from engine.emulate.stored import DataError
from engine.flows.hls4ml.inputs import open_tensors, read_design
from engine.flows.registry import flow
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter
from engine.network import MissingTensorError, TensorStore
from engine.precision import FixedType
from engine.project.atomic import write_atomically
from engine.ranges.entry import FILE
from engine.ranges.over_samples import measured
from engine.ranges.spread import Ranges
from engine.ranges.suggest import type_now

SAMPLES = 200
"""Samples measured unless more are asked for."""


def ranges(
    reporter: Reporter, *, design: Any, tensors: str, data: str | None = None, samples: int = SAMPLES
) -> dict[str, Any]:
    """Measure on samples from a file, else of the design's data set, else of the example, else on made-up ones.

    The result is that of `Ranges.to_json`, with a `summary`. Raises JobError.
    """
    read, store = read_design(design), open_tensors(tensors)
    reporter.phase("Measuring ranges")
    found = Ranges()
    try:
        for found, share in ranges_of(read, store, Path(data) if data else None, samples):
            write_atomically(reporter.folder / FILE, lambda file, seen=found: _dump(seen, file))  # type: ignore[misc]
            reporter.progress(share)
            reporter.metric("samples", found.samples)
    except DataError as error:
        raise JobError(str(error)) from error
    except MissingTensorError as error:
        raise JobError(str(error.args[0])) from error
    return {"summary": summary(found)} | found.to_json()


def ranges_of(
    design: Design, tensors: TensorStore, data: Path | None = None, samples: int = SAMPLES
) -> Iterator[tuple[Ranges, float]]:
    """The same as values: ranges so far, and the share of the samples that they are of.

    Of a data set the samples for training are taken: types that are chosen by them are judged by others.
    Raises DataError and MissingTensorError.
    """
    given, source = samples_for(design.network, data or design.data, samples, _input_types(design), "train")
    for found in measured(design.network, tensors, given, source):
        yield found, found.samples / len(given)


def summary(found: Ranges) -> str:
    """What was measured, in one sentence; and that made-up samples say little of real ones."""
    layers = len({spread.layer for spread in found.spreads})
    over = f"Ranges of {layers} layers over {found.samples:,} samples"
    if found.source == MADE_UP:
        return f"{over} of {MADE_UP}: real data may need other types. Choose a data set first."
    return f"{over} of {Path(found.source).name}."


def _input_types(design: Design) -> dict[str, FixedType]:
    known = flow(design.target.flow)
    types = {name: type_now(design, known, name, RESULT) for name in design.network.inputs}
    return {name: type_ for name, type_ in types.items() if type_ is not None}


def _dump(found: Ranges, file: BinaryIO) -> None:
    file.write(json.dumps(found.to_json()).encode())
