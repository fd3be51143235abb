"""Runs QONNX models on qonnx's own executor: `python -m tests.engine.readers.qonnx_worker FOLDER [together]`.

For each `X.onnx` in the folder, `X.in.npy` (samples first) gives `X.out.npy`; `together`: as one batch.
"""

import sys
import warnings
from pathlib import Path

import numpy as np
import onnx
from qonnx.core.modelwrapper import ModelWrapper
from qonnx.core.onnx_exec import execute_onnx
from qonnx.util.cleanup import cleanup_model


def execute(path, samples, together):
    """What the first output is for each sample."""
    proto = onnx.load(path)
    if together:
        for info in (*proto.graph.input, *proto.graph.output):
            info.type.tensor_type.shape.dim[0].dim_value = len(samples)
    known = {tensor.name for tensor in proto.graph.initializer}
    inputs = [info for info in proto.graph.input if info.name not in known]
    del proto.graph.input[:]
    proto.graph.input.extend(inputs)
    model = cleanup_model(ModelWrapper(proto))
    enters, leaves = model.graph.input[0].name, model.graph.output[0].name
    if together:
        return execute_onnx(model, {enters: samples})[leaves]
    return np.array([execute_onnx(model, {enters: sample[None]})[leaves][0] for sample in samples])


def main(folder, together=""):
    """Run all models of a folder."""
    warnings.simplefilter("ignore")
    for path in sorted(folder.glob("*.onnx")):
        samples = np.load(path.with_suffix(".in.npy")).astype(np.float32)
        np.save(path.with_suffix(".out.npy"), execute(path, samples, together))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
