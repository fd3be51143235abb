"""From the studio's layers to FINN's: which units are built, what each one works on, and what stands in the way."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil, log2, prod

from engine.flows.finn.choices import DEFAULT_TYPE, FUSED, SEPARATE, THRESHOLDS, Choices
from engine.flows.finn.cost.matrix import Matrix
from engine.flows.finn.draft import Draft
from engine.flows.finn.problems import activation_problem, unsupported
from engine.flows.finn.streamline.widths import real_widths
from engine.flows.finn.unit import DEPTHWISE, MATRICES, Kind, Plan, Unit, Values
from engine.flows.finn.windows import padded, window_of
from engine.flows.problem import Problem
from engine.network import Layer, Network, Op, TensorStore, kinds
from engine.precision import FixedType

_Bits = Callable[[list[Values], Unit], Values]
"""Values of a unit, from those of its inputs and the unit behind the first."""

_FUSED_BITS = 4
"""Widest activation whose thresholds are compared within the matrix unit unless asked: 15 comparisons at once."""


def lower(network: Network, choices: Choices, tensors: TensorStore | None = None) -> tuple[Plan, tuple[Problem, ...]]:
    """The units of a network, and every layer that FINN cannot build, with the nearest way that works.

    With weights, they and their sums are as narrow as their values allow.
    """
    lowering = _Lowering(network, choices, tensors)
    for name in network.order:
        if network.input_shapes(name) is not None and network.shapes[name] is not None:
            lowering.take(network[name])
    lowering.draft.duplicate()
    return lowering.draft.plan(network.outputs), tuple(lowering.problems)


def passes_on(op: Op) -> bool:
    """Whether a layer only names the values of its input anew."""
    return isinstance(op, kinds.Flatten | kinds.Reshape)


class _Lowering:
    """Takes one layer after the other, each behind its inputs."""

    def __init__(self, network: Network, choices: Choices, tensors: TensorStore | None) -> None:
        self.network, self.choices, self.tensors = network, choices, tensors
        self.draft = Draft()
        self.problems: list[Problem] = []

    def take(self, layer: Layer) -> None:
        """Build a layer, or say why not."""
        problem = unsupported(self.network, layer)
        if problem is not None:
            self.problems.append(problem)
        match layer.op:
            case kinds.Input():
                self._input(layer)
            case kinds.Dense() | kinds.Conv1D() | kinds.Conv2D() | kinds.DepthwiseConv1D() | kinds.DepthwiseConv2D():
                self._product(layer, isinstance(layer.op, kinds.DepthwiseConv1D | kinds.DepthwiseConv2D))
            case kinds.SeparableConv1D() | kinds.SeparableConv2D():
                self._separable(layer)
            case kinds.Activation() | kinds.ParametricActivation():
                self._activation(layer)
            case kinds.BatchNorm():
                self._norm(layer)
            case kinds.Softmax():
                self._word(layer, Kind.LABEL, _label_bits)
            case kinds.Pool1D() | kinds.Pool2D() | kinds.GlobalPool():
                self._pool(layer)
            case kinds.Merge():
                self._word(layer, Kind.ADD, _sum_bits)
            case kinds.Concatenate():
                self._word(layer, Kind.CONCAT, _widest)
            case kinds.Pad1D() | kinds.Pad2D():
                self._word(layer, Kind.PADDING, _widest)
            case kinds.UpSample1D() | kinds.UpSample2D():
                self._word(layer, Kind.UPSAMPLE, _widest)
            case _:
                self.draft.alias(layer.name, self._before(layer)[0])

    def _before(self, layer: Layer) -> list[Unit]:
        return [self.draft.end(name) for name in layer.inputs]

    def _input(self, layer: Layer) -> None:
        shape = self.network.shapes[layer.name] or ()
        type_ = self.choices.type(layer, "result") or DEFAULT_TYPE
        values = Values(type_.width, type_.signed)
        self.draft.add(Unit(layer.name, Kind.INPUT, layer.name, (layer.name,), (), shape, shape, values, values))

    def _word(self, layer: Layer, kind: Kind, bits: _Bits) -> None:
        """A unit that takes words of all its inputs and gives words."""
        before = self._before(layer)
        shape = self.network.shapes[layer.name] or ()
        values = bits([unit.values for unit in before], before[0])
        inputs, given = tuple(unit.name for unit in before), self._given(layer)
        unit = Unit(layer.name, kind, layer.name, (layer.name,), inputs, given, shape, before[0].values, values)
        self.draft.add(unit)

    def _given(self, layer: Layer) -> tuple[int, ...]:
        shapes = self.network.input_shapes(layer.name) or ((1,),)
        return shapes[0]

    def _product(self, layer: Layer, depthwise: bool) -> None:
        shape = self.network.shapes[layer.name] or ()
        before = self._windowed(layer, self._before(layer)[0])
        self._matrix(layer, layer.name, before, shape, self.choices.bits(layer, "weight"), depthwise)
        self._bias(layer)

    def _separable(self, layer: Layer) -> None:
        shape = self.network.shapes[layer.name] or ()
        before = self._windowed(layer, self._before(layer)[0])
        middle = (*shape[:-1], self._given(layer)[-1])
        bits = self.choices.bits(layer, "depthwise") or self.choices.bits(layer, "weight")
        first = self._matrix(layer, f"{layer.name}{DEPTHWISE}", before, middle, bits, True)
        bits = self.choices.bits(layer, "pointwise") or self.choices.bits(layer, "weight")
        self._matrix(layer, layer.name, first, shape, bits, False)
        self._bias(layer)

    def _windowed(self, layer: Layer, before: Unit) -> Unit:
        """The unit whose words a matrix reads: padding and sliding window where the layer has a window."""
        given = self._given(layer)
        if isinstance(layer.op, kinds.Dense):
            return before
        frame = padded(layer.op, given)
        if frame != given:
            name = f"{layer.name}_padding"
            before = self.draft.add(replace(_behind(before, name, Kind.PADDING, layer, frame), given=given))
        window = window_of(layer.op, frame, before.values.bits)
        if window is None:
            return before
        size = prod(window.kernel)
        shape = (*(n for n in window.pixels_out), size * frame[-1])
        unit = _behind(before, f"{layer.name}_window", Kind.WINDOW, layer, shape)
        return self.draft.add(replace(unit, given=frame, window=window))

    def _matrix(
        self, layer: Layer, name: str, before: Unit, shape: tuple[int, ...], bits: int | None, depthwise: bool
    ) -> Unit:
        values, pixels = before.values, prod(shape[:-1])
        window = prod(getattr(layer.op, "kernel", (1,)))
        # A flattened picture arrives pixel by pixel: all of it is one row of the matrix.
        inputs = window if depthwise else prod(before.shape) // pixels
        width = bits or DEFAULT_TYPE.width
        real = real_widths(layer, self.choices, self.tensors, values, depthwise)
        narrow, sum_bits = real or (width, 0)
        matrix = Matrix(inputs, shape[-1], pixels, min(width, narrow), values.bits, values.signed, depthwise, sum_bits)
        kind = Kind.VVAU if depthwise else Kind.MVAU
        unit = _behind(before, name, kind, layer, shape)
        summed = Values(matrix.accumulator_bits)
        return self.draft.add(replace(unit, given=(pixels, before.shape[-1]), values=summed, matrix=matrix))

    def _bias(self, layer: Layer) -> None:
        """A bias is in the thresholds behind it; where there are none, a unit adds it."""
        if not getattr(layer.op, "use_bias", False) or self._meets_thresholds(layer.name):
            return
        before = self.draft.end(layer.name)
        unit = _behind(before, f"{layer.name}_bias", Kind.CHANNELWISE, layer, before.shape)
        self.draft.add(replace(unit, given=before.shape, values=Values(before.values.bits + 1)), layer.name)

    def _meets_thresholds(self, name: str) -> bool:
        """Whether all that reads a layer are thresholds, batch normalisations and what moves no value between."""
        while len(readers := self.network.consumers[name]) == 1:
            reader = self.network[readers[0]]
            if not isinstance(reader.op, kinds.BatchNorm) and not passes_on(reader.op):
                return self._threshold_bits(reader) > 0
            name = reader.name
        return False

    def _threshold_bits(self, layer: Layer) -> int:
        """Bits of an activation that thresholds yield; 0 for other layers, and where nothing is to be done."""
        if not isinstance(layer.op, kinds.Activation | kinds.ParametricActivation):
            return 0
        bits = self.choices.bits(layer, "result")
        linear = isinstance(layer.op, kinds.Activation) and layer.op.function == "linear"
        return 0 if bits is None and linear else bits or DEFAULT_TYPE.width

    def _norm(self, layer: Layer) -> None:
        before = self._before(layer)[0]
        if not self._meets_thresholds(layer.name) and self.network.consumers[layer.name]:
            reason = "FINN has batch norms in the thresholds behind them only."
            self.problems.append(Problem(layer.name, reason, "Put an activation with a result type behind it."))
        self.draft.absorb(before, layer.name)

    def _activation(self, layer: Layer) -> None:
        before, bits = self._before(layer)[0], self._threshold_bits(layer)
        problem = activation_problem(layer, bits)
        if problem is not None:
            self.problems.append(problem)
        if bits == 0:
            self.draft.alias(layer.name, before)
            return
        type_ = self.choices.type(layer, "result")
        values = Values(bits, type_.signed if isinstance(type_, FixedType) else True)
        if self._fuses(layer, before, bits):
            self.draft.absorb(replace(before, values=values, threshold_bits=bits), layer.name)
            return
        unit = _behind(before, layer.name, Kind.THRESHOLDING, layer, before.shape)
        self.draft.add(replace(unit, given=before.shape, values=values, threshold_bits=bits))

    def _fuses(self, layer: Layer, before: Unit, bits: int) -> bool:
        """Whether thresholds are compared within the matrix unit in front, which nothing else may read."""
        if before.kind not in MATRICES or before.threshold_bits:
            return False
        name = layer.inputs[0]
        while True:
            if len(self.network.consumers[name]) > 1:
                return False
            if name == before.layer:
                break
            name = self.network[name].inputs[0]
        usual = FUSED if bits <= _FUSED_BITS else SEPARATE
        return (self.choices.word(self.network[before.layer], THRESHOLDS) or usual) == FUSED

    def _pool(self, layer: Layer) -> None:
        before, given = self._before(layer)[0], self._given(layer)
        if not isinstance(layer.op, kinds.GlobalPool) and window_of(layer.op, given, before.values.bits) is None:
            self.draft.alias(layer.name, before)
            return
        shape = self.network.shapes[layer.name] or ()
        averages = getattr(layer.op, "mode", "max") == "average"
        size = prod(given[:-1]) if isinstance(layer.op, kinds.GlobalPool) else prod(layer.op.pool)  # type: ignore[attr-defined]
        bits = before.values.bits + (ceil(log2(size)) if averages else 0)
        if isinstance(layer.op, kinds.GlobalPool):
            kind = Kind.GLOBAL_POOL
        elif not averages and _tiles(layer.op, given):
            kind = Kind.MAX_POOL
        else:
            kind = Kind.POOL
            before = self._windowed(layer, before)
        unit = _behind(before, layer.name, kind, layer, shape)
        window = window_of(layer.op, given, before.values.bits) if kind is not Kind.GLOBAL_POOL else None
        values = Values(bits, before.values.signed)
        self.draft.add(replace(unit, given=given, values=values, window=window))


def _tiles(op: Op, given: tuple[int, ...]) -> bool:
    """Whether windows lie side by side over two axes: FINN's StreamingMaxPool takes no others."""
    if not isinstance(op, kinds.Pool2D) or op.padding != "valid":
        return False
    (rows, columns), strides = op.pool, op.strides
    return rows == columns and strides == op.pool and given[0] % rows == 0 and given[1] % columns == 0


def _behind(before: Unit, name: str, kind: Kind, layer: Layer, shape: tuple[int, ...]) -> Unit:
    """A unit that reads another one and passes its values on."""
    sources = (layer.name,)
    return Unit(name, kind, layer.name, sources, (before.name,), before.shape, shape, before.values, before.values)


def _label_bits(values: list[Values], before: Unit) -> Values:
    return Values(max(ceil(log2(max(before.shape[-1], 2))), 1), False)


def _sum_bits(values: list[Values], before: Unit) -> Values:
    signed = any(each.signed for each in values)
    widest = max(each.bits + (signed and not each.signed) for each in values)
    return Values(widest + ceil(log2(len(values))), signed)


def _widest(values: list[Values], before: Unit) -> Values:
    return Values(max(each.bits for each in values), any(each.signed for each in values))
