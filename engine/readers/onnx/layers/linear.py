"""Matrix products, constants that are added or multiplied, and batch normalisation."""

from dataclasses import replace

import numpy as np

from engine.network.kinds import BatchNorm, Dense
from engine.precision.quantizer import Quantizer
from engine.readers.onnx.constants import weights, with_step
from engine.readers.onnx.layers.registry import reads
from engine.readers.onnx.quantising import along_channels
from engine.readers.onnx.scaling import linear, unit_ahead
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Array, Constant, Flow, is_power_of_two

_FIRST = "Put the constant last: x · W, as PyTorch and Keras export it."
_PRODUCTS = ("dense", "conv")
_PER_CHANNEL = "Use one number, or one for each channel."


@reads("MatMul")
def _matmul(site: Site) -> Flow:
    if isinstance(site.value(0), Constant):
        raise RefusedError("the constant stands first", _FIRST)
    return dense(site, site.flow(), site.constant(1, "matrix"))


@reads("Gemm")
def _gemm(site: Site) -> Flow:
    if site.flag("transA", False):
        raise RefusedError("it transposes what flows", "Export the model with transA=0.")
    matrix = site.constant(1, "matrix")
    matrix = transposed(matrix, (1, 0)) if site.flag("transB", False) and matrix.values.ndim == 2 else matrix
    flow = dense(site, site.flow(), matrix)
    flow = replace(flow, scale=flow.scale * site.number("alpha", 1.0))
    bias, beta = site.optional(2, "bias"), site.number("beta", 1.0)
    if bias is None:
        return flow
    return plus(site, flow, bias if beta == 1 else Constant(bias.values * beta))


def dense(site: Site, flow: Flow, matrix: Constant) -> Flow:
    """A fully connected layer; `matrix` is inputs × outputs."""
    if matrix.values.ndim != 2 or flow.onnx_shape[-1:] != matrix.values.shape[:1]:
        raise site.damaged("Its matrix does not fit what it reads")
    if flow.folded is None and flow.axes[-1] != len(flow.shape) - 1:
        flow = site.straight(flow)
    flow = linear(site, flow)
    values, quantizer, scale = weights(matrix, 1)
    if flow.folded is not None:
        rows = np.empty_like(values)
        rows[flow.folded.order] = values
        values = rows
    op = Dense(values.shape[1], use_bias=False)
    name = site.draft.add(site.name, op, (flow.layer,), {"kernel": values}, {"kernel": quantizer})
    return Flow(name, site.draft.shapes[name], flow.axes, scale=flow.scale * scale)


def transposed(constant: Constant, order: tuple[int, ...]) -> Constant:
    """A constant with its axes in another order."""
    stored, steps = (None if each is None else each.transpose(order) for each in (constant.stored, constant.steps))
    return Constant(constant.values.transpose(order), stored, steps, constant.quantizer)


def plus(site: Site, flow: Flow, constant: Constant) -> Flow:
    """A constant added: as the bias of the layer before where it can be."""
    offset = along_channels(site, flow, constant.values)
    if offset is None:
        raise RefusedError("each value gets a number of its own added", _PER_CHANNEL)
    if not np.any(offset):
        return flow
    bias = _as_bias(site, flow, constant)
    if bias is None:
        return replace(flow, shift=flow.shift + offset, norm=flow.norm or site.name)
    site.draft.give_bias(flow.layer, *bias)
    return flow


def _as_bias(site: Site, flow: Flow, constant: Constant) -> tuple[Array, Quantizer | None] | None:
    """Bias and quantiser of a layer of products that has none yet; None where a norm shall add the constant."""
    op = site.draft.layers[flow.layer].op
    if op.GROUP not in _PRODUCTS or getattr(op, "use_bias", True):
        return None
    if flow.shared or np.any(flow.shift != 0) or flow.folded is not None:
        return None
    scale = np.broadcast_to(flow.scale, flow.shape[-1:])
    steps = None if constant.steps is None else np.broadcast_to(constant.steps.ravel(), scale.shape)
    if steps is not None and constant.stored is not None and np.allclose(steps, scale, rtol=1e-5, atol=0):
        return constant.stored.ravel(), constant.quantizer
    if not (scale == scale[0]).all() or not is_power_of_two(float(scale[0])):
        return None
    quantised = None
    if steps is not None and (steps == steps[0]).all():
        quantised = with_step(constant, float(steps[0]) / float(scale[0]))
    if quantised is None:
        return constant.values.ravel() / scale[0], None
    return quantised[0].ravel(), quantised[1]


@reads("BatchNormalization")
def _batch_norm(site: Site) -> Flow:
    names = ("gamma", "beta", "mean", "variance")
    found = {name: site.constant(port, name).values for port, name in enumerate(names, start=1)}
    epsilon = site.number("epsilon", 1e-5)
    flow = site.flow()
    flow = flow if len(flow.shape) == 1 else site.with_channels_last(flow)
    if any(values.shape != flow.shape[-1:] for values in found.values()) or epsilon < 0:
        raise site.damaged("Its parameters do not fit its channels")
    if not (found["variance"] + epsilon > 0).all():
        raise site.damaged("A variance is not above zero")
    if flow.plain and flow.folded is None and unit_ahead(site, site.node.outputs[0]) == 1:
        return site.layer(site.name, BatchNorm(epsilon), flow, **found)
    doubles = {name: values.astype(np.float64) for name, values in found.items()}
    factor = doubles["gamma"] / np.sqrt(doubles["variance"] + epsilon)
    offset = doubles["beta"] - doubles["mean"] * factor
    if flow.folded is not None:
        factor, offset = (_moved(flow, each) for each in (factor, offset))
    return replace(flow, scale=flow.scale * factor, shift=flow.shift * factor + offset, norm=site.name)


def _moved(flow: Flow, values: Array) -> Array:
    assert flow.folded is not None
    found = np.empty_like(values)
    found[flow.folded.order] = values
    return found


def times(site: Site, flow: Flow, constant: Constant) -> Flow:
    """Multiplied by a constant."""
    factor = along_channels(site, flow, constant.values)
    if factor is None:
        raise RefusedError("each value is multiplied by a number of its own", _PER_CHANNEL)
    return replace(flow, scale=flow.scale * factor, shift=flow.shift * factor, norm=site.name)
