"""A network in floating point: its quantisers act as they did in training, sums and products are exact.

This is what the hardware is measured against. Arrays are float64, batch first, channels last.
"""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.functions import function, parametric, softmax
from engine.emulate.recurrent import gru, lstm, simple_rnn
from engine.emulate.windows import convolve, convolve_each, mean_of_present, windows
from engine.network import Layer, Network, Op, TensorStore, kinds
from engine.network.weights import effective_weight
from engine.precision.quantize import apply_quantizer
from engine.precision.quantizer import QuantizerKind

Array = NDArray[Any]
Weights = dict[str, Array]

# Quantisers of QKeras that contain their function; the others act behind it.
_WITH_FUNCTION = (
    QuantizerKind.RELU,
    QuantizerKind.TANH,
    QuantizerKind.SIGMOID,
    QuantizerKind.RELU_POWER_OF_TWO,
    QuantizerKind.BINARY,
    QuantizerKind.TERNARY,
)


def forward(network: Network, tensors: TensorStore, data: Mapping[str, Array]) -> dict[str, Array]:
    """The output of every layer; `data` holds one array (batch, *shape) for each input layer.

    Raises MissingTensorError for a layer without its weights, KeyError for an input without data.
    """
    results: dict[str, Array] = {}
    for name in network.order:
        layer = network[name]
        inputs = [np.asarray(data[name], np.float64)] if isinstance(layer.op, kinds.Input) else []
        inputs += [results[source] for source in layer.inputs]
        results[name] = layer_output(layer, inputs, network, tensors)
    return results


def layer_output(layer: Layer, inputs: list[Array], network: Network, tensors: TensorStore) -> Array:
    """One layer on the arrays that reach its ports, with its weights and quantisers."""
    quantizer = layer.quantizer("result")
    if quantizer is not None and isinstance(layer.op, kinds.Activation) and quantizer.kind in _WITH_FUNCTION:
        return apply_quantizer(inputs[0], quantizer).astype(np.float64)
    shapes = network.input_shapes(layer.name) or ()
    weights = {role: effective_weight(layer, role, tensors) for role in layer.op.weight_shapes(shapes)}
    result = compute(layer.op, inputs, {role: each.astype(np.float64) for role, each in weights.items()})
    return result if quantizer is None else apply_quantizer(result, quantizer).astype(np.float64)


@singledispatch
def compute(op: Op, inputs: list[Array], weights: Weights) -> Array:
    """One layer on the arrays that reach its ports."""
    raise TypeError(f"{op.LABEL} cannot be computed.")


@compute.register
def _(op: kinds.Input, inputs: list[Array], weights: Weights) -> Array:
    return inputs[0].reshape(-1, *op.shape)


@compute.register
def _(op: kinds.Dense, inputs: list[Array], weights: Weights) -> Array:
    return inputs[0] @ weights["kernel"] + weights.get("bias", 0.0)


@compute.register(kinds.Conv1D)
@compute.register(kinds.Conv2D)
def _convolution(op: kinds.Conv1D | kinds.Conv2D, inputs: list[Array], weights: Weights) -> Array:
    seen = windows(inputs[0], op.kernel, op.strides, op.padding, dilation=op.dilation)
    return convolve(seen, weights["kernel"]) + weights.get("bias", 0.0)


@compute.register(kinds.DepthwiseConv1D)
@compute.register(kinds.DepthwiseConv2D)
def _depthwise(op: kinds.DepthwiseConv1D | kinds.DepthwiseConv2D, inputs: list[Array], weights: Weights) -> Array:
    seen = windows(inputs[0], op.kernel, op.strides, op.padding, dilation=op.dilation)
    return convolve_each(seen, weights["kernel"]) + weights.get("bias", 0.0)


@compute.register(kinds.SeparableConv1D)
@compute.register(kinds.SeparableConv2D)
def _separable(op: kinds.SeparableConv1D | kinds.SeparableConv2D, inputs: list[Array], weights: Weights) -> Array:
    seen = windows(inputs[0], op.kernel, op.strides, op.padding, dilation=op.dilation)
    pointwise = weights["pointwise"].reshape(-1, op.filters)
    return convolve_each(seen, weights["depthwise"]) @ pointwise + weights.get("bias", 0.0)


