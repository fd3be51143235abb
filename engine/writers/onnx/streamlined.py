"""A design in whole numbers as FINN's compiler takes it: integer weights, thresholds, types of every value.

It is the form that FINN itself makes of a QONNX file (its dialect, with qonnx's MultiThreshold), already streamlined:
no quantiser, scale or batch norm is left that it could refuse. Inputs are whole numbers too.
"""

from dataclasses import replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.design import Design
from engine.flows.finn.streamline.grid import Grid, NotWholeError
from engine.flows.finn.streamline.model import Parts, Stream, Streamlined
from engine.flows.finn.streamline.thresholds import Thresholds
from engine.network import Layer, MissingTensorError, TensorStore, kinds
from engine.network.kinds.windows import same_padding
from engine.onnx import Graph, Model, ValueInfo
from engine.onnx.model import written
from engine.onnx.tensors import Tensor
from engine.writers.onnx.registry import NotWrittenError
from engine.writers.onnx.sketch import QONNX, Sketch, Value
from engine.writers.onnx.write import WrittenModel

Array = NDArray[Any]
_OPSET, _IR_VERSION = 13, 8
_PRODUCER = "Codesign Studio"
_CONVS = kinds.Conv1D | kinds.Conv2D | kinds.DepthwiseConv1D | kinds.DepthwiseConv2D
_SEPARABLE = kinds.SeparableConv1D | kinds.SeparableConv2D


def finn_model_of(design: Design, tensors: TensorStore) -> WrittenModel:
    """The file that FINN's compiler takes. Raises NotWrittenError, which says the layer and what would do."""
    try:
        return _Writer(design, Streamlined(design, tensors)).model()
    except NotWholeError as error:
        raise NotWrittenError(str(error)) from error
    except MissingTensorError as error:
        raise NotWrittenError(f"{error.args[0].rstrip('.')}. Train the design, or open one with weights.") from error


