"""Run with a folder: writes model files with real Keras 2, Keras 3 and QKeras, and what they compute.

`python -m tests.engine.readers.keras_worker FOLDER MODELS`, where MODELS holds MLPerf Tiny's networks or nothing.
"""

# ruff: noqa: TID253  (this is the process that runs Keras)
import json
import os
import sys
from pathlib import Path

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy as np
import qkeras
import tensorflow as tf
import tf_keras

from tests.engine.readers import keras_models, keras_shapes, qkeras_models, quantizer_cases

KERAS_2, KERAS_3 = (".h5", ".keras", "_weights.h5"), (".h5", ".keras", ".weights.h5")


def main(folder, models):
    """Write everything."""
    random = np.random.default_rng(7)
    for name, model in keras_models.everything(tf_keras):
        save(folder, f"{name}_k2", model, random, KERAS_2)
    for name, model in keras_models.everything(keras):
        save(folder, f"{name}_k3", model, random, KERAS_3)
    for name, model in qkeras_models.everything(tf_keras, qkeras):
        save(folder, name, model, random, KERAS_2)
    (folder / "shapes.json").write_text(json.dumps(keras_shapes.answers(tf_keras)))
    quantizers(folder)
    if models.is_dir():
        rn07(folder, models / "rn07.h5", random)
        ad08(folder, models / "ad08.h5", random)


def save(folder, name, model, random, endings):
    """Give a model weights, save it in each way, and note what each layer computes from random data."""
    model.set_weights([varied(weight, random) for weight in model.get_weights()])
    named = zip(inputs_of(model), model.inputs, strict=True)
    data = {key: random.normal(0, 1, (5, *tensor.shape[1:])).astype(np.float32) for key, tensor in named}
    write_results(folder / name, model, data)
    (folder / f"{name}.json").write_text(model.to_json())
    for ending in endings:
        (model.save_weights if "weights" in ending else model.save)(folder / f"{name}{ending}")


def inputs_of(model):
    """The names of a model's input layers."""
    return [tensor._keras_history[0].name for tensor in model.inputs]


def write_results(path, model, data):
    """What the layers of a model compute, by name, and its outputs by number."""
    module = keras if isinstance(model, keras.Model) else tf_keras
    layers = [layer for layer in model.layers if not hasattr(layer, "layers") and not is_input(layer)]
    tensors = {f"out {layer.name}": layer.output for layer in layers}
    tensors |= {f"end {index}": output for index, output in enumerate(model.outputs)}
    computed = module.Model(model.inputs, [*tensors.values()])([*data.values()])
    results = {name: np.asarray(values) for name, values in zip(tensors, computed, strict=True)}
    np.savez(f"{path}.npz", **{f"in {key}": values for key, values in data.items()}, **results)


def is_input(layer):
    """Whether a layer is where data enter."""
    return type(layer).__name__ == "InputLayer"


def varied(weight, random):
    """Random values; what starts as ones (variances, factors) stays above zero."""
    if weight.dtype.kind != "f":
        return weight
    if weight.size and (weight == 1).all():
        return random.uniform(0.3, 2.0, weight.shape).astype(np.float32)
    return random.normal(0, 0.6, weight.shape).astype(np.float32)


def quantizers(folder):
    """What QKeras makes of the same arrays with every quantiser."""
    results = {}
    for spec in quantizer_cases.SPECS:
        quantizer = qkeras.get_quantizer(spec)
        # The straight-through estimator adds and subtracts the input, which leaves noise.
        quantizer.use_ste = False
        for name, values in quantizer_cases.arrays().items():
            results[f"{spec} {name}"] = np.asarray(quantizer(tf.constant(values)))
    np.savez(folder / "quantizers.npz", **results)


def rn07(folder, path, random):
    """What every layer of the real RN07 computes."""
    model = qkeras.utils.load_qmodel(str(path), compile=False)
    write_results(folder / "rn07", model, {"input_1": random.integers(0, 256, (4, 32, 32, 3)).astype(np.float32) / 256})


def ad08(folder, path, random):
    """What every layer of the real AD08 computes, written out: QKeras 0.9 has no QDenseBatchnorm."""
    values = random.integers(0, 30, (8, 64)).astype(np.float32)
    results = {"in input_1": values}
    with h5py.File(path) as file:
        for layer in json.loads(file.attrs["model_config"])["config"]["layers"][1:]:
            values = ad08_layer(layer, file["model_weights"][layer["name"]], tf.constant(values))
            results[f"out {layer['name']}"] = np.asarray(values)
    np.savez(folder / "ad08.npz", **results)


def ad08_layer(layer, group, x):
    """One layer of AD08 by TensorFlow's own operations and QKeras's own quantisers."""
    config = layer["config"]
    if layer["class_name"] == "QActivation":
        return qkeras.get_quantizer(config["activation"])(x)
    weights = {name.split("/")[-1].split(":")[0]: group[name][()] for name in group.attrs["weight_names"]}
    kernel, bias = weights["kernel"], weights["bias"]
    if layer["class_name"] == "QDenseBatchnorm":
        inverse = tf.math.rsqrt(weights["moving_variance"] + config["epsilon"]) * weights["gamma"]
        kernel, bias = inverse * kernel, inverse * (bias - weights["moving_mean"]) + weights["beta"]
    kernel = qkeras.get_quantizer(config["kernel_quantizer"])(kernel)
    return tf.matmul(x, kernel) + qkeras.get_quantizer(config["bias_quantizer"])(bias)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
