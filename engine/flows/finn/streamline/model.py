"""A design's network in whole numbers, layer by layer, as FINN's units compute it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log2, prod

import numpy as np

from engine.design import RESULT, Design, Origin
from engine.emulate.float_forward import layer_output
from engine.emulate.functions import softmax
from engine.emulate.windows import convolve, convolve_each, windows
from engine.flows.finn.choices import DEFAULT_TYPE, Choices
from engine.flows.finn.problems import activation_problem, unsupported
from engine.flows.finn.streamline.grid import Array, Grid, NotWholeError, sums, whole
from engine.flows.finn.streamline.thresholds import Chain, Thresholds, thresholds
from engine.flows.finn.streamline.widths import kernel_of, matrix_of
from engine.network import Layer, Network, TensorStore, kinds
from engine.network.weights import effective_weight
from engine.precision import FixedType, Overflow
from engine.precision.quantize import cast

Function = Callable[[list[Array]], Array]
_MATRICES = (
    kinds.Dense,
    kinds.Conv1D,
    kinds.Conv2D,
    kinds.DepthwiseConv1D,
    kinds.DepthwiseConv2D,
    kinds.SeparableConv1D,
    kinds.SeparableConv2D,
)
_HALVES = ("depthwise", "pointwise")
_EXACT = 2.0**53


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """What a layer gives: whole numbers on a grid; those of single channels may reach less far.

    `pending` is what is still to be done to their values, in floating point: a bias, a batch norm, a division. It is
    absorbed into the thresholds behind.
    """

    grid: Grid
    low: Array
    high: Array
    pending: tuple[Chain, ...] = ()

    def values(self, found: Array) -> Array:
        """The numbers that the whole ones stand for."""
        value: Array = found * self.grid.step
        for each in self.pending:
            value = each(value)
        return value


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What a layer computes with: whole weights one after the other, thresholds; before them what its inputs are
    shifted by and multiplied with."""

    kernels: tuple[Array, ...] = ()
    thresholds: Thresholds | None = None
    shifts: tuple[Array, ...] = ()
    factors: tuple[float, ...] = ()