class _Writer:
    """Writes one layer after the other; pictures have their channels in front."""

    def __init__(self, design: Design, model: Streamlined) -> None:
        self._design, self._model, self._network = design, model, design.network
        self._sketch = Sketch()
        self._values: dict[str, Value] = {}
        self._datatypes: dict[str, str] = {}
        self._matrices: dict[str, int] = {}
        """Value → place of the weights that make it, where nothing stands between."""

    def model(self) -> WrittenModel:
        """All of it."""
        for name in self._network.order:
            self._sketch.stage = name
            self._values[name] = self._layer(self._network[name])
        ends = [self._last(name) for name in self._network.outputs]
        graph = Graph(
            tuple(self._sketch.nodes),
            tuple(ValueInfo(name, self._values[name].onnx_shape) for name in self._network.inputs),
            tuple(ValueInfo(value.name, value.onnx_shape) for value in ends),
            tuple(self._sketch.tensors),
            self._design.name,
            self._datatypes,
        )
        notes = tuple(self._sketch.notes)
        return WrittenModel(
            written(Model(graph, {"": _OPSET, QONNX: 1}, _PRODUCER, "\n".join(notes)), _IR_VERSION), notes
        )

    def _layer(self, layer: Layer) -> Value:
        before = [self._values[name] for name in layer.inputs]
        match layer.op:
            case kinds.Input():
                return self._input(layer)
            case kinds.Dense() | kinds.Conv1D() | kinds.Conv2D() | kinds.DepthwiseConv1D() | kinds.DepthwiseConv2D():
                return self._product(layer, before[0])
            case kinds.Activation() | kinds.ParametricActivation():
                return self._activation(layer, before[0])
            case kinds.BatchNorm() | kinds.Softmax():
                return before[0]
            case kinds.Merge() | kinds.Concatenate():
                return self._joined(layer, before)
            case kinds.Pool1D() | kinds.Pool2D() | kinds.GlobalPool():
                return self._pooled(layer, before[0])
            case kinds.Flatten() | kinds.Reshape():
                return self._sketch.reshaped(before[0], self._network.shapes[layer.name] or ())
        remedy = "Write it as a depthwise and a 1×1 convolution." if isinstance(layer.op, _SEPARABLE) else ""
        raise NotWrittenError(f"'{layer.name}': {layer.op.LABEL} is not written for FINN. {remedy}".rstrip())

    def _input(self, layer: Layer) -> Value:
        shape = self._network.shapes[layer.name] or ()
        grid = self._model.streams[layer.name].grid
        if grid.step != 1:
            self._sketch.note(f"takes whole numbers, samples times {1 / grid.step:g}")
        return self._typed(Value(layer.name, shape, 0, grid.low, grid.high, len(shape) > 1), grid)

    def _product(self, layer: Layer, before: Value) -> Value:
        parts, shape = self._model.parts[layer.name], self._network.shapes[layer.name] or ()
        self._unshifted(layer, parts)
        if isinstance(layer.op, _CONVS):
            value = self._convolved(layer, layer.op, before, parts.kernels[0], shape)
        else:
            last = self._sketch.turned(before, first=False)
            kernel = self._weights(parts.kernels[0])
            value = Value(self._sketch.node("MatMul", [last.name, kernel]), shape, 0)
        self._matrices[value.name] = len(self._sketch.tensors) - 1
        return self._typed(value, self._model.streams[layer.name].grid)

    def _convolved(self, layer: Layer, op: Any, before: Value, kernel: Array, shape: tuple[int, ...]) -> Value:
        each = isinstance(op, kinds.DepthwiseConv1D | kinds.DepthwiseConv2D)
        first = self._sketch.turned(before, first=True)
        axes = zip(before.shape[:-1], op.kernel, op.strides, op.dilation, strict=True)
        pads = [same_padding(n, d * (k - 1) + 1, s) if op.padding == "same" else (0, 0) for n, k, s, d in axes]
        moved = np.moveaxis(kernel, (-1, -2), (1, 0) if each else (0, 1))
        attributes: dict[str, Any] = {
            "kernel_shape": list(op.kernel),
            "strides": list(op.strides),
            "dilations": list(op.dilation),
            "pads": [pair[0] for pair in pads] + [pair[1] for pair in pads],
            "group": before.shape[-1] if each else 1,
        }
        return Value(self._sketch.node("Conv", [first.name, self._weights(moved)], **attributes), shape, 0, first=True)

    def _weights(self, counts: Array) -> str:
        """Whole weights with their type."""
        name = self._sketch.constant(counts.astype(np.float64), "weights")
        self._datatypes[name] = _of_weights(counts)
        return name

    def _activation(self, layer: Layer, before: Value) -> Value:
        found = self._model.parts.get(layer.name, Parts()).thresholds
        if found is None:
            return before
        if (found.signs < 0).any():
            self._turn(layer, before, found.signs)
        rows = found.values.T if len(np.unique(found.values, axis=1).T) > 1 else found.values[:, :1].T
        name = self._sketch.constant(rows, "thresholds")
        limits = int(np.abs(rows).max(initial=1)).bit_length() + 1
        self._datatypes[name] = f"INT{limits}"
        first = self._sketch.turned(before, first=True)
        step = _multi_threshold(self._sketch, first, name, found)
        value = self._typed(replace(first, name=step), found.grid)
        self._datatypes[step] = _of_results(found)
        return value

    def _turn(self, layer: Layer, before: Value, signs: Array) -> None:
        """Where results fall with the sum, the weights in front change their sign."""
        place = self._matrices.get(before.name)
        if place is None or not self._reads_alone(layer):
            raise NotWrittenError(f"'{layer.name}' falls with what it reads. Put it right behind a layer with weights.")
        weights = self._sketch.tensors[place]
        turned = weights.values * (signs.reshape(-1, *(1,) * (weights.values.ndim - 1)) if before.first else signs)
        self._sketch.tensors[place] = Tensor(weights.name, turned.astype(weights.values.dtype))
        self._datatypes[weights.name] = _of_weights(turned)
        most = max(abs(before.lowest), abs(before.highest))
        self._datatypes[before.name] = datatype(-most, most)

    def _reads_alone(self, layer: Layer) -> bool:
        """Whether nothing else reads what the weights in front make."""
        name = layer.inputs[0]
        while len(self._network.consumers[name]) == 1 and isinstance(self._network[name].op, kinds.BatchNorm):
            name = self._network[name].inputs[0]
        return len(self._network.consumers[name]) == 1

    def _joined(self, layer: Layer, before: list[Value]) -> Value:
        parts, first = self._model.parts[layer.name], any(value.first for value in before)
        self._unshifted(layer, parts)
        branches = []
        for value, factor in zip(before, parts.factors, strict=True):
            turned = self._sketch.turned(value, first).name
            scale = [turned, self._sketch.constant(factor, "factor")]
            branches.append(turned if factor == 1 else self._sketch.node("Mul", scale, "_finer"))
        shape = self._network.shapes[layer.name] or ()
        if isinstance(layer.op, kinds.Concatenate):
            name = self._sketch.node("Concat", branches, axis=1 if first or len(shape) == 1 else len(shape))
        else:
            name = branches[0]
            for other in branches[1:]:
                name = self._sketch.node("Add", [name, other])
        return self._typed(Value(name, shape, 0, first=first), self._model.streams[layer.name].grid)

    def _pooled(self, layer: Layer, before: Value) -> Value:
        op, shape = layer.op, self._network.shapes[layer.name] or ()
        self._unshifted(layer, self._model.parts[layer.name])
        first, grid = self._sketch.turned(before, first=True), self._model.streams[layer.name].grid
        if isinstance(op, kinds.GlobalPool) and op.mode == "average":
            mean = self._sketch.node("GlobalAveragePool", [first.name])
            count = self._sketch.constant(float(prod(before.shape[:-1])), "count")
            flat = self._sketch.constant(np.array((-1, *shape)), "shape")
            summed = self._sketch.node("Mul", [mean, count], "_sum")
            return self._typed(Value(self._sketch.node("Reshape", [summed, flat], "_shape"), shape, 0), grid)
        if not isinstance(op, kinds.Pool1D | kinds.Pool2D) or op.mode != "max" or op.padding != "valid":
            raise NotWrittenError(f"'{layer.name}': only max pools without padding, and global averages, are written.")
        name = self._sketch.node("MaxPool", [first.name], kernel_shape=list(op.pool), strides=list(op.strides))
        return self._typed(Value(name, shape, 0, first=True), grid)

    def _unshifted(self, layer: Layer, parts: Parts) -> None:
        if any(np.any(shift) for shift in parts.shifts):
            raise NotWrittenError(f"'{layer.name}' reads shifted values. Put an activation in front of it.")

    def _typed(self, value: Value, grid: Grid) -> Value:
        """Annotate a value with the type that holds it."""
        self._datatypes[value.name] = datatype(grid.low, grid.high)
        return replace(value, lowest=grid.low, highest=grid.high)

    def _last(self, name: str) -> Value:
        """A result as the network gives it: whole numbers scaled, biases added; a softmax is left to the host."""
        layer, value = self._network[name], self._values[name]
        if isinstance(layer.op, kinds.Softmax):
            self._sketch.note("is left out: FINN picks the label by what it reads")
            name = layer.inputs[0]
        stream = self._model.streams[name]
        offset, scale = _affine(stream)
        shape = (1, len(offset), *(1,) * (len(value.shape) - 1)) if value.first else (len(offset),)
        self._sketch.stage = f"{name}_out"
        if (scale != 1).any():
            factor = scale[:1] if (scale == scale[0]).all() else scale.reshape(shape)
            value = replace(value, name=self._sketch.node("Mul", [value.name, self._sketch.constant(factor, "scale")]))
        if offset.any():
            constant = self._sketch.constant(offset.reshape(shape), "offset")
            value = replace(value, name=self._sketch.node("Add", [value.name, constant], "_offset"))
        return value


