"""Which formula judges which of hls4ml's classes."""

from collections.abc import Callable

from engine.flows.hls4ml.cost import activation, conv, dense, merge, norm, pooling, recurrent, shape
from engine.flows.hls4ml.cost.piece import Job, Piece

FAMILIES: dict[str, Callable[[Job], Piece]] = {
    "Input": shape.nothing,
    "Dense": dense.dense,
    **dict.fromkeys(("Conv1D", "Conv2D", "PointwiseConv1D", "PointwiseConv2D"), conv.conv),
    **dict.fromkeys(("DepthwiseConv1D", "DepthwiseConv2D"), conv.conv),
    **dict.fromkeys(("Activation", "HardActivation", "TernaryTanh"), activation.activation),
    **dict.fromkeys(("ParametrizedActivation", "PReLU"), activation.parametrised),
    "Softmax": activation.softmax,
    **dict.fromkeys(("Pooling1D", "Pooling2D"), pooling.pooling),
    **dict.fromkeys(("GlobalPooling1D", "GlobalPooling2D"), pooling.global_pooling),
    **dict.fromkeys(("BatchNormalization", "ApplyAlpha"), norm.norm),
    "BatchNormalizationQuantizedTanh": norm.thresholds,
    "Merge": merge.merge,
    "Dot": merge.dot,
    "Concatenate": merge.concatenate,
    **dict.fromkeys(("LSTM", "GRU", "SimpleRNN"), recurrent.recurrent),
    "Reshape": shape.nothing,
    "Repack": shape.repack,
    "Clone": shape.clone,
    **dict.fromkeys(("ZeroPadding1D", "ZeroPadding2D"), shape.padding),
    **dict.fromkeys(("Resize", "Broadcast"), shape.repeat),
    "Transpose": shape.transpose,
}
