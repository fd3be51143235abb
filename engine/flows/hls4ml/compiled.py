"""The compiled C++, loaded and run through its double interface."""

import contextlib
import ctypes
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.data import Samples

Array = NDArray[Any]


def load(graph: Any, library: Path) -> None:
    """Give hls4ml's graph its compiled library, so that it can predict and trace without compiling again."""
    graph._top_function_lib = ctypes.cdll.LoadLibrary(str(library))
    graph.compile = lambda: None


def trace(graph: Any, samples: Samples) -> dict[str, Array]:
    """Built layer → its output for each sample; the code must have been written with traces."""
    with contextlib.redirect_stdout(io.StringIO()):  # it says that it compiles, which `load` has taken over
        _, found = graph.trace(_arguments(samples))
    return {name: np.asarray(values).reshape(len(samples), -1) for name, values in found.items()}


def predict(graph: Any, samples: Samples, progress: Callable[[float], None], step: int = 50) -> list[Array]:
    """The outputs (samples, values) in the order of the graph's outputs."""
    parts = []
    for start in range(0, len(samples), step):
        part = samples.part(start, start + step)
        found = graph.predict(_arguments(part))
        outputs = found if isinstance(found, list) else [found]
        parts.append([np.asarray(each).reshape(len(part), -1) for each in outputs])
        progress(min(start + step, len(samples)) / len(samples))
    return [np.concatenate(each) for each in zip(*parts, strict=True)]


def _arguments(samples: Samples) -> Any:
    """One array, or a list of them; the samples' inputs stand in the network's order."""
    arrays = [np.ascontiguousarray(each, np.float64) for each in samples.inputs.values()]
    return arrays if len(arrays) > 1 else arrays[0]
