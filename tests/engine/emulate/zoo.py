"""One small network for each kind of layer and each of its variants, all with made-up weights."""

from collections.abc import Iterator

from engine.network import Layer, Network, Op, kinds
from engine.network.kinds.activation import FUNCTIONS

SHAPES = {1: (6,), 2: (7, 3), 3: (6, 5, 2)}
"""Input shape by its number of axes."""

SINGLE: dict[str, tuple[int, Op]] = {
    "dense": (1, kinds.Dense(units=4)),
    "dense_no_bias": (1, kinds.Dense(units=4, use_bias=False)),
    "dense_on_rows": (2, kinds.Dense(units=4)),
    "conv1d": (2, kinds.Conv1D(filters=4)),
    "conv1d_same": (2, kinds.Conv1D(filters=4, padding="same", strides=(2,))),
    "conv2d": (3, kinds.Conv2D(filters=4)),
    "conv2d_same": (3, kinds.Conv2D(filters=4, padding="same", strides=(2, 2))),
    "conv2d_point": (3, kinds.Conv2D(filters=4, kernel=(1, 1))),
    "conv2d_oblong": (3, kinds.Conv2D(filters=4, kernel=(3, 2))),
    "conv2d_dilated": (3, kinds.Conv2D(filters=4, dilation=(2, 2))),
    "depthwise1d": (2, kinds.DepthwiseConv1D()),
    "depthwise2d": (3, kinds.DepthwiseConv2D(padding="same")),
    "depthwise2d_twice": (3, kinds.DepthwiseConv2D(depth_multiplier=2)),
    "separable1d": (2, kinds.SeparableConv1D(filters=4)),
    "separable2d": (3, kinds.SeparableConv2D(filters=4, padding="same")),
    "separable2d_twice": (3, kinds.SeparableConv2D(filters=4, depth_multiplier=2)),
    "max_pool1d": (2, kinds.Pool1D()),
    "mean_pool1d": (2, kinds.Pool1D(mode="average")),
    "max_pool2d": (3, kinds.Pool2D()),
    "mean_pool2d": (3, kinds.Pool2D(mode="average")),
    "max_pool2d_same": (3, kinds.Pool2D(padding="same")),
    "mean_pool2d_same": (3, kinds.Pool2D(mode="average", padding="same")),
    "max_pool1d_same": (2, kinds.Pool1D(padding="same")),
    "max_pool2d_overlapping": (3, kinds.Pool2D(pool=(3, 3))),
    "global_mean1d": (2, kinds.GlobalPool()),
    "global_max2d": (3, kinds.GlobalPool(mode="max")),
    "global_mean2d_kept": (3, kinds.GlobalPool(keepdims=True)),
    "norm": (1, kinds.BatchNorm()),
    "norm_plain": (3, kinds.BatchNorm(center=False, scale=False)),
    "softmax": (1, kinds.Softmax()),
    "softmax_rows": (2, kinds.Softmax()),
    "softmax_columns": (2, kinds.Softmax(axis=0)),
    "leaky": (1, kinds.ParametricActivation(alpha=0.25)),
    "thresholded": (1, kinds.ParametricActivation(function="thresholded_relu", alpha=0.5)),
    "elu_half": (1, kinds.ParametricActivation(function="elu", alpha=0.5)),
    "prelu": (1, kinds.ParametricActivation(function="prelu")),
    "flatten": (3, kinds.Flatten()),
    "reshape": (1, kinds.Reshape(target=(3, 2))),
    "permute2": (2, kinds.Permute(order=(2, 1))),
    "permute3": (3, kinds.Permute(order=(3, 1, 2))),
    "pad1d": (2, kinds.Pad1D(padding=(1, 2))),
    "pad2d": (3, kinds.Pad2D(padding=(1, 0, 2, 1))),
    "up1d": (2, kinds.UpSample1D(size=2)),
    "up2d": (3, kinds.UpSample2D(size=(2, 3))),
    "rnn": (2, kinds.SimpleRNN(units=4)),
    "rnn_every": (2, kinds.SimpleRNN(units=4, return_sequences=True)),
    "lstm": (2, kinds.LSTM(units=4)),
    "lstm_every": (2, kinds.LSTM(units=4, return_sequences=True, use_bias=False)),
    "gru": (2, kinds.GRU(units=4)),
    "gru_before": (2, kinds.GRU(units=4, reset_after=False)),
    "gru_every": (2, kinds.GRU(units=4, return_sequences=True)),
    **{f"act_{name}": (1, kinds.Activation(function=name)) for name in FUNCTIONS},
}

MERGES: dict[str, tuple[int, Op]] = {
    **{
        name: (2, kinds.Merge(operation=name))
        for name in ("add", "subtract", "multiply", "average", "maximum", "minimum")
    },
    "dot": (1, kinds.Merge(operation="dot")),
    "concat1": (1, kinds.Concatenate()),
    "concat2": (2, kinds.Concatenate()),
    "concat2_front": (2, kinds.Concatenate(axis=0)),
    "concat3": (3, kinds.Concatenate()),
}


def network(name: str) -> Network:
    """The network of one name: an input and the layer, or two ReLUs that a merge joins."""
    if name in SINGLE:
        axes, op = SINGLE[name]
        return Network((Layer("source", kinds.Input(shape=SHAPES[axes])), Layer("layer", op, ("source",))))
    axes, op = MERGES[name]
    left = Layer("left", kinds.Activation(), ("source",))
    right = Layer("right", kinds.Activation(function="linear"), ("source",))
    return Network(
        (Layer("source", kinds.Input(shape=SHAPES[axes])), left, right, Layer("layer", op, ("left", "right")))
    )


def names() -> Iterator[str]:
    """Every network's name."""
    yield from SINGLE
    yield from MERGES
