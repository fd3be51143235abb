"""Small ONNX and QONNX models for tests, as Brevitas, PyTorch, Keras and QKeras write them."""

import numpy as np

from engine.onnx import Graph, Model, Node, Tensor, ValueInfo
from engine.onnx.model import written

QONNX = "qonnx.custom_op.general"
RANDOM = np.random.default_rng(5)


class Sketch:
    """A graph that is written down operation by operation; values go by their names."""

    def __init__(self, *shape):
        self.shape = shape
        self.nodes, self.tensors = [], []

    def const(self, *values, dtype=np.float32):
        """A constant."""
        array = np.asarray(values[0] if len(values) == 1 else values, dtype)
        self.tensors.append(Tensor(f"const{len(self.tensors)}", array))
        return self.tensors[-1].name

    def whole(self, *values):
        """A list of whole numbers."""
        return self.const(np.array(values), dtype=np.int64)

    def random(self, *shape, spread=0.5):
        """Weights."""
        return self.const(RANDOM.normal(0, spread, shape))

    def op(self, op_type, *inputs, domain="", outputs=1, **attributes):
        """An operation; returns what it yields."""
        name = f"{op_type}_{len(self.nodes)}"
        out = tuple(f"{name}_{index}" for index in range(outputs))
        self.nodes.append(Node(op_type, tuple(inputs), out, name, domain, attributes))
        return out[0]

    def quant(self, value, scale, bits, signed=1, narrow=0, zero=0.0, mode="ROUND", op_type="Quant"):
        """QONNX's quantiser; `scale` may be an array."""
        inputs = (self.const(scale), self.const(zero), self.const(float(bits)))
        return self.op(op_type, value, *inputs, domain=QONNX, signed=signed, narrow=narrow, rounding_mode=mode)

    def norm(self, value, channels):
        """Batch normalisation."""
        scale, shift, mean = (self.random(channels) for _ in range(3))
        variance = self.const(RANDOM.uniform(0.5, 2, channels))
        return self.op("BatchNormalization", value, scale, shift, mean, variance, epsilon=1e-5)

    def file(self, *outputs, opset=13):
        """The bytes of the model."""
        infos = tuple(ValueInfo(name, None) for name in outputs)
        graph = Graph(tuple(self.nodes), (ValueInfo("x", (1, *self.shape)),), infos, tuple(self.tensors))
        return written(Model(graph, {"": opset, QONNX: 1}, "tests"), ir_version=8)


def classifier(sketch, value, features, classes=3):
    """A dense layer as PyTorch writes it."""
    return sketch.op("Gemm", value, sketch.random(classes, features), sketch.random(classes), transB=1)


