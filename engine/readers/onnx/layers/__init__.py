"""What each operation of ONNX becomes, one family a file. Importing this package fills the registry."""

from engine.readers.onnx.layers import activation, conv, linear, merging, moving, pooling, quant, recurrent
from engine.readers.onnx.layers.registry import find_reader, unsupported

_FAMILIES = (activation, conv, linear, merging, moving, pooling, quant, recurrent)  # fill the registry

__all__ = ["find_reader", "unsupported"]
