"""What hls4ml's converter builds from a network: which layers it merges, splits, replaces and inserts.

Mirrors the passes of hls4ml 1.3 that change the graph (`model/optimizer/passes`, `backends/*/passes`), in their
order. Layers whose shapes are not known yet, because a port is open, are left out.
"""

from dataclasses import replace
from math import prod

from engine.flows.hls4ml.choices import Choice
from engine.flows.hls4ml.class_names import step_levels
from engine.flows.hls4ml.draft import Draft
from engine.flows.hls4ml.nodes import POINTWISE, REPACKED, Node, Plan
from engine.flows.hls4ml.quantisers import quantised_activation
from engine.network import Network, Shape
from engine.network.kinds import (
    Conv1D,
    Conv2D,
    DepthwiseConv1D,
    DepthwiseConv2D,
    SeparableConv1D,
    SeparableConv2D,
)
from engine.network.kinds.windows import same_padding

_WINDOWED = (Conv1D, Conv2D, DepthwiseConv1D, DepthwiseConv2D, SeparableConv1D, SeparableConv2D)
_MULTIPLIES = ("Dense", "Conv1D", "Conv2D", "PointwiseConv1D", "PointwiseConv2D", "DepthwiseConv1D", "DepthwiseConv2D")
_NORMS = ("BatchNormalization", "ApplyAlpha")
_ACTIVATIONS = ("Activation", "HardActivation", "TernaryTanh", "ParametrizedActivation", "PReLU", "Softmax")
_STEPS = ("Activation", "TernaryTanh")
_SAFE_BEFORE_LINEAR = (*_MULTIPLIES, *_NORMS, *_ACTIVATIONS)


def plan(network: Network, choices: dict[str, Choice], io_type: str, broadcasts: bool) -> Plan:
    """Lower a network. `broadcasts`: whether the back end copies the smaller input of a streamed merge."""
    draft, streamed = Draft(network, choices), io_type == "io_stream"
    _drop_transposes(draft, parallel=not streamed)
    _fuse_batch_norms(draft)
    _drop_linear(draft)
    _fuse_batch_norms(draft)
    if streamed:
        _repack(draft)
        _clone(draft)
        _pad(draft)
        if broadcasts:
            _broadcast(draft)
    _merge_thresholds(draft)
    if not streamed:
        _drop_final_reshape(draft)
    _drop_softmax(draft)
    return draft.plan()


def _drop_transposes(draft: Draft, parallel: bool) -> None:
    """`remove_nop_transpose`, `remove_single_channel_transpose` and `remove_transpose_before_flatten`."""
    for node in draft.each():
        parent = draft.parent(node)
        if node.kind != "Transpose" or parent is None:
            continue
        single = parent.kind == "Input" and node.input_shapes[0][0] == 1
        if len(node.shape) == 1 or (parallel and (single or _flattens_into_dense(draft, node))):
            draft.remove(node, parent)


def _flattens_into_dense(draft: Draft, node: Node) -> bool:
    """Whether a flattening reads a layer whose only reader is a dense one: its weights are reordered instead."""
    flat = [reader for reader in draft.readers(node.name) if reader.kind == "Reshape" and len(reader.shape) == 1]
    return any([reader.kind for reader in draft.readers(each.name)] == ["Dense"] for each in flat)


def _fuse_batch_norms(draft: Draft) -> None:
    """`fuse_batch_normalization` and `fuse_consecutive_batch_normalization`."""
    for node in draft.each():
        parent = draft.parent(node)
        if node.kind not in _NORMS or parent is None or len(draft.readers(parent.name)) > 1:
            continue
        if draft.result_type(parent) is not None:
            continue
        if parent.kind in _MULTIPLIES and _may_rescale(parent, draft.choices[parent.layer.name]):
            draft.remove(node, replace(parent, merged=(*parent.merged, node.layer)))
        elif parent.kind in _NORMS:
            sources = (*parent.sources, *node.sources)
            draft.melt(parent, replace(node, sources=sources, note="merged", merged=(parent.layer,)))


def _may_rescale(node: Node, choice: Choice) -> bool:
    """Weights with a quantiser of their own keep their values, and a batch normalisation behind them stays."""
    role = "pointwise" if node.half == POINTWISE else "weight"
    return node.forgets_quantisers or not (choice.quantised(role) or choice.quantised("bias"))


