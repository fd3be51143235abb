"""A design as its integer specification: hls4ml's plan and types, with the weights frozen to whole numbers."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Any

from engine.design import PARALLELIZATION_FACTOR, REUSE_FACTOR, STRATEGY, Design
from engine.emulate.exact.numbers import wraps_plainly
from engine.emulate.exact.stage import Operation, Specification, Stage
from engine.flows.hls4ml.choices import CONV_IMPLEMENTATION, model_precision
from engine.flows.hls4ml.exact.errors import OTHERWISE, NoExactModelError
from engine.flows.hls4ml.exact.frozen import Weights
from engine.flows.hls4ml.exact.operations import operation
from engine.flows.hls4ml.exact.site import Site
from engine.flows.hls4ml.hardware import Builder, Hardware, Unit
from engine.flows.hls4ml.nodes import Node
from engine.flows.hls4ml.rules import Strategy
from engine.flows.hls4ml.support import problems
from engine.flows.labels import OPEN_FLOW
from engine.network import Layer, TensorStore

_MODELLED = ("vitis", "vivado", OPEN_FLOW)
_PASSES_BITS = ("Clone", "Reshape", "Repack", "Transpose", "ZeroPadding1D", "ZeroPadding2D", "Resize", "Broadcast")
_SPEED = (STRATEGY, REUSE_FACTOR, PARALLELIZATION_FACTOR)
_KEPT = 500
"""Operations that are kept for the designs to come."""


class Lowering:
    """Lowers designs one after the other; what an edit left alone is not made again."""

    def __init__(self, tensors: TensorStore) -> None:
        self._tensors = tensors
        self._builders: dict[str, Builder] = {}
        self._operations: OrderedDict[str, Operation] = OrderedDict()
        self._stages: dict[str, _Known] = {}

    def lower(self, design: Design) -> Specification:
        """The specification. Raises NoExactModelError, MissingTensorError."""
        _check(design)
        flow = design.target.flow
        hardware = self._builders.setdefault(flow, builder_of(flow)).build(design)
        weights = Weights(design, hardware.plan, self._tensors)
        streamed = design.target.io_type == "io_stream"
        stages: dict[str, Stage] = {}
        for node in hardware.plan.nodes:
            sources = tuple(stages[name] for name in node.inputs)
            unit, width = hardware.units[node.name], _taken_width(hardware, node, design)
            stages[node.name] = self._stage(Site(unit, sources, weights, streamed, width), design)
        return Specification(tuple(stages.values()), *_ends(design, hardware))

    def _stage(self, site: Site, design: Design) -> Stage:
        """The last one of its name where all that it follows from is still the same, but for the digest."""
        heard = (
            design.target.flow,
            site.streamed,
            site.taken_width,
            *((each.result, each.is_bits) for each in site.sources),
        )
        known = self._stages.get(site.node.name)
        if known is None or known.unit is not site.unit or known.heard != heard:
            if len(self._stages) > _KEPT:
                self._stages.clear()
            known = _Known(site.unit, heard, self._new_stage(site, design))
            self._stages[site.node.name] = known
        return replace(known.stage, digest=_digest((known.stage.digest, *(source.digest for source in site.sources))))

    def _new_stage(self, site: Site, design: Design) -> Stage:
        """With a digest that leaves out what it reads."""
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


def builder_of(flow: str) -> Builder:
    """What gathers the layers that a flow builds."""
    return Builder(flow == "vivado", Strategy.RESOURCE if flow == OPEN_FLOW else None)


def in_hls4ml(design: Design) -> Design:
    """The design of the same arithmetic for a flow of hls4ml: Vitis in place of the open flow."""
    if design.target.flow != OPEN_FLOW:
        return design
    return replace(design, target=replace(design.target, flow="vitis"))


def _check(design: Design) -> None:
    if design.target.flow not in _MODELLED:
        remedy = f"Choose Vitis or Vivado. {OTHERWISE}"
        raise NoExactModelError("", "There is a bit-exact model of two back ends and of the open flow only.", remedy)
    found = problems(in_hls4ml(design))
    if found:
        raise NoExactModelError(found[0].layer, found[0].reason, found[0].remedy)
    if design.target.io_type == "io_stream":
        for layer in design.network.layers:
            _check_window(design, layer)


def _check_window(design: Design, layer: Layer) -> None:
    """Encoded windows: hls4ml's own code checks, when it runs, that it can gather them."""
    chosen = design.chosen(layer.name, CONV_IMPLEMENTATION)
    if layer.op.GROUP not in ("conv", "pool") or chosen is None or str(chosen.value).lower() != "encoded":
        return
    if design.target.flow != "vivado":
        raise NoExactModelError(layer.name, "Vitis HLS builds line buffers only.", "Set its window to the line buffer.")
    if len(set(getattr(layer.op, "kernel", ()))) > 1 or len(set(getattr(layer.op, "strides", ()))) > 1:
        reason = "hls4ml encodes windows wrongly whose size or stride differs from axis to axis."
        raise NoExactModelError(layer.name, reason, "Set its window to the line buffer, or use equal ones.")


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
        sorted((role, str(type_)) for role, type_ in unit.types.items()),
        sorted((key, str(effective.value), effective.origin) for key, effective in chosen.items()),
        unit.lanes_in,
        site.streamed,
        site.taken_width,
        [(str(source.result), source.is_bits) for source in site.sources],
    )


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
