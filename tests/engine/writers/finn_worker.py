"""Takes files to FINN's compiler as far as qonnx itself goes: `python -m tests.engine.writers.finn_worker FOLDER`.

For each `X.onnx`, `X.in.npy` (samples first) gives `X.out.npy`, after the steps with which FINN prepares a graph; what
its conversion to hardware demands and the graph has not is written into `X.json`, as a list of sentences. The demands
are those of FINN's `transformation/qonnx` and `fpgadataflow/convert_to_hw_layers.py` (2026-04).
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import onnx
from qonnx.core.datatype import DataType
from qonnx.core.modelwrapper import ModelWrapper
from qonnx.core.onnx_exec import execute_onnx
from qonnx.custom_op.registry import getCustomOp
from qonnx.transformation.fold_constants import FoldConstants
from qonnx.transformation.gemm_to_matmul import GemmToMatMul
from qonnx.transformation.general import GiveReadableTensorNames, GiveUniqueNodeNames
from qonnx.transformation.infer_data_layouts import InferDataLayouts
from qonnx.transformation.infer_datatypes import InferDataTypes
from qonnx.transformation.infer_shapes import InferShapes
from qonnx.transformation.lower_convs_to_matmul import LowerConvsToMatMul
from qonnx.transformation.quant_constant_folding import FoldTransposeIntoQuantInit

_STEPS = (
    InferShapes,
    FoldConstants,
    GiveUniqueNodeNames,
    GiveReadableTensorNames,
    GemmToMatMul,
    FoldTransposeIntoQuantInit,
    InferDataTypes,
    InferDataLayouts,
)
_TAKEN_OVER = ("Quant", "BipolarQuant", "Trunc", "Gemm", "BatchNormalization", "Relu", "Softmax", "Sigmoid", "Tanh")
"""Operations that FINN has no hardware for: its streamlining must have removed them."""
_MOST_BITS = 8


def demands(model):
    """What FINN demands of a streamlined graph and this one has not."""
    for value in (*model.graph.input, *model.graph.output):
        if any(extent <= 0 for extent in model.get_tensor_shape(value.name)):
            yield f"{value.name} has an open extent"
        if model.get_tensor_shape(value.name)[0] != 1:
            yield f"{value.name} has a batch"
    for value in model.graph.input:
        if not model.get_tensor_datatype(value.name).is_integer():
            yield f"input {value.name} is not annotated as whole numbers"
    for node in model.graph.node:
        if node.op_type in _TAKEN_OVER:
            yield f"{node.name} is a {node.op_type}"
        elif node.op_type in ("MatMul", "Conv"):
            yield from of_matrix(model, node)
        elif node.op_type == "MultiThreshold":
            yield from of_thresholds(model, node)
        elif node.op_type in ("MaxPool", "GlobalAveragePool") and not whole(model, node.input[0]):
            yield f"{node.name} pools no whole numbers"


def whole(model, name):
    """Whether a value is of an integer type, or a mean times its count: FINN's unit for means sums up."""
    if model.get_tensor_datatype(name).is_integer():
        return True
    maker = model.find_producer(name)
    return (
        maker is not None and maker.op_type in ("Mul", "Reshape", "GlobalAveragePool") and whole(model, maker.input[0])
    )


def of_matrix(model, node):
    """InferQuantizedMatrixVectorActivation and its depthwise sister: whole inputs and static whole weights."""
    weights = model.get_initializer(node.input[1])
    if weights is None:
        yield f"{node.name} has no static weights"
    elif not whole(model, node.input[0]) or not whole(model, node.input[1]):
        yield f"{node.name} multiplies no whole numbers"
    elif not np.vectorize(model.get_tensor_datatype(node.input[1]).allowed)(weights).all():
        yield f"{node.name} has weights beyond their type"
    if node.op_type == "Conv" and len(node.input) > 2:
        yield f"{node.name} has a bias"


def of_thresholds(model, node):
    """InferThresholdingLayer: whole, rising thresholds of one row or one a channel, scale 1 and a whole bias."""
    op, values = getCustomOp(node), model.get_initializer(node.input[1])
    kind = DataType[op.get_nodeattr("out_dtype")]
    channels = model.get_tensor_shape(node.output[0])[1]
    if values.shape[0] not in (1, channels):
        yield f"{node.name} has thresholds of {values.shape[0]} channels"
    if (np.diff(values, axis=1) < 0).any():
        yield f"{node.name} has falling thresholds"
    if not (values == np.rint(values)).all() or not whole(model, node.input[0]):
        yield f"{node.name} compares no whole numbers"
    if not kind.is_integer() or kind.bitwidth() > _MOST_BITS:
        yield f"{node.name} gives {kind.name}"
    bipolar = kind == DataType["BIPOLAR"]
    if op.get_nodeattr("out_scale") != (2.0 if bipolar else 1.0):
        yield f"{node.name} scales its results"
    bias, least = op.get_nodeattr("out_bias"), -1 if bipolar else kind.min()
    # A narrow type begins one above its least value.
    if bias - least not in (0, 1) or (bias < 0) != kind.signed():
        yield f"{node.name} has a bias of {bias}"
    if values.shape[1] != (1 if bipolar else kind.get_num_possible_values() - 1 - (bias - least)):
        yield f"{node.name} has {values.shape[1]} thresholds"


def main(folder):
    """Prepare, question and run all models of a folder."""
    warnings.simplefilter("ignore")
    for path in sorted(folder.glob("*.onnx")):
        model = ModelWrapper(onnx.load(path))
        for step in _STEPS:
            model = model.transform(step())
        path.with_suffix(".json").write_text(json.dumps(list(demands(model))))
        model = model.transform(LowerConvsToMatMul()).transform(InferShapes()).transform(InferDataTypes())
        enters, leaves = model.graph.input[0].name, model.graph.output[0].name
        samples = np.load(path.with_suffix(".in.npy")).astype(np.float32)
        found = [execute_onnx(model, {enters: sample[None]})[leaves][0] for sample in samples]
        np.save(path.with_suffix(".out.npy"), np.array(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
