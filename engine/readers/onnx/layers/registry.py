"""Which function reads which operation."""

import difflib
from collections.abc import Callable
from typing import TypeVar

from engine.onnx import Node
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Value

Reader = Callable[[Site], Value]
_Any = TypeVar("_Any", bound=Reader)
_READERS: dict[str, Reader] = {}
_DOMAINS = ("", "ai.onnx")
_QUANTISERS = ("onnx.brevitas", "qonnx.custom_op.", "finn.custom_op.")
_TRANSPOSED = ("transposed convolutions are not supported", "Use Resize (nearest) followed by Conv.")
_OWN = ("it normalises with each sample's own statistics", "Use BatchNormalization.")
_REASONS = {
    "ConvTranspose": _TRANSPOSED,
    "LayerNormalization": _OWN,
    "InstanceNormalization": _OWN,
    "FloatQuant": ("numbers with an exponent are not supported", "Use Quant, which rounds to whole numbers of steps."),
    "MultiThreshold": ("FINN's thresholds are not read", "Open the QONNX file from before FINN's transformations."),
    "Gather": ("picking values is not supported", "Pick the values before they enter."),
    "Slice": ("cutting values out is not supported", "Use one input for each part."),
    "Split": ("cutting values apart is not supported", "Use one input for each part."),
    "Div": ("dividing by what depends on the data is not supported", "Multiply by a constant."),
    "If": ("a choice that depends on the data is not supported", "Export the branch that is meant."),
    "Loop": ("loops are not supported", "Save a Keras model as .keras, or export LSTM, GRU and RNN as such."),
}


def reads(*op_types: str) -> Callable[[_Any], _Any]:
    """Decorator: this function reads these operations. It may raise RefusedError or ModelFileError."""

    def register(reader: _Any) -> _Any:
        _READERS.update(dict.fromkeys(op_types, reader))
        return reader

    return register


def find_reader(node: Node) -> Reader | None:
    """The function that reads an operation."""
    known = node.domain in _DOMAINS or node.domain.startswith(_QUANTISERS)
    return _READERS.get(node.op_type) if known else None


def unsupported(node: Node) -> RefusedError:
    """Why an operation is not read, and what is near."""
    shown = f"{node.domain}.{node.op_type}"[-60:] if node.domain not in _DOMAINS else node.op_type[:60]
    if node.op_type in _REASONS:
        return RefusedError(*_REASONS[node.op_type])
    near = difflib.get_close_matches(node.op_type[:60], _READERS, n=1)
    remedy = f"The nearest supported operation is {near[0]}." if near else "Rebuild it from layers in the palette."
    return RefusedError(f"the operation {shown} is not supported", remedy)
