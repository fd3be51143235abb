"""What hls4ml's converter builds from a network: which layers it merges, splits, replaces and inserts.

Mirrors the passes of hls4ml 1.3 that change the graph (`model/optimizer/passes`, `backends/*/passes`), in their
order. Layers whose shapes are not known yet, because a port is open, are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

from engine.flows.hls4ml.choices import Choice
from engine.flows.hls4ml.class_names import class_name, step_levels
from engine.network import Layer, Network, Shape
from engine.network.kinds import (
    Conv1D,
    Conv2D,
    Dense,
    DepthwiseConv1D,
    DepthwiseConv2D,
    GlobalPool,
    Pad1D,
    Pad2D,
    Permute,
    SeparableConv1D,
    SeparableConv2D,
    UpSample1D,
    UpSample2D,
)
from engine.network.kinds.windows import same_padding
from engine.precision import FixedType

_COPY_TYPES = (Permute, Pad1D, Pad2D, UpSample1D, UpSample2D)
_WINDOWED = (Conv1D, Conv2D, DepthwiseConv1D, DepthwiseConv2D, SeparableConv1D, SeparableConv2D)

DEPTHWISE, POINTWISE = "depthwise", "pointwise"
UNSCALED, SCALE = "unscaled", "scale"
AXES = "axes"


@dataclass(frozen=True, slots=True)
class Node:
    """One layer as built. `layer` is the user's layer that its settings and weights come from."""

    name: str
    kind: str
    """hls4ml's class name."""
    layer: Layer
    inputs: tuple[str, ...]
    input_shapes: tuple[Shape, ...]
    shape: Shape
    sources: tuple[str, ...]
    note: str = "yours"
    half: str = ""
    """Which part of a layer that is built in two: 'depthwise' and 'pointwise' of a separable convolution,
    'unscaled' and 'scale' of one whose weights' quantiser has a scale, 'axes' behind a global pooling."""
    merged: tuple[Layer, ...] = ()
    """Batch normalisations whose scale and shift are in this layer's weights."""

    copies: str = ""
    """Of layers that only move values: the user's layer whose chosen result type they take over, even where that
    layer is merged and its type lost."""

    @property
    def forgets_quantisers(self) -> bool:
        """hls4ml turns a dense layer over pixels or steps into a 1×1 convolution and drops its quantisers."""
        return isinstance(self.layer.op, Dense) and len(self.shape) > 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The built layers, each behind its inputs."""

    nodes: tuple[Node, ...]
    outputs: tuple[str, ...]
    by_source: dict[str, tuple[Node, ...]]
    """Built layers in which each of the user's layers ends up."""
    readers: dict[str, int]
    """How many FIFOs carry each layer's stream: one for each reader of it, also past a flattening."""


def plan(network: Network, choices: dict[str, Choice], io_type: str, broadcasts: bool) -> Plan:
    """Lower a network. `broadcasts`: whether the back end copies the smaller input of a streamed merge."""
    graph = _Graph(network, choices)
    _drop_transposes(graph, io_type == "io_parallel")
    _fuse_batch_norms(graph)
    _drop_linear(graph)
    _fuse_batch_norms(graph)
    if io_type == "io_stream":
        _repack(graph)
        _clone(graph)
        _pad(graph)
        if broadcasts:
            _broadcast(graph)
    _merge_thresholds(graph)
    if io_type == "io_parallel":
        _drop_final_reshape(graph)
    _drop_softmax(graph)
    return graph.finished()


