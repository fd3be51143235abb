"""One way in for every kind of model file."""

from pathlib import Path

from engine.network import TensorStore
from engine.readers.errors import ModelFileError
from engine.readers.keras.read import read_archive, read_h5, read_json
from engine.readers.lasting import lasting
from engine.readers.model import ReadModel
from engine.readers.onnx.read import read_onnx

_READERS = {".h5": read_h5, ".hdf5": read_h5, ".keras": read_archive, ".json": read_json, ".onnx": read_onnx}
_KINDS = (
    "Open a Keras or QKeras model (.h5, .keras, or .json with its weights beside it), an ONNX or QONNX model (.onnx), "
    "or an hls4ml project's folder."
)


def read_model(path: Path, store: TensorStore) -> ReadModel:
    """Read a model; its weights go to the store as float32, before quantisation, batch normalisation folded.

    Nothing of the file is executed. Raises ModelFileError if it cannot be read, UnsupportedModelError with all
    that has no counterpart here.
    """
    if path.is_dir():
        raise ModelFileError("A folder is not a model file", path.name, _KINDS)
    if not path.is_file():
        raise ModelFileError("There is no such file", str(path), _KINDS)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ModelFileError(f"'{path.suffix or path.name}' is not a kind of model file", path.name, _KINDS)
    try:
        return lasting(reader(path, store))
    except OSError as error:
        raise ModelFileError(f"The file cannot be read: {error.strerror or error}", path.name) from error
