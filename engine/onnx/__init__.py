"""ONNX files as values: their protobuf read and written without the `onnx` package, and without running anything."""

from engine.onnx.model import Graph, Model, Node, ValueInfo
from engine.onnx.tensors import Tensor
from engine.onnx.wire import WireError

__all__ = ["Graph", "Model", "Node", "Tensor", "ValueInfo", "WireError"]
