"""The generated C++ compiled, loaded and run through its double interface."""

import contextlib
import ctypes
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.data import Samples
from engine.flows.hls4ml.backends import BACKENDS
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter

Array = NDArray[Any]

_QUIET = "build_quiet.sh"

_WITHOUT = "Without it, the accuracy in the budget, Compare layer by layer and `evaluate` are bit-exact too."
_MODELLED = ("vitis", "vivado")
"""Back ends of which that is true."""
_ADVICE = {
    "g++": "Install one: on Debian or Ubuntu “sudo apt install g++”, on macOS “xcode-select --install”.",
    "icpx": "Install Intel oneAPI with its FPGA support and source its setvars.sh before starting the studio.",
    "shls": "Install Microchip's Libero SoC with SmartHLS and put shls on the PATH.",
}


def check_compiler(flow: str) -> None:
    """Raise JobError where what this flow's code needs to be compiled is not installed."""
    compiler = BACKENDS[flow].compiler
    if shutil.which(compiler) is None:
        missing = f"Emulation needs the compiler {compiler}, which was not found. {_ADVICE[compiler]}"
        raise JobError(f"{missing} {_WITHOUT}" if flow in _MODELLED else missing)


def compile_project(reporter: Reporter, folder: Path, project: str) -> Path:
    """Compile a written project; return the library. What the compiler says goes to the log."""
    reporter.phase("Compiling")
    script = (folder / "build_lib.sh").read_text("utf-8")
    # The fixed-point headers that hls4ml ships make g++ warn thousands of times.
    (folder / _QUIET).write_text(script.replace("-fPIC", "-fPIC -w", 1), "utf-8")
    # Some back ends' scripts go on after an error.
    reporter.run(["bash", "-e", _QUIET], cwd=folder)
    found = sorted((folder / "firmware").glob(f"{project}-*.so"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise JobError("The compiler ended well but left no library; the log may say why.")
    return found[-1]


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