class _Graph:
    """The layers while passes work on them: ordered, each reading others by name."""

    def __init__(self, network: Network, choices: dict[str, Choice]) -> None:
        self.choices = choices
        self.nodes: dict[str, Node] = {}
        self.renamed: dict[str, str] = {}
        for name in network.order:
            inputs, shape = network.input_shapes(name), network.shapes[name]
            if inputs is not None and shape is not None:
                for node in _nodes_of(network[name], choices[name], inputs, shape, self.renamed):
                    self.nodes[node.name] = replace(node, copies=copied_layer(network, name))
                self.renamed[name] = next(reversed(self.nodes))
        self.outputs = [self.renamed[name] for name in network.outputs if name in self.renamed]

    def each(self) -> Iterator[Node]:
        """Every layer as it is when its turn comes; layers that are taken out meanwhile are passed over."""
        for name in list(self.nodes):
            if name in self.nodes:
                yield self.nodes[name]

    def parent(self, node: Node) -> Node | None:
        """The layer behind the first input."""
        return self.nodes.get(node.inputs[0]) if node.inputs else None

    def readers(self, name: str) -> list[Node]:
        """Layers that read a layer, once for each port."""
        return [node for node in self.nodes.values() for source in node.inputs if source == name]

    def result_type(self, node: Node) -> FixedType | None:
        """The type chosen for a layer's result; None where the converter works it out."""
        if node.half in (UNSCALED, AXES):
            return None
        if node.copies:
            return self.choices[node.copies].type("result")
        role = "depthwise_result" if node.half == DEPTHWISE else "result"
        return self.choices[node.layer.name].type(role)

    def remove(self, node: Node, into: Node) -> None:
        """Take a layer out; its readers read `into`, which is remembered as built from both."""
        del self.nodes[node.name]
        self.rewire(node.name, into.name)
        merged = replace(self.nodes[into.name], sources=(*into.sources, *node.sources), note="merged")
        self.nodes[into.name] = merged

    def rewire(self, old: str, new: str) -> None:
        """Make everything that reads `old`, the outputs included, read `new`."""
        for name, node in self.nodes.items():
            if old in node.inputs:
                self.nodes[name] = replace(node, inputs=tuple(new if each == old else each for each in node.inputs))
        self.outputs = [new if each == old else each for each in self.outputs]

    def replace(self, name: str, new: Node) -> None:
        """Put another layer, of another name, in a layer's place."""
        self.nodes = dict((new.name, new) if each == name else (each, node) for each, node in self.nodes.items())
        self.rewire(name, new.name)

    def insert(self, node: Node, behind: str, readers: tuple[str, ...]) -> None:
        """Put a layer in right behind another; the named readers of that one read it instead."""
        for name in readers:
            inputs = tuple(node.name if each == behind else each for each in self.nodes[name].inputs)
            self.nodes[name] = replace(self.nodes[name], inputs=inputs)
        items = list(self.nodes.items())
        place = list(self.nodes).index(behind) + 1
        self.nodes = dict([*items[:place], (node.name, node), *items[place:]])

    def finished(self) -> Plan:
        """The plan, with the layers that each of the user's layers became."""
        by_source: dict[str, tuple[Node, ...]] = {}
        for node in self.nodes.values():
            for source in node.sources:
                by_source[source] = (*by_source.get(source, ()), node)
        readers = {name: self._readers_past_flattening(name) for name in self.nodes}
        return Plan(tuple(self.nodes.values()), tuple(self.outputs), by_source, readers)

    def _readers_past_flattening(self, name: str) -> int:
        readers = self.readers(name)
        past = sum(self._readers_past_flattening(reader.name) for reader in readers if reader.kind == "Reshape")
        return past + sum(reader.kind != "Reshape" for reader in readers)


def _nodes_of(
    layer: Layer, choice: Choice, inputs: tuple[Shape, ...], shape: Shape, renamed: dict[str, str]
) -> list[Node]:
    """The built layers of one layer before any pass: mostly one."""
    sources = tuple(renamed.get(name, name) for name in layer.inputs)
    node = Node(layer.name, class_name(layer, inputs), layer, sources, inputs, shape, (layer.name,))
    match layer.op:
        case SeparableConv1D() | SeparableConv2D():
            middle = (*shape[:-1], inputs[0][-1] * layer.op.depth_multiplier)
            axes = f"Conv{layer.op.AXES}D"
            first = f"{layer.name}_{DEPTHWISE}"
            depthwise = replace(node, name=first, kind=f"Depthwise{axes}", shape=middle, note="split", half=DEPTHWISE)
            return [depthwise, _behind(depthwise, f"{layer.name}_{POINTWISE}", f"Pointwise{axes}", shape, POINTWISE)]
        case GlobalPool(keepdims=True):
            pooled = replace(node, shape=shape[-1:])
            return [pooled, replace(_behind(pooled, f"{layer.name}_axes", "Reshape", shape, AXES), note="inserted")]
        case _ if _has_scale(layer, choice):
            unscaled = replace(node, half=UNSCALED)
            scale = _behind(unscaled, f"{layer.name}_alpha", "ApplyAlpha", shape, SCALE)
            return [unscaled, replace(scale, note="inserted")]
        case _:
            return [node]


