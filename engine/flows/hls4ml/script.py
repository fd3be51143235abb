"""A Python script that rebuilds the hls4ml project of a design: readable, and without the studio."""

import io
import pprint
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.design import Design
from engine.flows.hls4ml.errors import ConversionError
from engine.flows.hls4ml.layer_list import LayerList, layer_list
from engine.flows.hls4ml.project import project_config
from engine.flows.hls4ml.support import problems
from engine.network import TensorStore
from engine.project.atomic import write_atomically
from engine.project.told import Told, unheard

_WIDTH = 110

_HEAD = '''\
"""Rebuilds the hls4ml project {name}: `python {script} [FOLDER]`, with {weights} beside this file.

Written by Codesign Studio for hls4ml {version}. Needs hls4ml and NumPy; neither Keras nor TensorFlow.
"""

import sys
from pathlib import Path

# There are no Keras models here; hls4ml would import Keras, and TensorFlow with it, merely to look for them.
sys.modules.setdefault("keras", None)
sys.modules.setdefault("tensorflow", None)

import numpy as np
from hls4ml.backends.fpga.fpga_backend import FPGABackend
from hls4ml.model.graph import ModelGraph
from hls4ml.model.quantizers import Quantizer
from hls4ml.model.types import ExponentPrecisionType, IntegerPrecisionType, XnorPrecisionType

HERE = Path(__file__).resolve().parent
WEIGHTS = np.load(HERE / "{weights}")

if not hasattr(np, "product"):
    np.product = np.prod  # hls4ml 1.3 writes powers of two with a name that NumPy 2 dropped


def precision(family, bits, type=""):
    """The type of a quantiser's values."""
    if family == "xnor":
        return XnorPrecisionType()
    if family == "integer":
        return IntegerPrecisionType(width=bits, signed=True)
    if family == "exponent":
        return ExponentPrecisionType(width=bits, signed=True)
    return FPGABackend.convert_precision_string(type)


class Quantised(Quantizer):
    """A quantiser whose work is done: the weights are quantised already. It encodes -1 as 0 where hls4ml wants bits."""

    def __init__(self, family, bits, type=""):
        super().__init__(bits, precision(family, bits, type))
        self.family = family

    def __call__(self, data):
        return np.where(data >= 0, 1, 0) if self.family == "xnor" else np.asarray(data)


'''

_FIFOS = '''

def set_depths(graph):
    """Set the depths of FIFOs, by writer and reader: hls4ml's configuration has no word for them."""
    layers = list(graph.get_layers())
    writers = {name: layer for layer in layers for name in layer.outputs}
    readers = [layer for layer in layers if layer.class_name not in ("Input", "Reshape")]
    ends = [(name, layer.name) for layer in readers for name in layer.inputs]
    seen = {}
    for name, reader in [*ends, *((name, "the outside") for name in graph.outputs)]:
        while writers[name].class_name == "Reshape":
            name = writers[name].inputs[0]
        fifo = f"{writers[name].name} → {reader}"
        seen[fifo] = seen.get(fifo, 0) + 1
        fifo = fifo if seen[fifo] == 1 else f"{fifo} ({seen[fifo]})"
        if fifo in FIFO_DEPTHS:
            writers[name].variables[name].pragma = ("stream", FIFO_DEPTHS[fifo])
'''

_TAIL = '''

def build(folder):
    """Write the project into a folder."""
    config = {**CONFIG, "OutputDir": str(folder), "HLSConfig": HLS_CONFIG}
    graph = ModelGraph.from_layer_list(config, LAYERS, INPUTS, OUTPUTS)
{set_depths}    graph.write()
    return graph


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / CONFIG["ProjectName"])
'''

_COLLECTED, _PACKED = 0.4, 0.7
"""Shares of the work that are done when the weights are collected, and when they are packed."""


def write_script(design: Design, tensors: TensorStore, path: Path, told: Told = unheard) -> tuple[Path, Path]:
    """Write the script and, beside it, its weights as `.npz`; return both paths. What `told` raises leaves neither.

    Raises ConversionError for a design that cannot be converted, OSError if a file cannot be written.
    """
    found = problems(design)
    if found:
        raise ConversionError(found)
    weights = path.with_suffix(".npz")
    text, arrays = script(design, layer_list(design, tensors), path.name, weights.name)
    told(_COLLECTED)
    stored = io.BytesIO()
    np.savez(stored, allow_pickle=False, **arrays)
    told(_PACKED)
    write_atomically(weights, lambda file: _write(file, stored.getvalue()))
    write_atomically(path, lambda file: _write(file, text.encode()))
    return path, weights


def script(design: Design, layers: LayerList, name: str, weights: str) -> tuple[str, dict[str, NDArray[Any]]]:
    """The script's text and the arrays it loads; `name` and `weights` are the files' names."""
    arrays: dict[str, NDArray[Any]] = {}
    entries = [_shown(layer, arrays) for layer in layers.layers]
    config = {key: value for key, value in project_config(design, Path()).items() if key != "OutputDir"}
    head = _HEAD.replace("{name}", config["ProjectName"]).replace("{version}", _version())
    head = head.replace("{script}", _quoted(name)).replace("{weights}", _quoted(weights))
    parts = [
        _assigned("CONFIG", config),
        _assigned("HLS_CONFIG", layers.hls_config),
        _assigned("LAYERS", entries),
        _assigned("INPUTS", list(layers.inputs)),
        _assigned("OUTPUTS", list(layers.outputs)),
    ]
    depths = dict(design.fifo_depths) if design.target.io_type == "io_stream" else {}
    if depths:
        parts.append(_assigned("FIFO_DEPTHS", depths))
    tail = (_FIFOS if depths else "") + _TAIL.replace("{set_depths}", "    set_depths(graph)\n" if depths else "")
    return head + "\n".join(parts) + tail, arrays


class _Call:
    """Prints as an expression of the script."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def _shown(layer: Mapping[str, Any], arrays: dict[str, NDArray[Any]]) -> dict[str, Any]:
    """An entry with arrays and quantisers as expressions; the arrays are added to `arrays`."""
    shown: dict[str, Any] = {}
    for key, value in layer.items():
        if isinstance(value, np.ndarray):
            name = f"{layer['name']}.{key}"
            arrays[name] = value
            shown[key] = _Call(f"WEIGHTS[{name!r}]")
        elif isinstance(value, Mapping):
            function = "Quantised" if key.endswith("_quantizer") else "precision"
            shown[key] = _Call(f"{function}({', '.join(repr(each) for each in value.values())})")
        else:
            shown[key] = value
    return shown


def _assigned(name: str, value: Any) -> str:
    indent = " " * (len(name) + 3)
    text = pprint.pformat(value, width=_WIDTH - len(indent), sort_dicts=False)
    return f"{name} = {text.replace(chr(10), chr(10) + indent)}\n"


def _quoted(name: str) -> str:
    """A file's name inside the script's strings."""
    return name.replace("\\", "\\\\").replace('"', '\\"')


def _version() -> str:
    from importlib.metadata import version

    return version("hls4ml")


def _write(file: Any, data: bytes) -> None:
    file.write(data)
