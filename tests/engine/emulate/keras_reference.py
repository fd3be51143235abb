"""Compute the zoo with Keras: `python keras_reference.py cases.npz answers.npz`, in a process of its own."""

import sys

import numpy as np
import tensorflow as tf  # noqa: TID253 - this process computes with Keras and nothing else
from tf_keras import Sequential, layers  # noqa: TID253

from tests.engine.emulate.zoo import MERGES, SHAPES, SINGLE

MERGE_LAYERS = {name: getattr(layers, name.capitalize()) for name in MERGES if name.isalpha() and name != "dot"}


def keras_layer(op):
    """The Keras layer that computes what ours does."""
    kind = type(op).__name__
    window = ("padding", "strides", "use_bias", "depth_multiplier", "filters")
    arguments = {key: getattr(op, key) for key in window if hasattr(op, key)}
    match kind:
        case "Dense":
            return layers.Dense(op.units, use_bias=op.use_bias)
        case "Pool1D" | "Pool2D":
            name = {"max": "MaxPooling", "average": "AveragePooling"}[op.mode] + kind[-2:]
            return getattr(layers, name)(op.pool, op.strides, op.padding)
        case "GRU" | "LSTM" | "SimpleRNN":
            extra = {"reset_after": op.reset_after} if kind == "GRU" else {}
            return getattr(layers, kind)(op.units, use_bias=op.use_bias, return_sequences=op.return_sequences, **extra)
        case "Activation":
            return layers.Activation("swish" if op.function == "swish" else op.function)
        case "ParametricActivation":
            return {
                "leaky_relu": lambda: layers.LeakyReLU(op.alpha),
                "thresholded_relu": lambda: layers.ThresholdedReLU(op.alpha),
                "elu": lambda: layers.ELU(op.alpha),
                "prelu": layers.PReLU,
            }[op.function]()
        case "BatchNorm":
            return layers.BatchNormalization(epsilon=op.epsilon, center=op.center, scale=op.scale)
        case "Flatten":
            return layers.Flatten()
        case "Softmax":
            return layers.Softmax(axis=op.axis if op.axis < 0 else op.axis + 1)
        case "Reshape":
            return layers.Reshape(op.target)
        case "Permute":
            return layers.Permute(op.order)
        case "Pad1D":
            return layers.ZeroPadding1D(op.padding)
        case "Pad2D":
            return layers.ZeroPadding2D((op.padding[:2], op.padding[2:]))
        case "UpSample1D" | "UpSample2D":
            return getattr(layers, kind.replace("UpSample", "UpSampling"))(op.size)
        case _:
            return getattr(layers, kind)(kernel_size=op.kernel, dilation_rate=op.dilation, **arguments)


def global_pool(op, axes):
    """Keras has one class for each mode and number of axes."""
    name = {"max": "GlobalMaxPooling", "average": "GlobalAveragePooling"}[op.mode] + f"{axes - 1}D"
    return getattr(layers, name)(keepdims=op.keepdims)


def answer(name, x, weights):
    """The output for one case."""
    if name in MERGES:
        sides = [tf.nn.relu(x), tf.constant(x)]
        op = MERGES[name][1]
        if name == "dot":
            return layers.Dot(axes=-1)(sides)
        axis = getattr(op, "axis", -1)
        layer = layers.Concatenate(axis=axis if axis < 0 else axis + 1) if "concat" in name else MERGE_LAYERS[name]()
        return layer(sides)
    axes, op = SINGLE[name]
    layer = global_pool(op, axes) if type(op).__name__ == "GlobalPool" else keras_layer(op)
    model = Sequential([layers.InputLayer(SHAPES[axes]), layer])
    model.set_weights(weights)
    return model(x, training=False)


def main(cases, answers):
    """Read inputs and weights, write outputs."""
    data = np.load(cases)
    names = [key.removesuffix("/x") for key in data.files if key.endswith("/x")]
    results = {}
    for name in names:
        weights = [data[key] for key in sorted(data.files) if key.startswith(f"{name}/w")]
        results[name] = np.asarray(answer(name, data[f"{name}/x"], weights))
    np.savez(answers, **results)


if __name__ == "__main__":
    main(*sys.argv[1:])