class Streamlined:
    """A network in whole numbers. Raises NotWholeError where there is none, MissingTensorError without weights."""

    def __init__(self, design: Design, tensors: TensorStore) -> None:
        self.network: Network = design.network
        self._choices, self._tensors = Choices(design), tensors
        self.streams: dict[str, Stream] = {}
        self.parts: dict[str, Parts] = {}
        """Of the layers that compute or add anything."""
        self._functions: dict[str, Function] = {}
        for name in self.network.order:
            stream, function = self._lowered(self.network[name])
            self.streams[name], self._functions[name] = stream, function

    def entered(self, data: Mapping[str, Array]) -> dict[str, Array]:
        """Samples as the input types hold them."""
        return {name: cast(np.asarray(data[name], np.float64), self.input_type(name)) for name in self.network.inputs}

    def run(self, data: Mapping[str, Array]) -> dict[str, Array]:
        """Whole numbers that leave each layer, for samples (batch, *shape)."""
        entered = self.entered(data)
        found: dict[str, Array] = {}
        for name in self.network.order:
            inputs = [found[source] for source in self.network[name].inputs] or [entered[name]]
            found[name] = self._functions[name](inputs)
        return found

    def values(self, data: Mapping[str, Array]) -> dict[str, Array]:
        """The numbers that these stand for, layer by layer."""
        found = self.run(data)
        return {name: self.streams[name].values(each) for name, each in found.items()}

    def input_type(self, name: str) -> FixedType:
        """The type in which an input layer's values enter."""
        return self._choices.type(self.network[name], RESULT) or DEFAULT_TYPE

    def _lowered(self, layer: Layer) -> tuple[Stream, Function]:
        before = [self.streams[name] for name in layer.inputs]
        problem = unsupported(self.network, layer)
        if problem is not None:
            raise NotWholeError(str(problem))
        match layer.op:
            case kinds.Input():
                return self._input(layer)
            case op if isinstance(op, _MATRICES):
                return self._matrix(layer, before[0])
            case kinds.Activation() | kinds.ParametricActivation():
                return self._activation(layer, before[0])
            case kinds.BatchNorm():
                chain = self._chain(layer)
                first = before[0]
                return Stream(first.grid, first.low, first.high, (*first.pending, chain)), _same
            case kinds.Merge() | kinds.Concatenate():
                return self._joined(layer, before)
            case kinds.Pool1D() | kinds.Pool2D() | kinds.GlobalPool():
                return self._pooled(layer, before[0])
            case kinds.Softmax():
                last: tuple[Chain, ...] = (*before[0].pending, lambda value: softmax(value, -1))
                return Stream(before[0].grid, before[0].low, before[0].high, last), _same
            case _:
                return self._moved(layer, before[0])

    def _input(self, layer: Layer) -> tuple[Stream, Function]:
        type_, channels = self.input_type(layer.name), (self.network.shapes[layer.name] or (1,))[-1]
        grid = _grid_of(type_)
        return _stream(grid, channels), lambda inputs: inputs[0].reshape(-1, *layer.op.output_shape(())) / grid.step

    def _chain(self, layer: Layer) -> Chain:
        return lambda value: layer_output(layer, [value], self.network, self._tensors)

    def _matrix(self, layer: Layer, before: Stream) -> tuple[Stream, Function]:
        """Sums of products; a bias stays pending. A separable layer multiplies twice."""
        before, shift = _settled(layer, before)
        halves = _HALVES if isinstance(layer.op, kinds.SeparableConv1D | kinds.SeparableConv2D) else ("kernel",)
        low, high, step, kernels = before.low, before.high, before.grid.step, []
        grid = before.grid
        for role in halves:
            kernel, size = whole(kernel_of(layer, self._choices, self._tensors, role), layer.name)
            low, high = sums(matrix_of(kernel, _is_depthwise(layer, role)), grid)
            step *= size
            grid = Grid(step, int(low.min()), int(high.max()))
            kernels.append(kernel)
        if max(-grid.low, grid.high) >= _EXACT:
            raise NotWholeError(f"'{layer.name}': its sums are too long to be computed exactly.")
        pending: tuple[Chain, ...] = ()
        if layer.weight("bias") is not None:
            bias = effective_weight(layer, "bias", self._tensors).astype(np.float64)
            pending = (lambda value: value + bias,)
        self.parts[layer.name] = Parts(tuple(kernels), shifts=(shift,))
        return Stream(grid, low, high, pending), _product(layer, kernels, shift)

    def _activation(self, layer: Layer, before: Stream) -> tuple[Stream, Function]:
        bits, type_ = self._choices.bits(layer, RESULT), self._choices.type(layer, RESULT)
        falls = activation_problem(layer, bits or 0)
        if falls is not None:
            raise NotWholeError(str(falls))
        if type_ is None and isinstance(layer.op, kinds.Activation) and layer.op.function == "linear":
            return before, _same
        if type_ is None or bits is None:
            raise NotWholeError(f"'{layer.name}': its result has no type. Give it one of eight bits or fewer.")
        grid = Grid(1.0, -1, 1) if bits == 1 else _grid_of(type_)
        chain = self._chain(layer)
        if layer.quantizer(RESULT) is None or self._choices.origin(layer, RESULT) is not Origin.MODEL:
            held, bare = type_.changed(overflow=Overflow.SAT), chain

            def chain(value: Array) -> Array:
                return cast(bare(value), held)

        def whole_chain(value: Array) -> Array:
            for each in before.pending:
                value = each(value)
            return chain(value)

        found = thresholds(whole_chain, before.low, before.high, before.grid.step, grid)
        self.parts[layer.name] = Parts(thresholds=found)
        channels = len(before.low)
        return _stream(grid, channels), lambda inputs: found(inputs[0])

    def _joined(self, layer: Layer, before: list[Stream]) -> tuple[Stream, Function]:
        """Branches on the finest of their steps."""
        streams = [_settled(layer, each) for each in before]
        step = min(stream.grid.step for stream, _ in streams)
        factors = [stream.grid.step / step for stream, _ in streams]
        lows = [stream.low * factor for (stream, _), factor in zip(streams, factors, strict=True)]
        highs = [stream.high * factor for (stream, _), factor in zip(streams, factors, strict=True)]
        join = _side_by_side if isinstance(layer.op, kinds.Concatenate) else _added
        low, high = join(lows), join(highs)
        shifts = [shift for _, shift in streams]
        self.parts[layer.name] = Parts(shifts=tuple(shifts), factors=tuple(factors))

        def function(inputs: list[Array]) -> Array:
            return join([(x + shift) * f for x, shift, f in zip(inputs, shifts, factors, strict=True)])

        return Stream(Grid(step, int(low.min()), int(high.max())), low, high), function

    def _pooled(self, layer: Layer, before: Stream) -> tuple[Stream, Function]:
        """The largest stays on its grid; of an average the sum is kept, the division is pending."""
        before, shift = _settled(layer, before)
        op, given = layer.op, (self.network.input_shapes(layer.name) or ((1,),))[0]
        size = given[:-1] if isinstance(op, kinds.GlobalPool) else op.pool  # type: ignore[attr-defined]
        strides = size if isinstance(op, kinds.GlobalPool) else op.strides  # type: ignore[attr-defined]
        padding = getattr(op, "padding", "valid")
        taps = tuple(range(-len(size), 0))
        self.parts[layer.name] = Parts(shifts=(shift,))
        shape = self.network.shapes[layer.name] or ()

        def seen(inputs: list[Array], fill: float = 0.0) -> Array:
            return windows(inputs[0] + shift, size, strides, padding, fill=fill)

        if op.mode == "max":  # type: ignore[attr-defined]
            return before, lambda inputs: seen(inputs, -np.inf).max(axis=taps).reshape(-1, *shape)
        if padding != "valid":
            raise NotWholeError(f"'{layer.name}': averages beyond the edges are of fewer values. Use padding 'valid'.")
        count = prod(size)
        grid = Grid(before.grid.step, before.grid.low * count, before.grid.high * count)
        pooled = Stream(grid, before.low * count, before.high * count, (lambda value: value / count,))
        return pooled, lambda inputs: seen(inputs).sum(axis=taps).reshape(-1, *shape)

    def _moved(self, layer: Layer, before: Stream) -> tuple[Stream, Function]:
        """Layers that move values; zeros around a picture are whole numbers too."""
        before, shift = _settled(layer, before)
        channels, width = len(before.low), (self.network.shapes[layer.name] or (1,))[-1]
        repeats = width // channels if width % channels == 0 else 1
        self.parts[layer.name] = Parts(shifts=(shift,))
        stream = Stream(before.grid, np.tile(before.low, repeats), np.tile(before.high, repeats))
        return stream, lambda inputs: layer_output(layer, [inputs[0] + shift], self.network, self._tensors)


