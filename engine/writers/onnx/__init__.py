"""QONNX files of designs: what the hardware computes, operation by operation."""

from engine.writers.onnx.streamlined import finn_model_of
from engine.writers.onnx.write import WrittenModel, qonnx_of

__all__ = ["WrittenModel", "finn_model_of", "qonnx_of"]
