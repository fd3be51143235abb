"""A design as hls4ml would build it: layers, types, strategies and reuse factors, kept between edits."""

from dataclasses import dataclass
from math import prod
from typing import Any

from engine.design import PARALLELIZATION_FACTOR, REUSE_FACTOR, Design
from engine.flows.factors import nearest
from engine.flows.hls4ml.choices import Choice, Choices, model_precision
from engine.flows.hls4ml.class_names import is_pointwise
from engine.flows.hls4ml.lowering import plan
from engine.flows.hls4ml.nodes import POINTWISE, Node, Plan, copied_layer
from engine.flows.hls4ml.rules import (
    Family,
    Fold,
    Strategy,
    built_reuse_factor,
    built_strategy,
    folds,
    parallelisation_factors,
)
from engine.flows.hls4ml.types import PASSED_ON, Types, types_of
from engine.network import Network, Shape
from engine.network.kinds import Activation
from engine.precision import FixedType


@dataclass(frozen=True, slots=True)
class Folded:
    """A matrix of products with the strategy and the reuse factor that are built."""

    fold: Fold
    strategy: Strategy
    reuse_factor: int

    @property
    def multipliers(self) -> int:
        """Multipliers that work at the same time."""
        return self.fold.multipliers(self.reuse_factor)


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One built layer with everything that its cost follows from. Compared by identity, as it is kept."""

    node: Node
    choice: Choice
    inputs: tuple[FixedType, ...]
    types: Types
    folded: tuple[Folded, ...]
    """Two for recurrent layers (input, state); empty where nothing is folded."""
    partitions: int
    """Steps in which a convolution in io_parallel walks over its output pixels; 1 elsewhere."""
    lanes_in: int
    """Values in one word of the first input's stream; flattening leaves words as they are."""
    reached: tuple[FixedType, ...]
    """Types that hold every value of the inputs: the tools build nothing wider."""
    reach: FixedType
    """A type that holds every value of the result: a mean or a maximum lies among what it is taken of."""
    from_outside: bool
    """Whether it reads an input of the design."""
    wires_outside: bool
    """Whether it is a name for the wires of an input: what reads it reads that."""

    @property
    def lanes(self) -> int:
        """Values in one word of the output's stream."""
        return self.lanes_in if self.node.kind == "Reshape" else self.node.shape[-1]


@dataclass(frozen=True, slots=True, eq=False)
class Hardware:
    """All built layers of a design, in order."""

    plan: Plan
    choices: dict[str, Choice]
    units: dict[str, Unit]


class Builder:
    """Builds hardware; a layer whose choices and input types stay the same keeps its Unit from edit to edit.

    `strategy` is that of all layers, for a flow that has no other: each reuse factor is then a legal one.
    """

    def __init__(self, broadcasts: bool, strategy: Strategy | None = None) -> None:
        self._broadcasts, self._strategy = broadcasts, strategy
        self._choices = Choices(strategy)
        self._lowered: dict[int, _Lowered] = {}
        self._units: dict[str, tuple[tuple[Any, ...], Unit]] = {}
        self._last: tuple[Design, Hardware] | None = None

    def build(self, design: Design) -> Hardware:
        """The hardware of a design."""
        last = self._last
        if last is not None and last[0] is design:
            return last[1]
        choices, lowered = self.lowered(design)
        before = last[1] if last is not None and _alike(last, design, lowered) else None
        hardware = Hardware(lowered, choices, self._built(design, lowered, choices, before))
        self._last = (design, hardware)
        return hardware

    def _built(
        self, design: Design, lowered: Plan, choices: dict[str, Choice], before: Hardware | None
    ) -> dict[str, Unit]:
        """Units by name; those of `before` stay where neither a layer's choices nor the types it reads are new."""
        default, io_type = model_precision(design), design.target.io_type
        units = dict(before.units) if before else {}
        new: set[str] = set()
        for node in lowered.nodes:
            name = node.name
            if before is not None and new.isdisjoint(node.inputs) and _same_choices(node, choices, before.choices):
                continue
            sources = [units[source] for source in node.inputs]
            given = (default, choices[node.copies].type("result") if node.copies else None)
            known, unit = units.get(name), self.unit(node, choices[node.layer.name], sources, given, io_type)
            units[name] = unit
            if known is None or unit.types is not known.types or unit.lanes_in != known.lanes_in:
                new.add(name)
        return units

    def lowered(self, design: Design) -> tuple[dict[str, Choice], Plan]:
        """What was chosen layer by layer, and which layers are built: the same Plan as long as nothing changes that."""
        choices = self._choices.of(design)
        return choices, self._plan(design, choices)

    def _plan(self, design: Design, choices: dict[str, Choice]) -> Plan:
        """Lowering depends on the network, the interface and very few choices."""
        network, io_type = design.network, design.target.io_type
        known = self._lowered.get(id(network))
        if known is None:
            if len(self._lowered) >= _NETWORKS:
                self._lowered.clear()
            # Holding the network keeps its id from being given to another one.
            known = self._lowered[id(network)] = _Lowered(network, _around_linear(network), {})
        key = (
            io_type,
            tuple([choice.shaping for choice in choices.values()]),
            tuple([choices[name].type("result") for name in known.around_linear]),
        )
        found = known.plans.get(key)
        if found is None:
            if len(known.plans) >= _PLANS:
                known.plans.clear()
            found = known.plans[key] = plan(network, choices, io_type, self._broadcasts)
        return found

    def unit(
        self, node: Node, choice: Choice, sources: list[Unit], given: tuple[FixedType, FixedType | None], io_type: str
    ) -> Unit:
        """One built layer that reads these; `given`: the default type, and the chosen one of what it copies."""
        inputs = tuple([source.types.get(PASSED_ON) or source.types["result"] for source in sources])
        lanes_in = sources[0].lanes if sources else 0
        reached = tuple([source.reach for source in sources])
        from_outside = True in [source.wires_outside for source in sources]
        causes = (node, inputs, lanes_in, reached, from_outside, given, io_type)
        known = self._units.get(node.name)
        # Comparing tuples asks for identity first, so that nothing is compared deeply where nothing changed.
        alike = known[1] if known is not None and known[0] == causes else None
        if alike is not None and alike.choice is choice:
            return alike
        if len(self._units) > _UNITS:
            self._units.clear()
        same_types = alike is not None and alike.choice.types is choice.types
        types = alike.types if alike is not None and same_types else types_of(node, choice, inputs, *given)
        checked = self._strategy is not None
        folded = tuple(_folded(node, fold, choice, io_type, checked) for fold in node_folds(node))
        parallel = io_type == "io_parallel" and "Conv" in node.kind
        partitions = _partitions(node.shape, choice) if parallel else 1
        reach = _within(reached[0], types["result"]) if "Pooling" in node.kind else types["result"]
        wires = node.kind == "Input" or (node.kind == "Reshape" and from_outside)
        unit = Unit(node, choice, inputs, types, folded, partitions, lanes_in, reached, reach, from_outside, wires)
        self._units[node.name] = (causes, unit)
        return unit


