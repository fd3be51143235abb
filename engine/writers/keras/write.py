"""The two files that Keras 2 and QKeras read: one HDF5 file, or a `.keras` archive."""

import io
import json
import zipfile
from typing import Any

from engine.design import Design
from engine.network import TensorStore
from engine.readers.keras.stored import Numbering
from engine.writers.keras.model import KerasLayer, KerasModel, keras_model

_VERSION = "2.15.0"
"""Of the layout that is written; tf_keras reads it, and QKeras with it."""
_DATE = (1980, 1, 1, 0, 0, 0)


def keras_h5_of(design: Design, tensors: TensorStore) -> bytes:
    """A `.h5` file. Raises NotInKerasError, which says the layer and what would do."""
    import h5py

    model = keras_model(design, tensors)
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        file.attrs.update({"keras_version": _VERSION, "backend": "tensorflow"})
        file.attrs["model_config"] = json.dumps({"class_name": "Functional", "config": _functional(model, _plain)})
        root = file.create_group("model_weights")
        root.attrs.update({"keras_version": _VERSION, "backend": "tensorflow"})
        root.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        for layer in model.layers:
            _store(root.create_group(layer.name), layer)
    return buffer.getvalue()


def _store(group: Any, layer: KerasLayer) -> None:
    inner = f"{layer.name}/{layer.class_name.lower()}_cell" if layer.holder else layer.name
    names = [f"{inner}/{name}:0" for name, _ in layer.weights]
    group.attrs["weight_names"] = [name.encode() for name in names]
    for name, (_, values) in zip(names, layer.weights, strict=True):
        group.create_dataset(name, data=values)


def keras_archive_of(design: Design, tensors: TensorStore) -> bytes:
    """A `.keras` archive. Raises NotInKerasError, which says the layer and what would do."""
    import h5py

    model = keras_model(design, tensors)
    weights = io.BytesIO()
    with h5py.File(weights, "w") as file:
        numbering = Numbering()
        file.create_group("vars")
        for layer in model.layers:
            path = numbering.path(layer.class_name)
            group = file.create_group(f"{path}/vars")
            group = file.create_group(f"{path}/{layer.holder}/vars") if layer.holder else group
            for number, (_, values) in enumerate(layer.weights):
                group.create_dataset(str(number), data=values)
    config: dict[str, Any] = {"module": "tf_keras.src.engine.functional", "class_name": "Functional"}
    config |= {"config": _functional(model, _wrapped), "registered_name": "Functional"}
    members = {
        "metadata.json": json.dumps({"keras_version": _VERSION, "date_saved": ""}).encode(),
        "config.json": json.dumps(config).encode(),
        "model.weights.h5": weights.getvalue(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data)
    return buffer.getvalue()


def _functional(model: KerasModel, describe: Any) -> dict[str, Any]:
    return {
        "name": model.name,
        "trainable": True,
        "layers": [describe(layer) for layer in model.layers],
        "input_layers": [[name, 0, 0] for name in model.inputs],
        "output_layers": [[name, 0, 0] for name in model.outputs],
    }


def _plain(layer: KerasLayer) -> dict[str, Any]:
    calls = [[[source, 0, 0, {}] for source in layer.inputs]] if layer.inputs else []
    trained = {} if layer.class_name == "InputLayer" else {"trainable": True}
    config = {"name": layer.name, "dtype": "float32", **trained, **layer.settings}
    return {"class_name": layer.class_name, "config": config, "name": layer.name, "inbound_nodes": calls}


def _wrapped(layer: KerasLayer) -> dict[str, Any]:
    """As archives have it: with the module of the class."""
    own = layer.class_name.startswith("Q")
    module = {"module": "qkeras.qlayers", "registered_name": layer.class_name} if own else {"module": "keras.layers"}
    return {"registered_name": None, **_plain(layer), **module}
