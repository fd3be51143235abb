"""QONNX files of designs: what the hardware computes, operation by operation."""

from engine.writers.onnx.write import WrittenModel, qonnx_of

__all__ = ["WrittenModel", "qonnx_of"]
