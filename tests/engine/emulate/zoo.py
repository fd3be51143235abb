"""One small network for each kind of layer and each of its variants, all with made-up weights."""

from collections.abc import Iterator

from engine.network import Layer, Network, Op
from engine.network.kinds import (
    GRU,
    LSTM,
    Activation,
    BatchNorm,
    Concatenate,
    Conv1D,
    Conv2D,
    Dense,
    DepthwiseConv1D,
    DepthwiseConv2D,
    Flatten,
    GlobalPool,
    Input,
    Merge,
    Pad1D,
    Pad2D,
    ParametricActivation,
    Permute,
    Pool1D,
    Pool2D,
    Reshape,
    SeparableConv1D,
    SeparableConv2D,
    SimpleRNN,
    Softmax,
    UpSample1D,
    UpSample2D,
)
from engine.network.kinds.activation import FUNCTIONS

SHAPES = {1: (6,), 2: (7, 3), 3: (6, 5, 2)}
"""Input shape by its number of axes."""

SINGLE: dict[str, tuple[int, Op]] = {
    "dense": (1, Dense(units=4)),
    "dense_no_bias": (1, Dense(units=4, use_bias=False)),
    "dense_on_rows": (2, Dense(units=4)),
    "conv1d": (2, Conv1D(filters=4)),
    "conv1d_same": (2, Conv1D(filters=4, padding="same", strides=(2,))),
    "conv2d": (3, Conv2D(filters=4)),
    "conv2d_same": (3, Conv2D(filters=4, padding="same", strides=(2, 2))),
    "conv2d_point": (3, Conv2D(filters=4, kernel=(1, 1))),
    "conv2d_oblong": (3, Conv2D(filters=4, kernel=(3, 2))),
    "conv2d_dilated": (3, Conv2D(filters=4, dilation=(2, 2))),
    "depthwise1d": (2, DepthwiseConv1D()),
    "depthwise2d": (3, DepthwiseConv2D(padding="same")),
    "depthwise2d_twice": (3, DepthwiseConv2D(depth_multiplier=2)),
    "separable1d": (2, SeparableConv1D(filters=4)),
    "separable2d": (3, SeparableConv2D(filters=4, padding="same")),
    "separable2d_twice": (3, SeparableConv2D(filters=4, depth_multiplier=2)),
    "max_pool1d": (2, Pool1D()),
    "mean_pool1d": (2, Pool1D(mode="average")),
    "max_pool2d": (3, Pool2D()),
    "mean_pool2d": (3, Pool2D(mode="average")),
    "max_pool2d_same": (3, Pool2D(padding="same")),
    "mean_pool2d_same": (3, Pool2D(mode="average", padding="same")),
    "max_pool1d_same": (2, Pool1D(padding="same")),
    "max_pool2d_overlapping": (3, Pool2D(pool=(3, 3))),
    "global_mean1d": (2, GlobalPool()),
    "global_max2d": (3, GlobalPool(mode="max")),
    "global_mean2d_kept": (3, GlobalPool(keepdims=True)),
    "norm": (1, BatchNorm()),
    "norm_plain": (3, BatchNorm(center=False, scale=False)),
    "softmax": (1, Softmax()),
    "softmax_rows": (2, Softmax()),
    "softmax_columns": (2, Softmax(axis=0)),
    "leaky": (1, ParametricActivation(alpha=0.25)),
    "thresholded": (1, ParametricActivation(function="thresholded_relu", alpha=0.5)),
    "elu_half": (1, ParametricActivation(function="elu", alpha=0.5)),
    "prelu": (1, ParametricActivation(function="prelu")),
    "flatten": (3, Flatten()),
    "reshape": (1, Reshape(target=(3, 2))),
    "permute2": (2, Permute(order=(2, 1))),
    "permute3": (3, Permute(order=(3, 1, 2))),
    "pad1d": (2, Pad1D(padding=(1, 2))),
    "pad2d": (3, Pad2D(padding=(1, 0, 2, 1))),
    "up1d": (2, UpSample1D(size=2)),
    "up2d": (3, UpSample2D(size=(2, 3))),
    "rnn": (2, SimpleRNN(units=4)),
    "rnn_every": (2, SimpleRNN(units=4, return_sequences=True)),
    "lstm": (2, LSTM(units=4)),
    "lstm_every": (2, LSTM(units=4, return_sequences=True, use_bias=False)),
    "gru": (2, GRU(units=4)),
    "gru_before": (2, GRU(units=4, reset_after=False)),
    "gru_every": (2, GRU(units=4, return_sequences=True)),
    **{f"act_{name}": (1, Activation(function=name)) for name in FUNCTIONS},
}

MERGES: dict[str, tuple[int, Op]] = {
    **{name: (2, Merge(operation=name)) for name in ("add", "subtract", "multiply", "average", "maximum", "minimum")},
    "dot": (1, Merge(operation="dot")),
    "concat1": (1, Concatenate()),
    "concat2": (2, Concatenate()),
    "concat2_front": (2, Concatenate(axis=0)),
    "concat3": (3, Concatenate()),
}


def network(name: str) -> Network:
    """The network of one name: an input and the layer, or two ReLUs that a merge joins."""
    if name in SINGLE:
        axes, op = SINGLE[name]
        return Network((Layer("source", Input(shape=SHAPES[axes])), Layer("layer", op, ("source",))))
    axes, op = MERGES[name]
    left = Layer("left", Activation(), ("source",))
    right = Layer("right", Activation(function="linear"), ("source",))
    return Network((Layer("source", Input(shape=SHAPES[axes])), left, right, Layer("layer", op, ("left", "right"))))


def names() -> Iterator[str]:
    """Every network's name."""
    yield from SINGLE
    yield from MERGES