def _side_by_side(parts: list[Array]) -> Array:
    return np.concatenate(parts, axis=-1)


def _added(parts: list[Array]) -> Array:
    first, *others = parts
    found: Array = sum(others, first)
    return found


def _same(inputs: list[Array]) -> Array:
    return inputs[0]


def _grid_of(type_: FixedType) -> Grid:
    return Grid(type_.step, round(type_.minimum / type_.step), round(type_.maximum / type_.step))


def _stream(grid: Grid, channels: int) -> Stream:
    return Stream(grid, np.full(channels, float(grid.low)), np.full(channels, float(grid.high)))


def _settled(layer: Layer, before: Stream) -> tuple[Stream, Array]:
    """A stream whose pending work is done by counting in other steps and adding whole numbers: those of each channel.

    Raises NotWholeError for other work, which only thresholds could take up.
    """
    if not before.pending:
        return before, np.zeros(len(before.low))
    zeros = np.zeros((1, len(before.low)))
    offset = before.values(zeros)[0]
    scale = before.values(zeros + 1)[0] - offset
    step = float(scale.flat[0])
    shift = offset / step if step > 0 else offset
    if step <= 0 or log2(step) % 1 or (scale != step).any() or (shift != np.rint(shift)).any():
        raise NotWholeError(
            f"'{layer.name}': what it reads is scaled or shifted, and no thresholds stand between. Put an activation "
            "with a result type in front of it."
        )
    low, high = before.low + shift, before.high + shift
    return Stream(Grid(step, int(low.min()), int(high.max())), low, high), shift


def _is_depthwise(layer: Layer, role: str) -> bool:
    return role == _HALVES[0] or isinstance(layer.op, kinds.DepthwiseConv1D | kinds.DepthwiseConv2D)


def _product(layer: Layer, kernels: list[Array], shift: Array) -> Function:
    op, (kernel, *second) = layer.op, kernels
    if isinstance(op, kinds.Dense):
        return lambda inputs: (inputs[0] + shift) @ kernel
    multiply = convolve_each if second or _is_depthwise(layer, "kernel") else convolve
    size, strides, padding, dilation = op.kernel, op.strides, op.padding, op.dilation  # type: ignore[attr-defined]

    def product(inputs: list[Array]) -> Array:
        found = multiply(windows(inputs[0] + shift, size, strides, padding, dilation=dilation), kernel)
        for pointwise in second:
            found = found @ pointwise.reshape(-1, pointwise.shape[-1])
        return found

    return product
