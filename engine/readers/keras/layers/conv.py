"""Convolutions."""

from typing import Any

from engine.network import Op
from engine.network.kinds import (
    Conv1D,
    Conv2D,
    DepthwiseConv1D,
    DepthwiseConv2D,
    SeparableConv1D,
    SeparableConv2D,
)
from engine.readers.keras.layer import KerasLayer, Step, Weights
from engine.readers.keras.layers.activation import fused
from engine.readers.keras.layers.dense import BIAS, KERNEL, QUANTIZERS
from engine.readers.keras.layers.folded import folding
from engine.readers.keras.layers.quantised import weight_quantizers
from engine.readers.keras.layers.registry import reads
from engine.readers.keras.layers.windows import padding, require_channels_last
from engine.readers.keras.stored import Slot

_DEPTHWISE = Slot("kernel", ("depthwise_kernel", "kernel"), 0)
_SEPARABLE = (Slot("depthwise", ("depthwise_kernel",), 0), Slot("pointwise", ("pointwise_kernel",), 1))
_SEPARABLE_BIAS = Slot("bias", ("bias",), 2)
_DEPTHWISE_QUANTIZERS = {"kernel": "depthwise_quantizer", "bias": "bias_quantizer"}
_SEPARABLE_QUANTIZERS = {
    "depthwise": "depthwise_quantizer",
    "pointwise": "pointwise_quantizer",
    "bias": "bias_quantizer",
}


@reads("Conv1D", "QConv1D", "Conv2D", "QConv2D")
def _conv(layer: KerasLayer) -> list[Step]:
    axes = _axes(layer)
    op = (Conv1D if axes == 1 else Conv2D)(filters=_filters(layer), **window_settings(layer, axes))
    slots = (KERNEL, BIAS) if op.use_bias else (KERNEL,)
    return _steps(layer, op, Weights(slots), QUANTIZERS)


@reads("QConv2DBatchnorm")
def _conv_batchnorm(layer: KerasLayer) -> list[Step]:
    op = Conv2D(filters=_filters(layer), **(window_settings(layer, 2) | {"use_bias": True}))
    slots = (KERNEL, BIAS) if layer.config.flag("use_bias", True) else (KERNEL,)
    return _steps(layer, op, folding(layer, slots), QUANTIZERS)


@reads("DepthwiseConv1D", "DepthwiseConv2D", "QDepthwiseConv2D")
def _depthwise(layer: KerasLayer) -> list[Step]:
    axes = _axes(layer)
    kind = DepthwiseConv1D if axes == 1 else DepthwiseConv2D
    op = kind(depth_multiplier=_multiplier(layer), **window_settings(layer, axes))
    slots = (_DEPTHWISE, BIAS) if op.use_bias else (_DEPTHWISE,)
    return _steps(layer, op, Weights(slots), _DEPTHWISE_QUANTIZERS)


@reads("QDepthwiseConv2DBatchnorm")
def _depthwise_batchnorm(layer: KerasLayer) -> list[Step]:
    op = DepthwiseConv2D(depth_multiplier=_multiplier(layer), **(window_settings(layer, 2) | {"use_bias": True}))
    slots = (_DEPTHWISE, BIAS) if layer.config.flag("use_bias", True) else (_DEPTHWISE,)
    return _steps(layer, op, folding(layer, slots), _DEPTHWISE_QUANTIZERS)


@reads("SeparableConv1D", "QSeparableConv1D", "SeparableConv2D", "QSeparableConv2D")
def _separable(layer: KerasLayer) -> list[Step]:
    axes = _axes(layer)
    kind = SeparableConv1D if axes == 1 else SeparableConv2D
    op = kind(filters=_filters(layer), depth_multiplier=_multiplier(layer), **window_settings(layer, axes))
    slots = (*_SEPARABLE, _SEPARABLE_BIAS) if op.use_bias else _SEPARABLE
    return _steps(layer, op, Weights(slots), _SEPARABLE_QUANTIZERS)


def _steps(layer: KerasLayer, op: Op, weights: Weights, settings: dict[str, str]) -> list[Step]:
    return [Step(op, weights, weight_quantizers(layer, settings)), *fused(layer)]


def window_settings(layer: KerasLayer, axes: int) -> dict[str, Any]:
    """What a convolution says of its window."""
    require_channels_last(layer)
    layer.want(
        "groups",
        (1, None),
        "grouped convolutions are not supported",
        "Use DepthwiseConv2D, or one layer for each group.",
    )
    config = layer.config
    return {
        "kernel": config.wholes("kernel_size", axes),
        "strides": config.wholes("strides", axes, 1),
        "padding": padding(layer),
        "dilation": config.wholes("dilation_rate", axes, 1),
        "use_bias": config.flag("use_bias", True),
    }


def _axes(layer: KerasLayer) -> int:
    return 1 if layer.class_name.endswith("1D") else 2


def _filters(layer: KerasLayer) -> int:
    return layer.config.whole("filters", lowest=1)


def _multiplier(layer: KerasLayer) -> int:
    return layer.config.whole("depth_multiplier", 1, lowest=1)
