"""Values without any effect: what nothing reads and what never varies, the tools leave out with all that feeds it.

Only in io_parallel, where each value has wires of its own, and only through weights that are constants in the logic:
a memory's words are all read. A public report of a pruned network has 30 of 100 activations left. Weights count as zero
that are stored as zero; those that a type rounds to zero are not looked for, so that an edit of types changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.flows.hls4ml.hardware import Unit, node_folds
from engine.flows.hls4ml.nodes import DEPTHWISE, POINTWISE, Node, Plan
from engine.flows.hls4ml.rules import Strategy
from engine.network import MissingTensorError, TensorStore
from engine.network.weights import effective_weight

Mask = NDArray[np.bool_]
"""By channel, or by value of a vector."""

_SHARED = ("Activation", "Pooling", "Padding", "Normalization", "Resize", "ApplyAlpha", "TernaryTanh", "PReLU")
"""Parts of the names of built layers that keep channels apart."""
_MOST_KEPT = 1024
_connected: dict[tuple[Any, ...], Mask] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """Channels of a built layer's first input and of its result that vary and are read."""

    inputs: Mask
    outputs: Mask

    @property
    def results(self) -> int:
        """How many channels are left."""
        return int(np.count_nonzero(self.outputs))


def in_logic(unit: Unit) -> bool:
    """Whether all of a layer's weights are constants in the logic."""
    return all(
        each.strategy in (Strategy.LATENCY, Strategy.DISTRIBUTED) or each.reuse_factor == 1 for each in unit.folded
    )


def live_channels(plan: Plan, tensors: TensorStore | None, constant: Callable[[str], bool]) -> Mapping[str, Live]:
    """The built layers of which something is left out; `constant` says whose weights are constants in the logic."""
    if tensors is None:
        return {}
    links = {node.name: _link(node, tensors) for node in plan.nodes if constant(node.name)}
    if all(link is None or (link.any(axis=0).all() and link.any(axis=1).all()) for link in links.values()):
        return {}
    varying: dict[str, Mask] = {}
    for node in plan.nodes:
        varying[node.name] = _behind(node, [varying[source] for source in node.inputs], links.get(node.name))
    read = _read(plan, links)
    kept = {name: varying[name] & read[name] for name in varying}
    return {node.name: live for node in plan.nodes if not _is_whole(live := _live(node, kept, links.get(node.name)))}


def _live(node: Node, kept: dict[str, Mask], link: Mask | None) -> Live:
    own = kept[node.name]
    inputs = kept[node.inputs[0]] if node.inputs else own
    return Live(inputs if link is None else inputs & link[:, own].any(axis=1), own)


def _is_whole(live: Live) -> bool:
    return bool(live.inputs.all() and live.outputs.all())


def _link(node: Node, tensors: TensorStore) -> Mask | None:
    """Which channels of the input reach which of the result: shape (inputs, results); None: not known, so all do."""
    folds = node_folds(node)
    role = node.half if node.half in (DEPTHWISE, POINTWISE) else "kernel"
    ref = node.layer.weight(role)
    if len(folds) != 1 or ref is None or len(node.input_shapes[0]) != len(node.shape):
        return None
    channels, results = node.input_shapes[0][-1], node.shape[-1]
    depthwise = node.kind.startswith("Depthwise")
    if prod(ref.shape) != folds[0].n_in * (1 if depthwise else results):
        return None
    key = (ref, node.layer.quantizers, results)
    if key not in _connected:
        if len(_connected) >= _MOST_KEPT:
            _connected.clear()
        try:
            stored = effective_weight(node.layer, role, tensors) != 0
        except MissingTensorError:
            return None
        _connected[key] = _by_channel(stored, channels, results, depthwise=depthwise)
    return _connected[key]


def _by_channel(stored: Mask, channels: int, results: int, *, depthwise: bool) -> Mask:
    if not depthwise:
        return np.asarray(stored.reshape(-1, channels, results).any(axis=0))
    each = results // channels
    own: Mask = np.asarray(stored.reshape(-1, channels, each).any(axis=0))
    return np.asarray(np.eye(channels, dtype=bool)[:, :, None] & own[:, None, :]).reshape(channels, results)


def _behind(node: Node, inputs: list[Mask], link: Mask | None) -> Mask:
    """Channels of the result that vary."""
    every: Mask = np.ones(node.shape[-1:], bool)
    if link is not None:
        return np.asarray(link[inputs[0]].any(axis=0))
    if node.kind == "Reshape":
        return _regrouped(inputs[0], node.input_shapes[0], node.shape)
    if node.kind == "Merge" or _keeps_channels(node):
        alike = [mask for mask in inputs if mask.shape == every.shape]
        return np.asarray(np.logical_or.reduce(alike)) if len(alike) == len(inputs) else every
    return every


def _read(plan: Plan, links: Mapping[str, Mask | None]) -> dict[str, Mask]:
    """Channels of each built layer's result that something behind it makes use of."""
    read = {node.name: np.zeros(node.shape[-1:], bool) for node in plan.nodes}
    for name in plan.outputs:
        read[name][:] = True
    for node in reversed(plan.nodes):
        link, own = links.get(node.name), read[node.name]
        for source, shape in zip(node.inputs, node.input_shapes, strict=True):
            read[source] |= _needed(node, own, link, shape)
    return read


def _needed(node: Node, own: Mask, link: Mask | None, shape: tuple[int, ...]) -> Mask:
    if link is not None:
        return np.asarray(link[:, own].any(axis=1))
    if node.kind == "Reshape":
        return _regrouped(own, node.shape, shape)
    if (node.kind == "Merge" or _keeps_channels(node)) and shape[-1:] == own.shape:
        return own
    return np.ones(shape[-1:], bool)


def _keeps_channels(node: Node) -> bool:
    return any(word in node.kind for word in _SHARED)


def _regrouped(mask: Mask, shape: tuple[int, ...], other: tuple[int, ...]) -> Mask:
    """By channel of another shape of the same values."""
    values = np.broadcast_to(mask, shape).reshape(other)
    return np.asarray(values.any(axis=tuple(range(len(other) - 1))))
