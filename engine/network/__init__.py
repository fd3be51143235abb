"""Networks as values: layers, graph, shapes, counts and edits."""

from engine.network import kinds as _kinds  # fills KINDS
from engine.network.errors import CycleError, LayerNameError, NetworkError, ShapeError, WiringError
from engine.network.layer import UNCONNECTED, Layer
from engine.network.network import Network
from engine.network.op import KINDS, Op, Param, Shape
from engine.network.tensors import MissingTensorError, TensorRef, TensorStore

__all__ = [
    "KINDS",
    "UNCONNECTED",
    "CycleError",
    "Layer",
    "LayerNameError",
    "MissingTensorError",
    "Network",
    "NetworkError",
    "Op",
    "Param",
    "Shape",
    "ShapeError",
    "TensorRef",
    "TensorStore",
    "WiringError",
]
assert _kinds
