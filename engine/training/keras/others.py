"""Layers without weights of their own, and norms and activations, as Keras has them."""

from functools import singledispatch
from typing import Any

import qkeras
import tensorflow as tf
from tf_keras import layers

from engine.network import Op
from engine.network.kinds import (
    Activation,
    Concatenate,
    Flatten,
    GlobalPool,
    Merge,
    Pad1D,
    Pad2D,
    ParametricActivation,
    Permute,
    Pool1D,
    Pool2D,
    Reshape,
    Softmax,
    UpSample1D,
    UpSample2D,
)

_MERGES = {
    "add": layers.Add,
    "subtract": layers.Subtract,
    "multiply": layers.Multiply,
    "average": layers.Average,
    "maximum": layers.Maximum,
    "minimum": layers.Minimum,
}
_FUNCTIONS = {
    "relu6": tf.nn.relu6,
    "hard_sigmoid": lambda x: tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0),
    "hard_tanh": lambda x: tf.clip_by_value(0.4 * x, -1.0, 1.0),
    # Steps have no gradient of their own: QKeras's let it through.
    "binary_tanh": qkeras.binary(alpha=1.0),
    "ternary_tanh": qkeras.ternary(alpha=1.0, threshold=0.5),
}


@singledispatch
def other(op: Op) -> Any:
    """The Keras layer of an operation; None where there is none."""
    return None


@other.register
def _(op: Activation) -> Any:
    return layers.Activation(_FUNCTIONS.get(op.function, op.function))


@other.register
def _(op: ParametricActivation) -> Any:
    match op.function:
        case "leaky_relu":
            return layers.LeakyReLU(op.alpha)
        case "thresholded_relu":
            return layers.ThresholdedReLU(op.alpha)
        case "elu":
            return layers.ELU(op.alpha)
    return layers.PReLU()


@other.register
def _(op: Softmax) -> Any:
    return layers.Softmax(op.axis if op.axis < 0 else op.axis + 1)


@other.register
def _(op: Pool1D) -> Any:
    kind = layers.MaxPooling1D if op.mode == "max" else layers.AveragePooling1D
    return kind(op.pool[0], op.strides[0], op.padding)


@other.register
def _(op: Pool2D) -> Any:
    kind = layers.MaxPooling2D if op.mode == "max" else layers.AveragePooling2D
    return kind(op.pool, op.strides, op.padding)


@other.register
def _(op: GlobalPool) -> Any:
    reduce = tf.reduce_max if op.mode == "max" else tf.reduce_mean
    return layers.Lambda(lambda x: reduce(x, axis=list(range(1, len(x.shape) - 1)), keepdims=op.keepdims))


@other.register
def _(op: Merge) -> Any:
    return layers.Dot(-1) if op.operation == "dot" else _MERGES[op.operation]()


@other.register
def _(op: Concatenate) -> Any:
    return layers.Concatenate(op.axis if op.axis < 0 else op.axis + 1)


@other.register
def _(op: Flatten) -> Any:
    return layers.Flatten()


@other.register
def _(op: Reshape) -> Any:
    return layers.Reshape(op.target)


@other.register
def _(op: Permute) -> Any:
    return layers.Permute(op.order)


@other.register
def _(op: Pad1D) -> Any:
    return layers.ZeroPadding1D(op.padding)


@other.register
def _(op: Pad2D) -> Any:
    return layers.ZeroPadding2D((op.padding[:2], op.padding[2:]))


@other.register
def _(op: UpSample1D) -> Any:
    return layers.UpSampling1D(op.size)


@other.register
def _(op: UpSample2D) -> Any:
    return layers.UpSampling2D(op.size)
