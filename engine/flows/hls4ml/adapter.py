"""The one file that imports hls4ml. Call it in worker processes only: hls4ml prints and runs shells.

hls4ml 1.3 is driven through its own layer list with NumPy weights, so that neither Keras nor TensorFlow is needed.
"""

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from engine.design import Design
from engine.flows.hls4ml.errors import ConversionError
from engine.flows.hls4ml.fifos import set_depths
from engine.flows.hls4ml.layer_list import LayerList, layer_list
from engine.flows.hls4ml.project import project_config
from engine.flows.hls4ml.support import problems
from engine.flows.problem import Problem
from engine.network import TensorStore

_QUANTIZERS = {"weight_quantizer", "bias_quantizer", "depthwise_quantizer", "pointwise_quantizer"}
_TYPES = {"slope_prec", "shift_prec"}


def version() -> str:
    """hls4ml's version."""
    import hls4ml

    return str(hls4ml.__version__)


def build_graph(design: Design, tensors: TensorStore, folder: Path, *, trace: bool = False) -> Any:
    """hls4ml's ModelGraph of a design, not yet written; `folder` is where `write_project` will put it.

    With `trace` the compiled code keeps every layer's output. Raises ConversionError with all reasons.
    """
    found = problems(design)
    if found:
        raise ConversionError(found)
    graph = graph_of(layer_list(design, tensors), project_config(design, folder), trace=trace)
    if design.target.io_type == "io_stream":
        set_depths(graph, dict(design.fifo_depths))
    return graph


def graph_of(layers: LayerList, config: Mapping[str, Any], *, trace: bool = False) -> Any:
    """hls4ml's ModelGraph of a layer list under a project configuration."""
    from hls4ml.model.graph import ModelGraph

    hls_config = {part: dict(entries) for part, entries in layers.hls_config.items()}
    if trace:
        hls_config["LayerName"] = {name: {**entry, "Trace": True} for name, entry in hls_config["LayerName"].items()}
    entries = [_with_objects(layer) for layer in layers.layers]
    full = {**config, "HLSConfig": hls_config, "TraceOutput": trace}
    if full["Backend"] == "Libero":
        full["SmartHLSPath"] = _smarthls()
    try:
        return ModelGraph.from_layer_list(full, entries, list(layers.inputs), list(layers.outputs))
    except Exception as error:
        raise ConversionError([Problem("", f"hls4ml refused the design: {error}", "")]) from error


def write_project(graph: Any) -> None:
    """Write the generated project into the folder that the graph was built for."""
    if not hasattr(np, "product"):
        # hls4ml 1.3 writes powers of two with a name that NumPy 2 dropped.
        setattr(np, "product", np.prod)  # noqa: B010
    with _without_keras():
        graph.write()


def _with_objects(layer: Mapping[str, Any]) -> dict[str, Any]:
    """An entry whose words for quantisers and types have become hls4ml's objects."""
    entry = dict(layer)
    for key in _QUANTIZERS & entry.keys():
        entry[key] = None if entry[key] is None else _quantizer(entry[key])
    for key in _TYPES & entry.keys():
        entry[key] = _precision(entry[key])
    return entry


def _quantizer(words: Mapping[str, Any]) -> Any:
    from hls4ml.model.quantizers import Quantizer

    class Applied(Quantizer):  # type: ignore[misc]
        """A quantiser whose work is done: it only encodes, −1 as 0 where hls4ml wants bits."""

        def __call__(self, data: Any) -> Any:
            return np.where(data >= 0, 1, 0) if words["family"] == "xnor" else np.asarray(data)

    return Applied(words["bits"], _precision(words))


def _precision(words: Mapping[str, Any]) -> Any:
    from hls4ml.backends.fpga.fpga_backend import FPGABackend
    from hls4ml.model.types import ExponentPrecisionType, IntegerPrecisionType, XnorPrecisionType

    match words["family"]:
        case "xnor":
            return XnorPrecisionType()
        case "integer":
            return IntegerPrecisionType(width=words["bits"], signed=True)
        case "exponent":
            return ExponentPrecisionType(width=words["bits"], signed=True)
        case _:
            return FPGABackend.convert_precision_string(words["type"])


def _smarthls() -> Path:
    """Where SmartHLS stands; its Makefile names the place, and finds nothing where the tool is not installed."""
    found = shutil.which("shls")
    return Path(found).parent.parent if found else Path("SmartHLS")


@contextmanager
def _without_keras() -> Iterator[None]:
    """Keep hls4ml's writers from importing Keras, and TensorFlow with it, merely to look for Keras models."""
    before = {name: sys.modules.get(name) for name in ("keras", "tensorflow")}
    sys.modules.update(dict.fromkeys(before))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
