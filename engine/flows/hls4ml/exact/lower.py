"""A design as its integer specification: hls4ml's plan and types, with the weights frozen to whole numbers."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from engine.design import PARALLELIZATION_FACTOR, REUSE_FACTOR, STRATEGY, Design
from engine.emulate.exact.numbers import wraps_plainly
from engine.emulate.exact.stage import Operation, Specification, Stage
from engine.flows.hls4ml.choices import model_precision
from engine.flows.hls4ml.exact.checked import Checker
from engine.flows.hls4ml.exact.frozen import Weights, is_typed
from engine.flows.hls4ml.exact.operations import operation
from engine.flows.hls4ml.exact.site import Site
from engine.flows.hls4ml.hardware import Builder, Hardware, Unit
from engine.flows.hls4ml.nodes import Node
from engine.flows.hls4ml.rules import Strategy
from engine.flows.labels import OPEN_FLOW
from engine.network import TensorStore

_PASSES_BITS = ("Clone", "Reshape", "Repack", "Transpose", "ZeroPadding1D", "ZeroPadding2D", "Resize", "Broadcast")
_SPEED = (STRATEGY, REUSE_FACTOR, PARALLELIZATION_FACTOR)
_KEPT = 500
"""Operations that are kept for the designs to come."""


class Lowering:
    """Lowers designs one after the other; what an edit left alone is not made again."""

    def __init__(self, tensors: TensorStore) -> None:
        self._tensors = tensors
        self._checker = Checker()
        self._builders: dict[str, Builder] = {}
        self._operations: OrderedDict[str, Operation] = OrderedDict()
        self._known: dict[str, _Known] = {}
        self._last: _Last | None = None

    def lower(self, design: Design) -> Specification:
        """The specification. Raises NoExactModelError, MissingTensorError."""
        self._checker.check(design)
        flow = design.target.flow
        hardware = self._builders.setdefault(flow, builder_of(flow)).build(design)
        typed = [_typed(node, design) for node in hardware.plan.nodes if len(node.sources) > 1]
        causes = (hardware.plan, flow, design.target.io_type, model_precision(design), typed)
        last = self._last if self._last is not None and self._last.causes == causes else None
        stages = self._stages(design, hardware, last)
        ends = last.ends if last is not None else _ends(design, hardware)
        self._last = _Last(causes, hardware.units, stages, ends)
        return Specification(tuple(stages.values()), *ends)

    def _stages(self, design: Design, hardware: Hardware, last: "_Last | None") -> dict[str, Stage]:
        """By name; those of the last design where neither the unit nor what that hears of its inputs is new."""
        weights = Weights(design, hardware.plan, self._tensors)
        streamed = design.target.io_type == "io_stream"
        stages = dict(last.stages) if last is not None else {}
        new: set[str] = set()
        for node in hardware.plan.nodes:
            name, unit = node.name, hardware.units[node.name]
            if last is not None and unit is last.units[name] and new.isdisjoint(node.inputs):
                continue
            sources = tuple([stages[source] for source in node.inputs])
            before, width = stages.get(name), _taken_width(hardware, node, design)
            stages[name] = stage = self._stage(Site(unit, sources, weights, streamed, width), design)
            if before is None or (stage.result, stage.is_bits) != (before.result, before.is_bits):
                new.add(name)
        return stages

    def _stage(self, site: Site, design: Design) -> Stage:
        """The last one of its name where all that it follows from is still the same."""
        sources = tuple([(each.result, each.is_bits) for each in site.sources])
        heard = (design.target.flow, site.streamed, site.taken_width, sources, _typed(site.node, design))
        known = self._known.get(site.node.name)
        if known is None or known.unit is not site.unit or known.heard != heard:
            if len(self._known) > _KEPT:
                self._known.clear()
            known = _Known(site.unit, heard, self._new_stage(site, design))
            self._known[site.node.name] = known
        return known.stage

    def _new_stage(self, site: Site, design: Design) -> Stage:
        node, causes = site.node, _causes(site, design)
        return Stage(
            node.name,
            node.sources,
            node.inputs,
            node.input_shapes,
            node.shape,
            site.type("result"),
            self._operation(site, _digest((causes, _speed(site)))),
            _digest((causes, _order(site))),
            tuple(folded.reuse_factor for folded in site.unit.folded),
            _yields_bits(site),
        )

    def _operation(self, site: Site, digest: str) -> Operation:
        found = self._operations.pop(digest, None)
        self._operations[digest] = found = operation(site) if found is None else found
        if len(self._operations) > _KEPT:
            self._operations.popitem(last=False)
        return found


@dataclass(frozen=True, slots=True)
class _Known:
    """A stage, the unit it is of, and what that heard of its inputs."""

    unit: Unit
    heard: tuple[Any, ...]
    stage: Stage


@dataclass(frozen=True, slots=True)
class _Last:
    """The last design: what its stages follow from besides their units, these, the stages, and where it ends."""

    causes: tuple[Any, ...]
    units: dict[str, Unit]
    stages: dict[str, Stage]
    ends: tuple[dict[str, str], dict[str, str]]


def builder_of(flow: str) -> Builder:
    """What gathers the layers that a flow builds."""
    return Builder(flow == "vivado", Strategy.RESOURCE if flow == OPEN_FLOW else None)


def _causes(site: Site, design: Design) -> tuple[Any, ...]:
    """What decides the values of a stage; weights are named by the hashes of their values."""
    unit, node = site.unit, site.node
    chosen = {key: effective for key, effective in unit.choice.chosen.items() if key not in _SPEED}
    return (
        node.name,
        node.kind,
        node.half,
        node.input_shapes,
        node.shape,
        node.layer,
        node.merged,
        [design.network[name] for name in node.sources],
        _typed(node, design),
        sorted((role, str(type_)) for role, type_ in unit.types.items()),
        sorted((key, str(effective.value), effective.origin) for key, effective in chosen.items()),
        unit.lanes_in,
        site.streamed,
        site.taken_width,
        [(str(source.result), source.is_bits) for source in site.sources],
    )


def _typed(node: Node, design: Design) -> tuple[str, ...]:
    """Of layers that are built as one, those with a type of their own: hls4ml merges no norms across them beforehand,
    which rounds otherwise."""
    return tuple([name for name in node.sources if is_typed(design, name)])


def _taken_width(hardware: Hardware, node: Node, design: Design) -> int:
    if not node.inputs:
        return 0
    source = hardware.units[node.inputs[0]]
    return (model_precision(design) if source.node.kind == "Clone" else source.types["result"]).width


def _speed(site: Site) -> tuple[Any, ...]:
    """What decides how a layer is folded."""
    return (site.unit.folded, site.unit.choice.number(REUSE_FACTOR, 1))


def _order(site: Site) -> tuple[Any, ...]:
    """The same, where the order of additions may decide what comes out: not where sums wrap."""
    accum = site.unit.types.get("accum")
    return () if accum is None or wraps_plainly(accum) else _speed(site)


def _digest(causes: tuple[Any, ...]) -> str:
    return hashlib.sha256(repr(causes).encode()).hexdigest()


def _yields_bits(site: Site) -> bool:
    """Whether the values are bits that stand for −1 and 1 in the layers behind. Those of a chosen type ap_uint<1> do
    not: they are 0 and 1."""
    node, result = site.node, site.unit.types["result"]
    if node.kind == "BatchNormalizationQuantizedTanh":
        return result.width == 1
    return node.kind in _PASSES_BITS and site.reads_bits and result.width == 1


def _ends(design: Design, hardware: Hardware) -> tuple[dict[str, str], dict[str, str]]:
    """The user's inputs and outputs, and the built layers where they enter and leave."""
    entries = {node.layer.name: node.name for node in hardware.plan.nodes if node.kind == "Input"}
    outputs = {name: _last(hardware.plan.by_source[name]) for name in design.network.outputs}
    return entries, outputs


def _last(nodes: tuple[Node, ...]) -> str:
    return [node for node in nodes if node.kind != "Clone"][-1].name