def copied_layer(network: Network, name: str) -> str:
    """The first layer upstream that computes, for layers that only move values; '' for all others."""
    if not isinstance(network[name].op, _COPY_TYPES):
        return ""
    while name in network and isinstance(network[name].op, _COPY_TYPES):
        name = network[name].inputs[0]
    return name if name in network else ""


def _behind(node: Node, name: str, kind: str, shape: Shape, half: str) -> Node:
    """A second layer built from the same layer of the user's, reading the first."""
    return replace(node, name=name, kind=kind, inputs=(node.name,), input_shapes=(node.shape,), shape=shape, half=half)


def _has_scale(layer: Layer, choice: Choice) -> bool:
    """Whether the weights' quantiser yields whole steps times a scale, which is built as a layer of its own."""
    quantizer = layer.quantizer("kernel")
    return quantizer is not None and quantizer.alpha not in ("", 1) and choice.quantised("weight")


_MULTIPLIES = ("Dense", "Conv1D", "Conv2D", "PointwiseConv1D", "PointwiseConv2D", "DepthwiseConv1D", "DepthwiseConv2D")
_NORMS = ("BatchNormalization", "ApplyAlpha")
_ACTIVATIONS = ("Activation", "HardActivation", "TernaryTanh", "ParametrizedActivation", "PReLU", "Softmax")
_SAFE_BEFORE_LINEAR = (*_MULTIPLIES, *_NORMS, *_ACTIVATIONS)


def _drop_transposes(graph: _Graph, parallel: bool) -> None:
    """`remove_nop_transpose`, `remove_single_channel_transpose` and `remove_transpose_before_flatten`."""
    for node in graph.each():
        parent = graph.parent(node)
        if node.kind != "Transpose" or parent is None:
            continue
        single = parent.kind == "Input" and node.input_shapes[0][0] == 1
        if len(node.shape) == 1 or (parallel and (single or _flattens_into_dense(graph, node))):
            graph.remove(node, parent)


def _flattens_into_dense(graph: _Graph, node: Node) -> bool:
    """Whether a flattening reads a layer whose only reader is a dense one: its weights are reordered instead."""
    flat = [reader for reader in graph.readers(node.name) if reader.kind == "Reshape" and len(reader.shape) == 1]
    return any([reader.kind for reader in graph.readers(each.name)] == ["Dense"] for each in flat)


def _fuse_batch_norms(graph: _Graph) -> None:
    """`fuse_batch_normalization` and `fuse_consecutive_batch_normalization`."""
    for node in graph.each():
        parent = graph.parent(node)
        if node.kind not in _NORMS or parent is None or len(graph.readers(parent.name)) > 1:
            continue
        if graph.result_type(parent) is not None:
            continue
        if parent.kind in _MULTIPLIES and _may_rescale(parent, graph.choices[parent.layer.name]):
            graph.remove(node, parent)
            fused = graph.nodes[parent.name]
            graph.nodes[parent.name] = replace(fused, merged=(*fused.merged, node.layer))
        elif parent.kind in _NORMS:
            _fuse_into_second(graph, parent, node)


def _may_rescale(node: Node, choice: Choice) -> bool:
    """Weights with a quantiser of their own keep their values, and a batch normalisation behind them stays."""
    role = POINTWISE if node.half == POINTWISE else "weight"
    return node.forgets_quantisers or not (choice.quantised(role) or choice.quantised("bias"))


def _fuse_into_second(graph: _Graph, first: Node, second: Node) -> None:
    del graph.nodes[first.name]
    graph.nodes[second.name] = replace(
        second, inputs=first.inputs, sources=(*first.sources, *second.sources), note="merged", merged=(first.layer,)
    )


