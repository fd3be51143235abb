"""The layer kinds, one family a file. Importing this package fills `engine.network.op.KINDS`."""

from engine.network.kinds.activation import Activation, ParametricActivation, Softmax
from engine.network.kinds.conv import (
    Conv1D,
    Conv2D,
    DepthwiseConv1D,
    DepthwiseConv2D,
    SeparableConv1D,
    SeparableConv2D,
)
from engine.network.kinds.dense import Dense
from engine.network.kinds.io import Input
from engine.network.kinds.merge import Concatenate, Merge
from engine.network.kinds.norm import BatchNorm
from engine.network.kinds.pooling import GlobalPool, Pool1D, Pool2D
from engine.network.kinds.recurrent import GRU, LSTM, SimpleRNN
from engine.network.kinds.reshape import Flatten, Pad1D, Pad2D, Permute, Reshape, UpSample1D, UpSample2D

__all__ = [
    "GRU",
    "LSTM",
    "Activation",
    "BatchNorm",
    "Concatenate",
    "Conv1D",
    "Conv2D",
    "Dense",
    "DepthwiseConv1D",
    "DepthwiseConv2D",
    "Flatten",
    "GlobalPool",
    "Input",
    "Merge",
    "Pad1D",
    "Pad2D",
    "ParametricActivation",
    "Permute",
    "Pool1D",
    "Pool2D",
    "Reshape",
    "SeparableConv1D",
    "SeparableConv2D",
    "SimpleRNN",
    "Softmax",
    "UpSample1D",
    "UpSample2D",
]