def picture_network():
    """A float CNN, channels first, flattened from a picture with several channels and pixels."""
    s = Sketch(2, 8, 6)
    x = s.op("Conv", "x", s.random(4, 2, 3, 3), s.random(4), kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    x = s.op("MaxPool", s.op("Relu", s.norm(x, 4)), kernel_shape=[2, 2], strides=[2, 2])
    x = s.op("Conv", x, s.random(4, 1, 3, 3), group=4, kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[2, 2])
    x = s.op("Relu", s.op("Flatten", s.op("LeakyRelu", x, alpha=0.125), axis=1))
    return s, s.op("Softmax", classifier(s, x, 16), axis=-1)


def quantised_network():
    """As Brevitas writes it: scales that are no powers of two, for weights one a channel, and quantised biases."""
    s = Sketch(2, 6, 6)
    x = s.quant("x", 0.037, 8, narrow=1)
    scales = RANDOM.uniform(0.01, 0.05, (4, 1, 1, 1))
    weights = s.quant(s.random(4, 2, 3, 3, spread=0.1), scales, 4, narrow=1)
    bias = s.quant(s.random(4), scales.ravel() * np.float32(0.037), 16)
    x = s.op("Conv", x, weights, bias, kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    x = s.quant(s.op("Relu", s.norm(x, 4)), 0.21, 4, signed=0)
    x = s.op("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2])
    weights = s.quant(s.random(4, 4, 1, 1, spread=0.2), 0.06, 3, narrow=1)
    x = s.quant(s.op("Conv", x, weights, kernel_shape=[1, 1]), 0.17, 5)
    x = s.op("Flatten", x, axis=1)
    weights = s.op("Transpose", s.quant(s.random(3, 36), 0.11, 3, narrow=1), perm=[1, 0])
    return s, s.op("MatMul", x, weights)


def keras_network():
    """As tf2onnx writes QKeras models: channels last around transpositions, powers of two, biases added apart."""
    s = Sketch(6, 5, 2)
    x = s.op("Transpose", s.quant("x", 0.125, 6), perm=[0, 3, 1, 2])
    x = s.op("Conv", x, s.quant(s.random(3, 2, 3, 3), 2.0**-4, 5), kernel_shape=[3, 3], auto_pad="SAME_UPPER")
    x = s.op("Add", x, s.quant(s.const(RANDOM.normal(0, 1, (1, 3, 1, 1))), 2.0**-4, 6))
    x = s.quant(s.op("Relu", x), 2.0**-3, 4, signed=0)
    x = s.op("Reshape", s.op("Transpose", x, perm=[0, 2, 3, 1]), s.whole(-1, 90))
    x = s.op("MatMul", x, s.quant(s.random(90, 4), 2.0**-3, 4, op_type="IntQuant"))
    return s, s.op("Softmax", s.op("Add", x, s.quant(s.random(4), 2.0**-3, 4)), axis=1)


def binary_network():
    """Signs as weights and activations."""
    s = Sketch(12)
    x = s.op("BipolarQuant", "x", s.const(0.5), domain=QONNX)
    x = s.op("MatMul", x, s.op("BipolarQuant", s.random(12, 8), s.const(0.3), domain=QONNX))
    x = s.op("BipolarQuant", s.norm(x, 8), s.const(1.0), domain=QONNX)
    return s, s.op("MatMul", x, s.quant(s.random(8, 3), 1.0, 1))


def branching_network():
    """Branches that meet in every way, constants in between."""
    s = Sketch(2, 4, 4)
    left = s.op("Conv", "x", s.random(3, 2, 1, 1), kernel_shape=[1, 1])
    right = s.op("Mul", s.op("Conv", "x", s.random(3, 2, 1, 1), kernel_shape=[1, 1]), s.const(0.7))
    both = s.op("Sub", s.op("Add", left, right), s.op("Mul", left, right))
    both = s.op("Max", both, s.op("Sub", s.const(1.5), left))
    joined = s.op("Concat", both, s.op("Neg", right), axis=1)
    halved = s.op("Div", joined, s.const(RANDOM.uniform(1, 2, (1, 6, 1, 1))))
    pooled = s.op("ReduceMean", halved, axes=[2, 3], keepdims=0)
    return s, classifier(s, s.op("Tanh", pooled), 6)


def sequence_network():
    """One axis: padding, pooling, repeating, averaging."""
    s = Sketch(2, 12)
    x = s.op("Pad", "x", s.whole(0, 0, 1, 0, 0, 2))
    x = s.op("Conv", x, s.random(4, 2, 3), s.random(4), kernel_shape=[3], dilations=[2])
    x = s.op("AveragePool", s.op("Sigmoid", x), kernel_shape=[2], strides=[2], pads=[1, 0], count_include_pad=1)
    x = s.op("Resize", x, "", s.const([1.0, 1.0, 2.0]), mode="nearest", coordinate_transformation_mode="asymmetric")
    x = s.op("GlobalMaxPool", s.op("MaxPool", s.op("Relu", x), kernel_shape=[3], pads=[1, 1]))
    return s, classifier(s, s.op("Squeeze", x, s.whole(2)), 4)


def shaped_network():
    """Shapes that are worked out in the graph, as older PyTorch writes `x.view(x.size(0), -1)`; channels first kept."""
    s = Sketch(3, 4, 2)
    x = s.op("Elu", s.op("Conv", "x", s.random(2, 3, 1, 1), kernel_shape=[1, 1]), alpha=0.5)
    size = s.op("Gather", s.op("Shape", x), s.const(0, dtype=np.int64), axis=0)
    target = s.op("Concat", s.op("Unsqueeze", size, s.whole(0)), s.whole(-1), axis=0)
    flat = s.op("Reshape", x, target)
    flat = s.op("Mul", flat, s.const(RANDOM.uniform(1, 2, (1, 16))))
    again = s.op("Reshape", s.op("PRelu", flat, s.random(16)), s.whole(1, 4, 4))
    return s, s.op("Reshape", s.op("MatMul", again, s.random(4, 2)), s.whole(0, -1))


def grids_network():
    """Rounding modes, zero points, and truncation."""
    s = Sketch(10)
    x = s.quant("x", 0.11, 6, zero=3.0)
    x = s.op("MatMul", x, s.quant(s.random(10, 6), 0.07, 4, zero=2.0))
    x = s.quant(x, 0.25, 7, signed=0, zero=30.0)
    x = s.op("MatMul", x, s.quant(s.random(6, 6), 0.125, 4, mode="CEIL"))
    return s, s.op("Add", x, s.const(RANDOM.normal(0, 1, 6)))


def recurrent_weights(s, kind, units, features):
    """Weights, recurrent weights and bias of one direction, gates in ONNX's order."""
    gates = {"LSTM": 4, "GRU": 3, "RNN": 1}[kind] * units
    return s.random(1, gates, features), s.random(1, gates, units), s.random(1, 2 * gates)


def recurrent_network():
    """As PyTorch writes an LSTM behind a GRU, samples first, of which the last step is picked."""
    s = Sketch(5, 3)
    zeros = s.const(np.zeros((1, 1, 4)))
    x = s.op("Transpose", "x", perm=[1, 0, 2])
    x = s.op("GRU", x, *recurrent_weights(s, "GRU", 4, 3), "", zeros, outputs=2, hidden_size=4, linear_before_reset=1)
    x = s.op("Squeeze", x, s.whole(1))
    x = s.op("LSTM", x, *recurrent_weights(s, "LSTM", 4, 4), "", zeros, zeros, outputs=3, hidden_size=4)
    x = s.op("Transpose", s.op("Squeeze", x, s.whole(1)), perm=[1, 0, 2])
    return s, classifier(s, s.op("Gather", x, s.const(-1, dtype=np.int64), axis=1), 4)


def states_network():
    """States of every step, a dense layer on each as TensorFlow writes it, and the last state of another layer."""
    s = Sketch(4, 2)
    x = s.op("Transpose", "x", perm=[1, 0, 2])
    x = s.op("RNN", x, *recurrent_weights(s, "RNN", 3, 2), outputs=2, hidden_size=3, activations=["Relu"])
    x = s.op("Transpose", s.op("Squeeze", x, s.whole(1)), perm=[1, 0, 2])
    x = s.op("MatMul", s.op("Reshape", x, s.whole(-1, 3)), s.random(3, 5))
    x = s.op("Transpose", s.op("Reshape", x, s.whole(1, 4, 5)), perm=[1, 0, 2])
    s.op("GRU", x, *recurrent_weights(s, "GRU", 3, 5), outputs=2, hidden_size=3)
    return s, s.op("Squeeze", f"{s.nodes[-1].name}_1", s.whole(0))


NETWORKS = {
    "picture": picture_network,
    "quantised": quantised_network,
    "keras": keras_network,
    "binary": binary_network,
    "branching": branching_network,
    "sequence": sequence_network,
    "shaped": shaped_network,
    "grids": grids_network,
    "recurrent": recurrent_network,
    "states": states_network,
}


def onnx_file(path, name="keras"):
    """Write one of the networks."""
    sketch, output = NETWORKS[name]()
    path.write_bytes(sketch.file(output))
    return path