def _drop_linear(graph: _Graph) -> None:
    """`eliminate_linear_activation` and `merge_linear_activation`."""
    for node in graph.each():
        parent = graph.parent(node)
        if parent is None or node.kind != "Activation" or getattr(node.layer.op, "function", "") != "linear":
            continue
        before, after = graph.result_type(parent), graph.result_type(node)
        if before == after or (before is None and parent.kind in _SAFE_BEFORE_LINEAR):
            graph.remove(node, parent)


def _repack(graph: _Graph) -> None:
    """`reshape_stream`: a reshape that does not flatten, or ends the network, moves the values for real."""
    for node in graph.each():
        if node.kind == "Reshape" and (len(node.shape) > 1 or node.name in graph.outputs):
            graph.replace(node.name, replace(node, name=f"repack_{node.name}", kind="Repack", note="replaced"))


def _clone(graph: _Graph) -> None:
    """`clone_output`: a stream can be read once, so each further reader gets a copy."""
    for node in graph.each():
        name = node.name
        if len(graph.readers(name)) + graph.outputs.count(name) > 1:
            clone = replace(_behind(node, f"clone_{name}", "Clone", node.shape, ""), note="inserted", merged=())
            graph.insert(clone, name, tuple(reader.name for reader in graph.readers(name)))


def _pad(graph: _Graph) -> None:
    """`insert_zero_padding_before_conv`: streamed convolutions take their zeros from a layer of its own."""
    for node in graph.each():
        padded, parent = padded_shape(node), graph.parent(node)
        if padded is None or parent is None:
            continue
        axes = len(padded) - 1
        zeros = _behind(parent, f"zp{axes}d_{node.name}", f"ZeroPadding{axes}D", padded, "")
        zeros = replace(zeros, layer=node.layer, sources=node.sources, note="inserted", merged=())
        graph.insert(zeros, parent.name, (node.name,))
        graph.nodes[node.name] = replace(graph.nodes[node.name], input_shapes=(padded,))


def padded_shape(node: Node) -> Shape | None:
    """Shape of a convolution's input with the zeros around it; None where it takes no zeros."""
    op = node.layer.op
    if "Conv" not in node.kind or not isinstance(op, _WINDOWED) or node.half == POINTWISE or op.padding != "same":
        return None
    *pixels, channels = node.input_shapes[0]
    zeros = [sum(same_padding(n, k, s)) for n, k, s in zip(pixels, op.kernel, op.strides, strict=True)]
    return (*(n + z for n, z in zip(pixels, zeros, strict=True)), channels) if any(zeros) else None


def _broadcast(graph: _Graph) -> None:
    """`broadcast_stream`: the smaller input of a merge is repeated."""
    for node in graph.each():
        if node.kind != "Merge" or len(set(node.input_shapes)) == 1:
            continue
        sizes = [prod(shape) for shape in node.input_shapes]
        source = graph.nodes[node.inputs[1 if sizes[0] > sizes[1] else 0]]
        repeat = _behind(source, f"broadcast_{source.name}", "Broadcast", node.shape, "")
        repeat = replace(repeat, sources=node.sources, note="inserted", merged=())
        graph.insert(repeat, source.name, (node.name,))


def _merge_thresholds(graph: _Graph) -> None:
    """`merge_batch_norm_quantized_tanh`: scale, shift and a binary or ternary step become thresholds."""
    for node in graph.each():
        parent = graph.parent(node)
        if step_levels(node.layer) and parent is not None and parent.kind in _NORMS:
            kind, sources = "BatchNormalizationQuantizedTanh", (*parent.sources, *node.sources)
            new = replace(
                node, name=f"bnbt_{parent.name}", kind=kind, inputs=parent.inputs, sources=sources, note="merged"
            )
            del graph.nodes[parent.name]
            graph.replace(node.name, new)


def _drop_final_reshape(graph: _Graph) -> None:
    for node in graph.each():
        parent = graph.parent(node)
        if node.kind == "Reshape" and not graph.readers(node.name) and parent is not None:
            graph.remove(node, parent)


def _drop_softmax(graph: _Graph) -> None:
    for node in graph.each():
        parent = graph.parent(node)
        if node.kind == "Softmax" and graph.choices[node.layer.name].skips_softmax and parent is not None:
            graph.remove(node, parent)