def _drop_linear(draft: Draft) -> None:
    """`eliminate_linear_activation` and `merge_linear_activation`."""
    for node in draft.each():
        parent = draft.parent(node)
        if parent is None or not _is_linear(node):
            continue
        before, after = draft.result_type(parent), draft.result_type(node)
        if before == after or (before is None and parent.kind in _SAFE_BEFORE_LINEAR):
            draft.remove(node, parent)


def _is_linear(node: Node) -> bool:
    function = getattr(node.layer.op, "function", "")
    return node.kind == "Activation" and function == "linear" and quantised_activation(node.layer) is None


def _repack(draft: Draft) -> None:
    """`reshape_stream`: a reshape that does not flatten, or ends the network, moves the values for real."""
    for node in draft.each():
        if node.kind == "Reshape" and (len(node.shape) > 1 or node.name in draft.outputs):
            name = draft.free_name(f"repack_{node.name}")
            draft.replace(node.name, replace(node, name=name, kind="Repack", note="replaced"))


def _clone(draft: Draft) -> None:
    """`clone_output`: a stream can be read once, so each further reader gets a copy."""
    for node in draft.each():
        readers = [reader.name for reader in draft.readers(node.name)]
        if len(readers) + draft.outputs.count(node.name) > 1:
            half = REPACKED if node.kind == "Repack" else ""
            clone = node.behind(draft.free_name(f"clone_{node.name}"), "Clone", node.shape, half)
            draft.insert(clone, node.name, readers)


def _pad(draft: Draft) -> None:
    """`insert_zero_padding_before_conv`: streamed convolutions take their zeros from a layer of its own."""
    for node in draft.each():
        padded, parent = padded_shape(node), draft.parent(node)
        if padded is None or parent is None:
            continue
        axes = len(padded) - 1
        zeros = parent.behind(draft.free_name(f"zp{axes}d_{node.name}"), f"ZeroPadding{axes}D", padded)
        draft.insert(replace(zeros, layer=node.layer, sources=node.sources), parent.name, [node.name])
        draft.change(replace(draft.nodes[node.name], input_shapes=(padded,)))


def padded_shape(node: Node) -> Shape | None:
    """Shape of a convolution's input with the zeros around it; None where it takes no zeros."""
    op = node.layer.op
    if "Conv" not in node.kind or not isinstance(op, _WINDOWED) or node.half == POINTWISE or op.padding != "same":
        return None
    *pixels, channels = node.input_shapes[0]
    zeros = [sum(same_padding(n, k, s)) for n, k, s in zip(pixels, op.kernel, op.strides, strict=True)]
    return (*(n + z for n, z in zip(pixels, zeros, strict=True)), channels) if any(zeros) else None


def _broadcast(draft: Draft) -> None:
    """`broadcast_stream`: the smaller input of a merge is repeated."""
    for node in draft.each():
        if node.kind != "Merge" or len(set(node.input_shapes)) == 1:
            continue
        sizes = [prod(shape) for shape in node.input_shapes]
        source = draft.nodes[node.inputs[1 if sizes[0] > sizes[1] else 0]]
        repeat = source.behind(draft.free_name(f"broadcast_{source.name}"), "Broadcast", node.shape)
        draft.insert(replace(repeat, sources=node.sources), source.name, [node.name])


def _merge_thresholds(draft: Draft) -> None:
    """`merge_batch_norm_quantized_tanh`: scale, shift and a binary or ternary step become thresholds."""
    for node in draft.each():
        parent = draft.parent(node)
        if node.kind in _STEPS and step_levels(node.layer) and parent is not None and parent.kind in _NORMS:
            sources = tuple(dict.fromkeys((*parent.sources, *node.sources)))
            draft.melt(parent, replace(node, kind="BatchNormalizationQuantizedTanh", sources=sources, note="merged"))
            merged = draft.nodes[node.name]
            draft.replace(node.name, replace(merged, name=draft.free_name(f"bnbt_{parent.name}")))


def _drop_final_reshape(draft: Draft) -> None:
    """From the end, as the one before may become the last."""
    for node in reversed(list(draft.each())):
        parent = draft.parent(node)
        if node.kind == "Reshape" and not draft.readers(node.name) and parent is not None:
            draft.remove(node, parent)


def _drop_softmax(draft: Draft) -> None:
    for node in draft.each():
        parent = draft.parent(node)
        if node.kind == "Softmax" and draft.choices[node.layer.name].skips_softmax and parent is not None:
            draft.remove(node, parent)
