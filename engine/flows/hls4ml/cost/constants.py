"""The digits of a built layer's constants: counted once for each array, type and merged batch normalisation."""

from dataclasses import replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.flows.hls4ml.cost.digits import Digits, assumed_digits, count_digits
from engine.flows.hls4ml.cost.live import Live
from engine.flows.hls4ml.hardware import Unit
from engine.flows.hls4ml.nodes import POINTWISE, UNSCALED
from engine.flows.hls4ml.weights import scaled
from engine.network import Layer, MissingTensorError, TensorStore
from engine.network.kinds import BatchNorm
from engine.network.weights import effective_weight, norm_scale

_MOST_KEPT = 4096
_counted: dict[tuple[Any, ...], Digits] = {}


def digits(unit: Unit, place: int, tensors: TensorStore | None, live: Live | None = None) -> Digits:
    """Digits of the n-th matrix of a layer, of what has any effect; assumed ones where its weights are not at hand."""
    kind = unit.node.kind
    if kind in ("BatchNormalization", "ApplyAlpha"):
        return _norm_digits(unit, tensors)
    fold = unit.folded[place].fold
    role = _role(unit, place)
    type = unit.types["recurrent_weight" if place else "weight"]
    layer, node = unit.node.layer, unit.node
    ref = layer.weight(role)
    rows, columns = (fold.n_in, 1) if kind.startswith("Depthwise") else (fold.n_in, fold.n_out)
    if ref is None or tensors is None or prod(ref.shape) != rows * columns:
        return assumed_digits(rows, columns, type)
    key = (ref.digest, type, rows, layer.quantizers, node.half, tuple(each.weights for each in node.merged), live)
    if key not in _counted:
        try:
            matrix = _stored(unit, role, tensors).reshape(rows, columns)
            found = count_digits(_rescaled(_kept(matrix, unit, live), node.merged, tensors), type)
            # What hls4ml counts as zero is asked of all weights.
            _keep(key, replace(found, zeros=float(np.count_nonzero(matrix == 0))))
        except MissingTensorError:
            return assumed_digits(rows, columns, type)
    return _counted[key]


def _kept(matrix: NDArray[np.floating], unit: Unit, live: Live | None) -> NDArray[np.floating]:
    """Zero where nothing comes of a weight."""
    if live is None:
        return matrix
    if unit.node.kind.startswith("Depthwise"):
        return np.where(np.resize(live.inputs, len(matrix))[:, None], matrix, 0)
    return np.where(np.resize(live.inputs, len(matrix))[:, None] & live.outputs, matrix, 0)


def _stored(unit: Unit, role: str, tensors: TensorStore) -> NDArray[np.floating]:
    """Weights as they are written: quantised as the layer quantises them, and without a scale that stands apart."""
    values = effective_weight(unit.node.layer, role, tensors)
    quantizer = unit.node.layer.quantizer(role)
    apart = scaled(values, quantizer) if unit.node.half == UNSCALED and quantizer is not None else None
    return values if apart is None else apart.codes


def _role(unit: Unit, place: int) -> str:
    if place:
        return "recurrent_kernel"
    return unit.node.half if unit.node.half in ("depthwise", POINTWISE) else "kernel"


def _norm_digits(unit: Unit, tensors: TensorStore | None) -> Digits:
    """One constant a channel."""
    channels, type = unit.node.shape[-1], unit.types["scale"]
    layer = unit.node.layer
    if tensors is None or layer.weight("variance") is None or not isinstance(layer.op, BatchNorm):
        return assumed_digits(channels, 1, type)
    key = (layer.weights, type, channels, ())
    if key not in _counted:
        try:
            _keep(key, count_digits(norm_scale(layer, tensors).reshape(-1, 1), type))
        except MissingTensorError:
            return assumed_digits(channels, 1, type)
    return _counted[key]


def _rescaled(matrix: NDArray[np.floating], merged: tuple[Layer, ...], tensors: TensorStore) -> NDArray[np.floating]:
    for layer in merged:
        if layer.weight("variance") is not None:
            matrix = matrix * norm_scale(layer, tensors)
    return matrix


def _keep(key: tuple[Any, ...], found: Digits) -> None:
    if len(_counted) >= _MOST_KEPT:
        _counted.clear()
    _counted[key] = found