def datatype(low: int, high: int) -> str:
    """QONNX's name of the smallest type that holds whole numbers."""
    bits = max((-low - 1).bit_length() if low < 0 else 0, high.bit_length())
    return f"INT{max(bits + 1, 2)}" if low < 0 else f"UINT{max(bits, 1)}"


def _affine(stream: Stream) -> tuple[Array, Array]:
    """What is added to each channel's whole numbers, after they are multiplied."""
    zeros = np.zeros((1, len(stream.low)))
    offset = stream.values(zeros)[0]
    return offset, stream.values(zeros + 1)[0] - offset


def _of_weights(counts: Array) -> str:
    signs = bool((np.abs(counts) == 1).all())
    return "BIPOLAR" if signs else datatype(int(counts.min(initial=0)), int(counts.max(initial=0)))


def _of_results(found: Thresholds) -> str:
    return "BIPOLAR" if found.stride == 2 else datatype(found.grid.low, found.grid.high)


def _multi_threshold(sketch: Sketch, value: Value, thresholds: str, found: Thresholds) -> str:
    """qonnx's operation: the lowest result, and one step more for each threshold that is reached."""
    return sketch.node(
        "MultiThreshold",
        [value.name, thresholds],
        out_dtype=_of_results(found),
        out_scale=float(found.stride),
        out_bias=float(found.grid.low),
        data_layout="NC" if len(value.shape) == 1 else {2: "NCW", 3: "NCHW"}[len(value.shape)],
    )
