"""ONNX and QONNX files as networks."""

from pathlib import Path

from engine.network import TensorStore
from engine.onnx.model import read
from engine.onnx.wire import WireError
from engine.readers.errors import ModelFileError
from engine.readers.model import ReadModel
from engine.readers.onnx.build import build

_LARGEST = 1 << 30


def read_onnx(path: Path, store: TensorStore) -> ReadModel:
    """A model with its weights, quantisers and types. Raises ModelFileError or UnsupportedModelError."""
    if path.stat().st_size > _LARGEST:
        raise ModelFileError("The file is larger than 1 GB", path.name, "Save the model without its optimiser.")
    try:
        model = read(path.read_bytes())
    except WireError as error:
        remedy = "Export the model again, or copy the file again: it may be incomplete."
        raise ModelFileError(f"The file is damaged: {error}", path.name, remedy) from None
    network, draft, notes = build(model, store, path.name)
    return ReadModel(network, path.stem, tuple(notes), tuple(draft.settings.items()))
