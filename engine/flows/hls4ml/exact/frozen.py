"""The weights of built layers: what hls4ml computes of them when it merges layers, in its own order and precision.

Source: hls4ml 1.3, `model/optimizer/passes/bn_fuse.py`, `batchnorm_opt.py` and `convert_to_channels_last.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.design import RESULT, Design
from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.hls4ml.layer_list import sizes, weight_data
from engine.flows.hls4ml.nodes import DEPTHWISE, POINTWISE, UNSCALED, Node, Plan, moved_threshold
from engine.network import Layer, TensorStore
from engine.network.kinds import BatchNorm, Flatten, Input, Permute, Reshape
from engine.precision import FixedType

Array = NDArray[Any]
_TURNS = {2: (1, 0, 2), 3: (1, 2, 0, 3)}
"""How hls4ml turns weights, by the number of axes: it takes every transposition for one to channels first."""
_NO_ROOT = "A variance is not above zero, so that there is no number to divide by."
Entry = Mapping[str, Any]
Scaling = tuple[Array, Array]


@dataclass(frozen=True, slots=True)
class Frozen:
    """Weights and bias of a layer of products, or factor and offset of a norm; quantisers are words, None: none."""

    values: Array
    bias: Array
    quantizer: Mapping[str, Any] | None = None


class Weights:
    """Looks up what built layers hold; each user's layer is read when it is first asked for.

    Raises NoExactModelError for a batch normalisation that divides by no number.
    """

    def __init__(self, design: Design, plan: Plan, tensors: TensorStore) -> None:
        self._design, self._tensors = design, tensors
        self._network = design.network
        self._kept = {node.layer.name for node in plan.nodes if node.kind == "Transpose"}
        self._entries: dict[str, Entry] = {}

    def entry(self, layer: Layer) -> Entry:
        """What hls4ml is told of a layer of the user's; of weights whose scale is set apart, it stands in `scale`."""
        found = self._entries.get(layer.name)
        if found is None:
            found = sizes(self._network, layer) | weight_data(self._design, self._tensors, layer)
            self._entries[layer.name] = found
        return found

    def products(self, node: Node) -> Frozen:
        """Of a dense layer or a convolution, norms that are merged into it included."""
        entry = self.entry(node.layer)
        role = {DEPTHWISE: "depthwise", POINTWISE: "pointwise"}.get(node.half, "weight")
        role = "depthwise" if "depthwise_data" in entry and node.half != POINTWISE else role
        values = np.asarray(entry[f"{role}_data"])
        bias = None if node.half in (DEPTHWISE, UNSCALED) else entry["bias_data"]
        bias = np.zeros(node.shape[-1]) if bias is None else bias
        values = values if node.kind != "Dense" else self._turned(node.layer, values)
        for scale, offset in self._merged(node):
            values, bias = scale * values, scale * bias + offset
        quantizer = None if node.forgets_quantisers else entry[f"{role}_quantizer"]
        return Frozen(values, np.asarray(bias), quantizer)

    def norm(self, node: Node) -> Frozen:
        """Factor and offset of a norm, those of norms before it merged in."""
        pairs = [self._scaling(self._network[name]) for name in node.sources]
        return Frozen(*reduce(_chained, (pair for pair in pairs if pair is not None)))

    def _merged(self, node: Node) -> list[Scaling]:
        """Factors and offsets of the norms that are merged into a layer; hls4ml merges norms with each other first."""
        own = [node.layer] if node.layer in node.merged else []
        layers = (*own, *(self._network[name] for name in node.sources if name != node.layer.name))
        found: list[Scaling] = []
        joins = False
        for layer in layers:
            pair = self._scaling(layer)
            if pair is None:
                continue
            if joins:
                found[-1] = _chained(found[-1], pair)
            else:
                found.append(pair)
            joins = not is_typed(self._design, layer.name)
        return found

    def _scaling(self, layer: Layer) -> Scaling | None:
        if isinstance(layer.op, BatchNorm):
            entry = self.entry(layer)
            scale = entry["gamma_data"] / np.sqrt(_above_zero(layer, entry["variance_data"] + entry["epsilon"]))
            return scale, entry["beta_data"] - scale * entry["mean_data"]
        threshold = moved_threshold(layer)
        if threshold is not None:
            scale = np.full(self._network.shapes[layer.name] or (), 0.5 / threshold)
            return scale, np.zeros_like(scale)
        if layer.op.GROUP not in ("dense", "conv") or "scale" not in self.entry(layer):
            return None
        scale, bias = np.asarray(self.entry(layer)["scale"]), self.entry(layer)["bias_data"]
        return scale, np.zeros_like(scale) if bias is None else np.asarray(bias)

    def _turned(self, layer: Layer, values: Array) -> Array:
        """Rows in the order of a transposition that hls4ml took out in front of the flattening."""
        flat = self._network[layer.inputs[0]]
        if not isinstance(flat.op, Flatten | Reshape):
            return values
        before = self._network[flat.inputs[0]]
        axes = _TURNS.get(len(self._network.shapes[before.name] or ()))
        if not isinstance(before.op, Permute) or before.name in self._kept or axes is None:
            return values
        if isinstance(self._network[before.inputs[0]].op, Input) and self._first_extent(before) == 1:
            return values
        turned: Array = values.reshape(*(self._network.shapes[before.name] or ()), -1).transpose(axes)
        return turned.reshape(-1, turned.shape[-1])

    def _first_extent(self, layer: Layer) -> int:
        shapes = self._network.input_shapes(layer.name)
        return shapes[0][0] if shapes else 0


def is_typed(design: Design, layer: str) -> bool:
    """Whether a type was chosen for what a layer gives."""
    effective = design.chosen(layer, RESULT)
    return effective is not None and isinstance(effective.value, FixedType)


def _above_zero(layer: Layer, variance: Array) -> Array:
    if not (variance > 0).all():
        raise NoExactModelError(layer.name, _NO_ROOT, "Train the network again.")
    return variance


def _chained(first: Scaling, second: Scaling) -> Scaling:
    """One norm behind another as one."""
    return first[0] * second[0], second[0] * first[1] + second[1]
