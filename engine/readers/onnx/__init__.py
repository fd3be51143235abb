"""Networks from ONNX and QONNX files: those that Brevitas, QKeras, PyTorch and Keras export."""