@compute.register(kinds.Pool1D)
@compute.register(kinds.Pool2D)
def _pooling(op: kinds.Pool1D | kinds.Pool2D, inputs: list[Array], weights: Weights) -> Array:
    if op.mode == "average":
        return mean_of_present(inputs[0], op.pool, op.strides, op.padding)
    seen = windows(inputs[0], op.pool, op.strides, op.padding, fill=-np.inf)
    largest: Array = seen.max(axis=tuple(range(-len(op.pool), 0)))
    return largest


@compute.register
def _(op: kinds.GlobalPool, inputs: list[Array], weights: Weights) -> Array:
    axes = tuple(range(1, inputs[0].ndim - 1))
    reduce = np.max if op.mode == "max" else np.mean
    found: Array = reduce(inputs[0], axis=axes, keepdims=op.keepdims)
    return found


@compute.register
def _(op: kinds.BatchNorm, inputs: list[Array], weights: Weights) -> Array:
    scale = weights.get("gamma", 1.0) / np.sqrt(weights["variance"] + op.epsilon)
    found: Array = (inputs[0] - weights["mean"]) * scale + weights.get("beta", 0.0)
    return found


@compute.register
def _(op: kinds.Activation, inputs: list[Array], weights: Weights) -> Array:
    return function(op.function)(inputs[0])


@compute.register
def _(op: kinds.ParametricActivation, inputs: list[Array], weights: Weights) -> Array:
    return parametric(op.function, inputs[0], weights.get("alpha", op.alpha))


@compute.register
def _(op: kinds.Softmax, inputs: list[Array], weights: Weights) -> Array:
    return softmax(inputs[0], op.axis if op.axis < 0 else op.axis + 1)


@compute.register
def _(op: kinds.Merge, inputs: list[Array], weights: Weights) -> Array:
    first, *others = inputs
    match op.operation:
        case "dot":
            product: Array = (first * others[0]).sum(axis=-1, keepdims=True)
            return product
        case "average":
            mean: Array = sum(others, first) / len(inputs)
            return mean
    merge = {"add": np.add, "subtract": np.subtract, "multiply": np.multiply, "maximum": np.maximum}.get(
        op.operation, np.minimum
    )
    for other in others:
        first = merge(first, other)
    return first


@compute.register
def _(op: kinds.Concatenate, inputs: list[Array], weights: Weights) -> Array:
    return np.concatenate(inputs, axis=op.axis if op.axis < 0 else op.axis + 1)


@compute.register
def _(op: kinds.Flatten, inputs: list[Array], weights: Weights) -> Array:
    return inputs[0].reshape(len(inputs[0]), -1)


@compute.register
def _(op: kinds.Reshape, inputs: list[Array], weights: Weights) -> Array:
    return inputs[0].reshape(len(inputs[0]), *op.target)


@compute.register
def _(op: kinds.Permute, inputs: list[Array], weights: Weights) -> Array:
    return inputs[0].transpose(0, *op.order)


@compute.register(kinds.Pad1D)
@compute.register(kinds.Pad2D)
def _padding(op: kinds.Pad1D | kinds.Pad2D, inputs: list[Array], weights: Weights) -> Array:
    edges = list(zip(op.padding[::2], op.padding[1::2], strict=True))
    return np.pad(inputs[0], [(0, 0), *edges, (0, 0)])


@compute.register(kinds.UpSample1D)
@compute.register(kinds.UpSample2D)
def _up_sampling(op: kinds.UpSample1D | kinds.UpSample2D, inputs: list[Array], weights: Weights) -> Array:
    found = inputs[0]
    for axis, factor in enumerate(op.size if isinstance(op.size, tuple) else (op.size,), start=1):
        found = found.repeat(factor, axis=axis)
    return found


@compute.register
def _(op: kinds.SimpleRNN, inputs: list[Array], weights: Weights) -> Array:
    return simple_rnn(op, inputs[0], weights)


@compute.register
def _(op: kinds.LSTM, inputs: list[Array], weights: Weights) -> Array:
    return lstm(op, inputs[0], weights)


@compute.register
def _(op: kinds.GRU, inputs: list[Array], weights: Weights) -> Array:
    return gru(op, inputs[0], weights)
