"""What hls4ml's layers need to know of ours, weights apart: class name and sizes, in hls4ml's words.

Source: hls4ml 1.3, `converters/keras/*.py`, which writes the same dictionaries from Keras layers.
"""

from functools import singledispatch
from math import prod
from typing import Any

from engine.network import Op, Shape, kinds
from engine.network.kinds.windows import same_padding

Attributes = dict[str, Any]

_AXES = ("height", "width")
_EDGES = (("pad_top", "pad_bottom"), ("pad_left", "pad_right"))


@singledispatch
def attributes(op: Op, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    """Class name and sizes of one layer with these input and output shapes."""
    raise TypeError(f"{op.LABEL} has no counterpart in hls4ml.")


@attributes.register
def _(op: kinds.Input, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    return {"class_name": "InputLayer", "input_shape": list(output)}


@attributes.register
def _(op: kinds.Dense, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    return {"class_name": "Dense", "n_in": inputs[0][-1], "n_out": op.units, "use_bias": op.use_bias}


@attributes.register(kinds.Conv1D)
@attributes.register(kinds.Conv2D)
@attributes.register(kinds.DepthwiseConv1D)
@attributes.register(kinds.DepthwiseConv2D)
@attributes.register(kinds.SeparableConv1D)
@attributes.register(kinds.SeparableConv2D)
def _convolution(op: Any, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    """All convolutions; the last axis of `output` is what hls4ml calls n_filt."""
    common: Attributes = {
        "class_name": type(op).__name__,
        "n_chan": inputs[0][-1],
        "n_filt": output[-1],
        "use_bias": op.use_bias,
    }
    if not isinstance(op, kinds.Conv1D | kinds.Conv2D):
        common["depth_multiplier"] = op.depth_multiplier
    return common | _window("filt", op.kernel, op.strides, op.padding, inputs[0], output)


@attributes.register(kinds.Pool1D)
@attributes.register(kinds.Pool2D)
def _pooling(op: kinds.Pool1D | kinds.Pool2D, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    sizes = _window("pool", op.pool, op.strides, op.padding, inputs[0], output)
    if op.AXES == 1:
        sizes |= {"n_in": sizes.pop("in_width"), "n_out": sizes.pop("out_width")}
    class_name = f"{_pool_word(op.mode)}Pooling{op.AXES}D"
    return {"class_name": class_name, "n_filt": output[-1], **sizes}


@attributes.register
def _(op: kinds.GlobalPool, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    *pixels, channels = inputs[0]
    sizes = {"n_in": pixels[0]} if len(pixels) == 1 else _extents("in", pixels)
    class_name = f"Global{_pool_word(op.mode)}Pooling{len(pixels)}D"
    return {"class_name": class_name, "n_filt": channels, "keepdims": op.keepdims, **sizes}


@attributes.register
def _(op: kinds.BatchNorm, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    return {
        "class_name": "BatchNormalization",
        "n_in": prod(output),
        "n_out": prod(output),
        "n_filt": -1 if len(output) == 1 else output[-1],
        "use_gamma": op.scale,
        "use_beta": op.center,
        "epsilon": op.epsilon,
    }


@attributes.register
def _(op: kinds.Activation, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    match op.function:
        case "elu":
            return {"class_name": "ELU", "activation": "ELU", "activ_param": 1.0}
        case "hard_sigmoid" | "hard_tanh":
            # Keras's own: clip(0.2 x + 0.5, 0, 1). QKeras's differ, see `quantised_activation`.
            return {"class_name": "HardActivation", "activation": op.function, "slope": 0.2, "shift": 0.5}
        case _:
            return {"class_name": "Activation", "activation": op.function}


@attributes.register
def _(op: kinds.ParametricActivation, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    name = {"leaky_relu": "LeakyReLU", "thresholded_relu": "ThresholdedReLU", "elu": "ELU", "prelu": "PReLU"}
    words: Attributes = {"class_name": name[op.function], "activation": name[op.function]}
    return words if op.function == "prelu" else words | {"activ_param": op.alpha}


@attributes.register
def _(op: kinds.Softmax, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    axis = op.axis % len(output)
    return {
        "class_name": "Softmax",
        "activation": "softmax",
        "axis": op.axis,
        "n_in": prod(output),
        "n_outer": prod(output[:axis]),
        "n_inner": prod(output[axis + 1 :]),
    }


@attributes.register
def _(op: kinds.Merge, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    if op.operation == "dot":
        return {"class_name": "Dot", "op": "dot1d"}
    return {"class_name": "Merge", "op": op.operation}


@attributes.register
def _(op: kinds.Concatenate, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    # hls4ml counts the batch as axis 0 when counting from the front.
    axis = op.axis if op.axis < 0 else op.axis + 1
    return {"class_name": "Concatenate", "op": f"concatenate{len(output)}d", "axis": axis}


@attributes.register(kinds.Flatten)
@attributes.register(kinds.Reshape)
def _reshape(op: Op, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    return {"class_name": "Reshape", "target_shape": list(output)}


@attributes.register
def _(op: kinds.Permute, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    return {"class_name": "Transpose", "perm": [axis - 1 for axis in op.order]}


@attributes.register(kinds.Pad1D)
@attributes.register(kinds.Pad2D)
def _padding(op: kinds.Pad1D | kinds.Pad2D, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    axes = len(output) - 1
    edges = dict(zip([edge for pair in _EDGES[-axes:] for edge in pair], op.padding, strict=True))
    sizes = _extents("in", inputs[0][:-1]) | _extents("out", output[:-1])
    return {"class_name": f"ZeroPadding{axes}D", "n_chan": output[-1], **sizes, **edges}


@attributes.register(kinds.UpSample1D)
@attributes.register(kinds.UpSample2D)
def _up_sampling(op: kinds.UpSample1D | kinds.UpSample2D, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    axes = len(output) - 1
    factors = op.size if isinstance(op.size, tuple) else (op.size,)
    scale = {f"{axis}_factor": factor for axis, factor in zip(_AXES[-axes:], factors, strict=True)}
    flat = {"in_height": 1, "out_height": 1} if axes == 1 else {}
    sizes = _extents("in", inputs[0][:-1]) | _extents("out", output[:-1])
    return {"class_name": f"UpSampling{axes}D", "algorithm": "nearest", "n_chan": output[-1], **flat, **sizes, **scale}


@attributes.register(kinds.GRU)
@attributes.register(kinds.LSTM)
@attributes.register(kinds.SimpleRNN)
def _recurrent(op: Any, inputs: tuple[Shape, ...], output: Shape) -> Attributes:
    found: Attributes = {
        "class_name": type(op).__name__,
        "n_timesteps": inputs[0][0],
        "n_in": inputs[0][1],
        "n_out": op.units,
        "activation": op.activation,
        "return_sequences": op.return_sequences,
        "return_state": False,
        "direction": "forward",
        "time_major": False,
    }
    if not isinstance(op, kinds.SimpleRNN):
        found["recurrent_activation"] = op.recurrent_activation
    if isinstance(op, kinds.GRU):
        found["apply_reset_gate"] = "after" if op.reset_after else "before"
    return found


def _window(
    word: str, size: tuple[int, ...], strides: tuple[int, ...], padding: str, source: Shape, output: Shape
) -> Attributes:
    """Sizes of a sliding window: `<word>_height`, `stride_height`, pads, and extents in and out."""
    axes = len(size)
    found = _extents("in", source[:-1]) | _extents("out", output[:-1])
    found |= _extents(word, size) | _extents("stride", strides)
    for edges, n, k, s in zip(_EDGES[-axes:], source, size, strides, strict=False):
        before_after = same_padding(n, k, s) if padding == "same" else (0, 0)
        found |= dict(zip(edges, before_after, strict=True))
    return found


def _extents(word: str, values: Any) -> Attributes:
    return {f"{word}_{axis}": value for axis, value in zip(_AXES[-len(values) :], values, strict=True)}


def _pool_word(mode: str) -> str:
    return {"max": "Max", "average": "Average"}[mode]
