"""Small model files as Keras writes them, made without Keras."""

import io
import json
import zipfile

import h5py
import numpy as np

BITS = {"class_name": "quantized_bits", "config": {"bits": 6, "integer": 1, "symmetric": 0, "alpha": 1}}


def layer(class_name, name, *sources, **config):
    """One entry of a functional model."""
    calls = [[[source, 0, 0, {}] for source in sources]] if sources else []
    return {"class_name": class_name, "name": name, "config": {"name": name, **config}, "inbound_nodes": calls}


def functional(*layers, outputs=None, **extra):
    """A functional model as Keras 2 describes it; by default the last layer is the output."""
    inputs = [[each["name"], 0, 0] for each in layers if each["class_name"] == "InputLayer"]
    ends = [[name, 0, 0] for name in outputs or [layers[-1]["name"]]]
    config = {"name": "model", "layers": list(layers), "input_layers": inputs, "output_layers": ends}
    return {"class_name": "Functional", "config": config, **extra}


def sequential(*layers, **extra):
    """A chain as Keras 2 describes it."""
    entries = [{"class_name": each["class_name"], "config": each["config"]} for each in layers]
    return {"class_name": "Sequential", "config": {"name": "chain", "layers": entries}, **extra}


def start(*extents, name="start"):
    """An input."""
    return layer("InputLayer", name, batch_input_shape=[None, *extents], dtype="float32")


def sample_model():
    """A little of everything: convolutions, a skip, folded and plain normalisation, quantisers, a sub-model."""
    inner = functional(start(3, name="inner_start"), layer("Dense", "inner", "inner_start", units=3, activation="tanh"))
    return functional(
        start(4, 4, 2),
        layer("QConv2DBatchnorm", "conv", "start", filters=2, kernel_size=[3, 3], strides=[1, 1], padding="same",
              kernel_quantizer=BITS, bias_quantizer=BITS, use_bias=True, epsilon=0.001, scale=True, center=True),
        layer("QActivation", "relu", "conv", activation="quantized_relu(6,2)"),
        layer("Add", "add", "relu", "start"),
        layer("BatchNormalization", "norm", "add", axis=[3], epsilon=0.001, scale=True, center=False),
        layer("Dropout", "dropout", "norm", rate=0.5),
        layer("MaxPooling2D", "pool", "dropout", pool_size=[2, 2], strides=None, padding="valid"),
        layer("Flatten", "flatten", "pool", data_format="channels_last"),
        layer("QDense", "dense", "flatten", units=3, activation="linear", use_bias=True,
              kernel_quantizer="quantized_bits(4,0,alpha='auto_po2')", bias_quantizer=None),
        {**inner, "name": "sub", "inbound_nodes": [[["dense", 0, 0, {}]]]},
        layer("Softmax", "softmax", "sub", axis=-1),
    )  # fmt: skip


def sample_arrays():
    """The weights of `sample_model` by layer and Keras's names, in Keras's order."""
    random = np.random.default_rng(5)

    def values(*shape):
        return random.uniform(0.2, 1.5, shape).astype(np.float32)

    norm = {"gamma": values(2), "beta": values(2), "moving_mean": values(2), "moving_variance": values(2)}
    return {
        "conv": {"kernel": values(3, 3, 2, 2), "bias": values(2), **{f"batch_norm/{k}": v for k, v in norm.items()}},
        "norm": {"gamma": values(2), "moving_mean": values(2), "moving_variance": values(2)},
        "dense": {"kernel": values(8, 3), "bias": values(3)},
        "sub": {"inner/kernel": values(3, 3), "inner/bias": values(3)},
    }


def write_named(file, arrays, model=None):
    """Keras 2's layout of weights; with the model, the whole `.h5`."""
    root = file.create_group("model_weights") if model is not None else file
    if model is not None:
        file.attrs["model_config"] = model if isinstance(model, str) else json.dumps(model)
        file.attrs["keras_version"] = "2.11.0"
    root.attrs["layer_names"] = [name.encode() for name in arrays]
    for name, variables in arrays.items():
        group = root.create_group(name)
        paths = [path if "/" in path and name == "sub" else f"{name}/{path}" for path in variables]
        group.attrs["weight_names"] = [f"{path}:0".encode() for path in paths]
        for path, values in zip(paths, variables.values(), strict=True):
            group[f"{path}:0"] = values


def write_numbered(file, arrays):
    """Keras 3's layout of the weights of `sample_model`."""
    places = {"conv": "q_conv2d_batchnorm", "norm": "batch_normalization", "dense": "q_dense"}
    for name, place in places.items():
        inner = [path for path in arrays[name] if path.startswith("batch_norm/")]
        own = [path for path in arrays[name] if path not in inner]
        for holder, paths in (("", own), ("batchnorm/", inner)):
            for number, path in enumerate(paths):
                file[f"layers/{place}/{holder}vars/{number}"] = arrays[name][path]
    for number, values in enumerate(arrays["sub"].values()):
        file[f"layers/functional/layers/dense/vars/{number}"] = values


def h5_file(path, arrays=None, model=None):
    """Write an HDF5 file with the model in it and return its path."""
    with h5py.File(path, "w") as file:
        write_named(file, sample_arrays() if arrays is None else arrays, sample_model() if model is None else model)
    return path


def json_file(path, model=None, arrays=None):
    """Write a `.json` with its weights beside it and return its path."""
    path.write_text(json.dumps(sample_model() if model is None else model))
    if arrays is not False:
        with h5py.File(path.with_name(f"{path.stem}_weights.h5"), "w") as file:
            write_named(file, sample_arrays() if arrays is None else arrays)
    return path


def keras_archive(path, model=None, members=(), compression=zipfile.ZIP_STORED, weights=bytes):
    """Write a `.keras` archive, with further (name, bytes) members and the weights changed, and return its path."""
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        write_numbered(file, sample_arrays())
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "2.15.0"}))
        archive.writestr("config.json", json.dumps(sample_model() if model is None else model))
        archive.writestr("model.weights.h5", weights(buffer.getvalue()))
        for name, content in members:
            archive.writestr(name, content)
    return path
