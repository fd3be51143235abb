"""Built layers as values, and what each of the user's layers is built as before the converter's passes."""

from dataclasses import dataclass, replace

from engine.flows.hls4ml.choices import Choice
from engine.flows.hls4ml.class_names import class_name
from engine.flows.hls4ml.quantisers import quantised_activation
from engine.network import Layer, Network, Shape
from engine.network.kinds import (
    Dense,
    GlobalPool,
    Pad1D,
    Pad2D,
    Permute,
    SeparableConv1D,
    SeparableConv2D,
    UpSample1D,
    UpSample2D,
)

DEPTHWISE, POINTWISE = "depthwise", "pointwise"
UNSCALED, SCALE = "unscaled", "scale"
AXES = "axes"
THRESHOLD = "threshold"
REPACKED = "repacked"


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
    """The user's layers that it stands for."""
    note: str = "yours"
    half: str = ""
    """Which part of a layer that is built in two: 'depthwise' and 'pointwise' of a separable convolution,
    'unscaled' and 'scale' of one whose weights' quantiser has a scale, 'axes' behind a global pooling, 'threshold' in
    front of a ternary step, 'repacked': the copy of a stream whose words were regrouped."""
    merged: tuple[Layer, ...] = ()
    """Batch normalisations whose scale and shift are in this layer's weights."""
    copies: str = ""
    """Of layers that only move values: the user's layer whose chosen result type they take over, even where that
    layer is merged and its type lost."""

    @property
    def forgets_quantisers(self) -> bool:
        """hls4ml turns a dense layer over pixels or steps into a 1×1 convolution and drops its quantisers."""
        return isinstance(self.layer.op, Dense) and len(self.shape) > 1

    def behind(self, name: str, kind: str, shape: Shape, half: str = "") -> "Node":
        """A second layer that reads this one and is built from the same layer of the user's."""
        return Node(name, kind, self.layer, (self.name,), (self.shape,), shape, self.sources, "inserted", half)


@dataclass(frozen=True, slots=True)
class Plan:
    """The built layers, each behind its inputs."""

    nodes: tuple[Node, ...]
    by_source: dict[str, tuple[Node, ...]]
    """Built layers in which each of the user's layers ends up."""
    readers: dict[str, int]
    """How many FIFOs carry each layer's stream: one for each reader of it, also past a flattening."""
    outputs: tuple[str, ...]
    """Built layers whose results leave the design."""
    chain: tuple[str, ...]
    """All names in order where each layer reads the one before it and nothing else; else none."""


def nodes_of(
    layer: Layer, name: str, choice: Choice, sources: tuple[str, ...], inputs: tuple[Shape, ...], shape: Shape
) -> list[Node]:
    """The built layers of one layer before any pass: mostly one. `name` is its C++ identifier."""
    node = Node(name, class_name(layer, inputs), layer, sources, inputs, shape, (layer.name,))
    match layer.op:
        case SeparableConv1D() | SeparableConv2D():
            axes, middle = f"Conv{layer.op.AXES}D", (*shape[:-1], inputs[0][-1] * layer.op.depth_multiplier)
            first = replace(
                node, name=f"{name}_depthwise", kind=f"Depthwise{axes}", shape=middle, note="split", half=DEPTHWISE
            )
            second = first.behind(f"{name}_pointwise", f"Pointwise{axes}", shape, POINTWISE)
            return [first, replace(second, note="split")]
        case GlobalPool(keepdims=True):
            pooled = replace(node, shape=shape[-1:])
            return [pooled, pooled.behind(f"{name}_axes", "Reshape", shape, AXES)]
        case _ if moved_threshold(layer) is not None:
            scale = replace(
                node, name=f"{name}_scale", kind="ApplyAlpha", shape=inputs[0], note="inserted", half=THRESHOLD
            )
            return [scale, replace(node, inputs=(scale.name,))]
        case _ if _has_scale(layer, choice):
            unscaled = replace(node, half=UNSCALED)
            return [unscaled, unscaled.behind(f"{name}_alpha", "ApplyAlpha", shape, SCALE)]
        case _:
            return [node]


def moved_threshold(layer: Layer) -> float | None:
    """The threshold of a ternary step that hls4ml moves to 0.5 with a scale of its own in front; None: it stays."""
    words = quantised_activation(layer) or {}
    return words["threshold"] if words.get("threshold", 0.5) != 0.5 else None


def _has_scale(layer: Layer, choice: Choice) -> bool:
    """Whether the weights' quantiser yields whole steps times a scale, which is built as a layer of its own."""
    quantizer = layer.quantizer("kernel")
    return quantizer is not None and quantizer.alpha not in ("", 1) and choice.quantised("weight")


_MOVES_VALUES = (Permute, Pad1D, Pad2D, UpSample1D, UpSample2D)


def copied_layer(network: Network, name: str) -> str:
    """The first layer upstream that computes, for layers that only move values; '' for all others."""
    if not isinstance(network[name].op, _MOVES_VALUES):
        return ""
    while name in network and isinstance(network[name].op, _MOVES_VALUES):
        name = network[name].inputs[0]
    return name if name in network else ""
