"""Convolutions."""

from dataclasses import replace
from typing import Any

import numpy as np

from engine.network.kinds import Conv1D, Conv2D, DepthwiseConv1D, DepthwiseConv2D
from engine.readers.onnx.constants import weights
from engine.readers.onnx.layers.linear import plus
from engine.readers.onnx.layers.registry import reads
from engine.readers.onnx.layers.windows import padded
from engine.readers.onnx.scaling import linear
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Array, Flow

_GROUPS = "Use one group, as many groups as channels, or one convolution for each group."


@reads("Conv")
def _conv(site: Site) -> Flow:
    kernel = site.constant(1, "kernel")
    axes = kernel.values.ndim - 2
    if axes not in (1, 2):
        raise RefusedError("only convolutions over one or two axes are supported", "Use Conv1d or Conv2d.")
    flow = site.flow()
    if len(flow.shape) != axes + 1:
        raise site.damaged("Its kernel does not fit what it reads")
    flow = linear(site, site.with_channels_last(flow))
    values, quantizer, scale = weights(kernel, 0)
    window = values.shape[2:]
    site.wholes("kernel_shape", window)
    strides, dilation = site.wholes("strides", (1,) * axes), site.wholes("dilations", (1,) * axes)
    flow, padding = padded(site, flow, window, strides, dilation)
    settings = {"kernel": window, "strides": strides, "padding": padding, "dilation": dilation, "use_bias": False}
    op, turned = _op(site, values, flow.shape[-1], settings)
    name = site.draft.add(site.name, op, (flow.layer,), {"kernel": turned}, {"kernel": quantizer})
    found = Flow(name, site.draft.shapes[name], flow.axes, scale=flow.scale * scale)
    bias = site.optional(2, "bias")
    if bias is None:
        return found
    column = bias if bias.values.ndim != 1 else _as_column(bias, found)
    return plus(site, found, column)


def _op(site: Site, values: Array, channels: int, settings: dict[str, Any]) -> tuple[Any, Array]:
    """The layer, and its kernel with the axes as the network has them."""
    axes, groups = values.ndim - 2, site.whole("group", 1)
    if groups == 1:
        if values.shape[1] != channels:
            raise site.damaged("Its kernel does not fit its channels")
        return (Conv1D, Conv2D)[axes - 1](filters=values.shape[0], **settings), np.moveaxis(values, (1, 0), (-2, -1))
    if groups != channels or values.shape[1] != 1 or values.shape[0] % channels:
        raise RefusedError(f"a convolution in {groups} groups is not supported", _GROUPS)
    multiplier = values.shape[0] // channels
    kind = (DepthwiseConv1D, DepthwiseConv2D)[axes - 1]
    split = values.reshape(channels, multiplier, *values.shape[2:])
    return kind(depth_multiplier=multiplier, **settings), np.moveaxis(split, (0, 1), (-2, -1))


def _as_column(bias: Any, flow: Flow) -> Any:
    """A bias with ONNX's axes of the result: one for each channel."""
    shape = tuple(bias.values.size if axis == len(flow.shape) - 1 else 1 for axis in flow.axes)
    parts = (None if part is None else part.reshape(1, *shape) for part in (bias.values, bias.stored, bias.steps))
    values, stored, steps = parts
    return replace(bias, values=values, stored=stored, steps=steps)
