"""Dense layers and convolutions as QKeras's layers, each weight with its quantiser."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import qkeras
import tensorflow as tf

from engine.network import Op
from engine.network.kinds import (
    Conv1D,
    Conv2D,
    Dense,
    DepthwiseConv1D,
    DepthwiseConv2D,
    SeparableConv1D,
    SeparableConv2D,
)
from engine.training.held import Held
from engine.training.keras.depthwise import QDepthwiseConv1D
from engine.training.keras.norm import MergedBias, MergedKernel, Norm
from engine.training.keras.quantizers import quantizer_of, trained

Tensor = Any
Keywords = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Weighted:
    """How the weights of a layer are held, by role, and the norm that is merged into them."""

    held: dict[str, Held]
    norm: Norm | None = None


@singledispatch
def product(op: Op, weighted: Weighted) -> Any:
    """The QKeras layer of an operation; None where QKeras has none."""
    return None


@product.register
def _(op: Dense, weighted: Weighted) -> Any:
    return qkeras.QDense(op.units, **_biased(op, weighted), **_weight("kernel", "kernel", weighted, (op.units,)))


@product.register(Conv1D)
@product.register(Conv2D)
def _convolution(op: Conv1D | Conv2D, weighted: Weighted) -> Any:
    kind = qkeras.QConv1D if isinstance(op, Conv1D) else qkeras.QConv2D
    kernel = _weight("kernel", "kernel", weighted, (op.filters,))
    return kind(op.filters, op.kernel, **_window(op), **_biased(op, weighted), **kernel)


@product.register(DepthwiseConv1D)
@product.register(DepthwiseConv2D)
def _depthwise(op: DepthwiseConv1D | DepthwiseConv2D, weighted: Weighted) -> Any:
    kind = QDepthwiseConv1D if isinstance(op, DepthwiseConv1D) else qkeras.QDepthwiseConv2D
    kernel = _weight("kernel", "depthwise", weighted, (-1, op.depth_multiplier))
    window = _window(op) | {"depth_multiplier": op.depth_multiplier}
    return kind(op.kernel, **window, **_biased(op, weighted), **kernel)


@product.register(SeparableConv1D)
@product.register(SeparableConv2D)
def _separable(op: SeparableConv1D | SeparableConv2D, weighted: Weighted) -> Any:
    kind = qkeras.QSeparableConv1D if isinstance(op, SeparableConv1D) else qkeras.QSeparableConv2D
    depthwise = _weight("depthwise", "depthwise", Weighted(weighted.held), ())
    pointwise = _weight("pointwise", "pointwise", weighted, (op.filters,))
    window = _window(op) | {"depth_multiplier": op.depth_multiplier}
    return kind(op.filters, op.kernel, **window, **_biased(op, weighted), **depthwise, **pointwise)


def _window(op: Any) -> Keywords:
    return {"strides": op.strides, "padding": op.padding, "dilation_rate": op.dilation}


def _weight(role: str, name: str, weighted: Weighted, merged: tuple[int, ...]) -> Keywords:
    """Quantiser and limits of a kernel; `merged` is the shape in which a norm's factor meets it."""
    held = weighted.held[role]
    quantise = quantizer_of(held)
    if quantise is None and weighted.norm is None:
        return {}
    # Weights are put in later; QKeras would look for the bits of a quantiser to scale first ones.
    limited = {f"{name}_initializer": "zeros", f"{name}_constraint": limit(held) if weighted.norm is None else _free}
    merged_in = quantise if weighted.norm is None else MergedKernel(weighted.norm, quantise, merged)
    return {f"{name}_quantizer": merged_in, **limited}


def _biased(op: Any, weighted: Weighted) -> Keywords:
    """A norm that is merged brings a bias, of which the layer's own part stays zero if it has none."""
    held = weighted.held.get("bias", Held())
    if weighted.norm is None:
        return {"use_bias": op.use_bias, "bias_quantizer": quantizer_of(held), "bias_constraint": limit(held)}
    return {
        "use_bias": True,
        "bias_quantizer": MergedBias(weighted.norm, quantizer_of(held)),
        "bias_constraint": _free if op.use_bias else tf.zeros_like,
    }


def limit(held: Held) -> Callable[[Tensor], Tensor]:
    """Keeps trained weights where their quantiser or type can follow them."""
    if not held:
        return _free
    if held.quantizer is not None:
        highest = max(1.0, float(trained(held.quantizer).max()))
        return lambda weights: tf.clip_by_value(weights, -highest, highest)
    assert held.type is not None
    lowest, highest = held.type.minimum, held.type.maximum
    return lambda weights: tf.clip_by_value(weights, lowest, highest)


def _free(weights: Tensor) -> Tensor:
    return weights
