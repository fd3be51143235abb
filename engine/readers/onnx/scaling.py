"""Scales and shifts that a graph applies to what flows: they wait until a layer needs the numbers themselves.

So the scale of quantised weights melts into the batch normalisation behind them, and integers flow where the scale of a
quantiser is no power of two, as hls4ml and FINN arrange it too.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network.kinds import BatchNorm
from engine.precision import FixedType, Overflow, Rounding
from engine.precision.narrowest import fraction_bits
from engine.readers.onnx.site import Site
from engine.readers.onnx.values import Constant, Flow, is_power_of_two, number

_EXACT_BITS = 24
"""Of factors and offsets that are kept as they are."""
_MOST_BITS = 18
"""Of others: one input of a DSP block."""
_HOMOGENEOUS = ("Relu", "MaxPool", "Identity", "Dropout", "Flatten", "Reshape", "Transpose", "Squeeze", "Unsqueeze")
"""Operations that a factor above zero passes unchanged."""


def applied(site: Site, flow: Flow, unit: float = 1.0, shift: float = 0.0) -> Flow:
    """The flow as `unit` times (what a layer yields − `shift`), with a batch normalisation where need be."""
    factor, offset = flow.scale / unit, flow.shift / unit + shift
    if np.all(factor == 1) and np.all(offset == 0):
        return replace(flow, scale=number(unit), shift=number(-unit * shift))
    channels = flow.shape[-1:]
    weights = {"gamma": factor, "beta": offset, "mean": number(0), "variance": number(1)}
    op = BatchNorm(epsilon=0.0, center=bool(np.any(offset != 0)))
    spread = {role: np.broadcast_to(each, channels) for role, each in weights.items()}
    normed = site.layer(flow.norm or f"{site.name}_scale", op, flow, **spread)
    site.draft.choose(normed.layer, "scale", type_of(factor))
    if op.center:
        site.draft.choose(normed.layer, "bias", type_of(offset))
    return replace(normed, scale=number(unit), shift=number(-unit * shift), norm="")


def linear(site: Site, flow: Flow) -> Flow:
    """The flow as what a layer yields times one number."""
    return flow if np.size(flow.scale) == 1 and np.all(flow.shift == 0) else applied(site, flow)


def positive(site: Site, flow: Flow) -> Flow:
    """The same with a number above zero: what passes maxima and ReLUs."""
    return flow if flow.proportional else applied(site, flow, unit_ahead(site, site.node.inputs[0]))


def unit_ahead(site: Site, value: str) -> float:
    """The scale of the quantiser that a value goes to, past all that leaves its scale alone; 1 where there is none."""
    for _ in range(len(site.readers.nodes) + 1):
        node = site.readers.alone(value)
        if node is None or not node.outputs:
            return 1.0
        if node.op_type in ("Quant", "IntQuant") and len(node.inputs) > 1 and node.inputs[0] == value:
            return _unit(site.values.get(node.inputs[1]))
        if node.op_type not in _HOMOGENEOUS or node.inputs[0] != value:
            return 1.0
        value = node.outputs[0]
    return 1.0


def _unit(scale: object) -> float:
    if not isinstance(scale, Constant) or scale.values.size != 1:
        return 1.0
    unit = float(scale.values.reshape(()))
    return unit if np.isfinite(unit) and unit > 0 and not is_power_of_two(unit) else 1.0


def type_of(values: NDArray[Any]) -> FixedType:
    """The narrowest type that holds constants exactly, or with _MOST_BITS as well as it can."""
    singles = np.atleast_1d(np.asarray(values, np.float32)).astype(np.float64)
    integer = 1 + int(np.frexp(np.abs(singles).max())[1])
    fraction = max(fraction_bits(singles), 1 - integer) if np.any(singles) else 1
    width = max(integer + fraction, 2)
    if width <= _EXACT_BITS:
        return FixedType(width, integer)
    return FixedType(_MOST_BITS, integer, rounding=Rounding.RND, overflow=Overflow.SAT)