def _alike(last: tuple[Design, Hardware], design: Design, lowered: Plan) -> bool:
    """Whether a design is built of the same layers as the last one, of the same default type."""
    before, hardware = last
    return hardware.plan is lowered and model_precision(before) == model_precision(design)


def _within(source: FixedType, result: FixedType) -> FixedType:
    """The result's step and the source's range, where the result holds that range."""
    width = source.integer + result.fraction
    holds = source.integer + (result.signed and not source.signed) <= result.integer and result.signed >= source.signed
    return FixedType(width, source.integer, source.signed) if holds and width >= 1 else result


def _same_choices(node: Node, choices: dict[str, Choice], before: dict[str, Choice]) -> bool:
    name, copied = node.layer.name, node.copies
    return choices[name] is before[name] and (not copied or choices[copied] is before[copied])


_NETWORKS = 64
_PLANS = 64
_UNITS = 20_000


@dataclass(frozen=True, slots=True)
class _Lowered:
    """A network, the layers whose result types its lowering looks at, and its plans so far."""

    network: Network
    around_linear: tuple[str, ...]
    plans: dict[tuple[Any, ...], Plan]


def _around_linear(network: Network) -> tuple[str, ...]:
    """Linear activations and what they read: hls4ml drops those that change no type."""
    linear = [layer for layer in network.layers if isinstance(layer.op, Activation) and layer.op.function == "linear"]
    names = [name for layer in linear for name in (layer.name, *layer.inputs) if name in network]
    return tuple(copied_layer(network, name) or name for name in names)


def node_folds(node: Node) -> tuple[Fold, ...]:
    """What a built layer folds: one half of a separable convolution, all of any other layer."""
    channels, results = node.input_shapes[0][-1] if node.input_shapes else 0, node.shape[-1]
    window = prod(getattr(node.layer.op, "kernel", ())) if node.half != POINTWISE else 1
    match node.kind:
        case "Dense":
            return (Fold(Family.DENSE, channels, results),)
        case "Conv1D" | "Conv2D" | "PointwiseConv1D" | "PointwiseConv2D":
            return (Fold(Family.CONV, window * channels, results),)
        case "DepthwiseConv1D" | "DepthwiseConv2D":
            return (Fold(Family.DEPTHWISE, window * channels, results),)
        case "LSTM" | "GRU" | "SimpleRNN":
            return folds(node.layer.op, node.input_shapes)
        case _:
            return ()


def _folded(node: Node, fold: Fold, choice: Choice, io_type: str, checked: bool) -> Folded:
    asked = choice.number(REUSE_FACTOR, 1)
    strategy = built_strategy(fold, io_type, choice.strategy, asked)
    if is_pointwise(node.kind) and choice.own(REUSE_FACTOR) and not checked:
        # `optimize_pointwise_conv` makes the layer anew: the factor beside its name is read again, and not checked.
        return Folded(fold, strategy, max(asked, 1))
    return Folded(fold, strategy, built_reuse_factor(fold, io_type, choice.strategy, asked))


def _partitions(shape: Shape, choice: Choice) -> int:
    pixels = prod(shape[:-1])
    return pixels // nearest(parallelisation_factors(pixels), choice.number(PARALLELIZATION_FACTOR, 1))
