"""Estimating a design: each built layer judged once, then kept while its hardware and its site stay the same."""

from dataclasses import replace
from math import prod
from typing import Any

from engine.design import Design, Target
from engine.estimate import Cost, Estimate, LayerCost, Quantity, Tier
from engine.flows.hls4ml.cost.arithmetic import joined
from engine.flows.hls4ml.cost.constants import digits
from engine.flows.hls4ml.cost.families import FAMILIES
from engine.flows.hls4ml.cost.fifo import fifos
from engine.flows.hls4ml.cost.piece import NOTHING, Job, Piece
from engine.flows.hls4ml.cost.site import Site, site_of
from engine.flows.hls4ml.cost.totals import design_cost, is_pipelined, together
from engine.flows.hls4ml.hardware import Builder, Hardware, Unit
from engine.network import TensorStore

_KEPT = 20_000


class Estimator:
    """Estimates designs; what an edit left alone is not judged again."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._sites: tuple[Target, Site] | None = None
        self._judged: dict[str, tuple[tuple[Any, ...], Piece]] = {}
        self._layers: dict[str, tuple[list[Cost], LayerCost]] = {}

    def estimate(self, design: Design, tensors: TensorStore | None) -> Estimate:
        """Cost of a design after C synthesis, per layer and in total."""
        hardware, site = self._builder.build(design), self._site(design.target)
        pipelined = not site.stream and is_pipelined(hardware)
        judged = {
            name: self._piece(unit, site, tensors, hardware.plan.readers[name], pipelined)
            for name, unit in hardware.units.items()
        }
        layers = self._by_layer(hardware, judged)
        return Estimate(
            design.target, Tier.ESTIMATE, layers, design_cost(hardware, judged, layers, site, pipelined=pipelined)
        )

    def _by_layer(self, hardware: Hardware, judged: dict[str, Piece]) -> tuple[LayerCost, ...]:
        """Cost by the user's layers: inserted layers count to the one they serve."""
        owned: dict[str, list[Cost]] = {}
        for name, unit in hardware.units.items():
            owned.setdefault(unit.node.layer.name, []).append(judged[name].cost)
        return tuple([self._layer_cost(name, costs) for name, costs in owned.items()])

    def _layer_cost(self, name: str, costs: list[Cost]) -> LayerCost:
        known = self._layers.get(name)
        if known is not None and known[0] == costs:
            return known[1]
        if len(self._layers) > _KEPT:
            self._layers.clear()
        found = LayerCost(name, together(costs))
        self._layers[name] = (costs, found)
        return found

    def _site(self, target: Target) -> Site:
        if self._sites is None or self._sites[0] is not target:
            self._sites = (target, site_of(target))
        return self._sites[1]

    def _piece(self, unit: Unit, site: Site, tensors: TensorStore | None, readers: int, pipelined: bool) -> Piece:
        causes = (unit, site, tensors, readers, pipelined)
        known = self._judged.get(unit.node.name)
        if known is not None and known[0] == causes:
            return known[1]
        if len(self._judged) > _KEPT:
            self._judged.clear()
        found = judge(unit, site, tensors)
        if readers and site.stream and unit.node.kind not in ("Input", "Reshape"):
            found = _with_fifos(found, unit, readers, site)
        elif pipelined and found is not NOTHING:
            found = _registered(found, unit)
        self._judged[unit.node.name] = (causes, found)
        return found


def judge(unit: Unit, site: Site, tensors: TensorStore | None) -> Piece:
    """One built layer by the formula of its family."""
    return FAMILIES[unit.node.kind](Job(unit, site, lambda place: digits(unit, place, tensors)))


def _with_fifos(found: Piece, unit: Unit, readers: int, site: Site) -> Piece:
    """The FIFOs behind a layer count to it."""
    shape = unit.node.shape
    lut, ff, bram18 = fifos(unit.types["result"].width, shape[-1], prod(shape[:-1]), readers, site)
    cost = found.cost
    with_fifos = replace(
        cost,
        lut=joined(cost.lut, lut),
        ff=joined(cost.ff, ff),
        bram18=joined(cost.bram18, bram18, reason=cost.bram18.reason if cost.bram18.value else bram18.reason),
    )
    return replace(found, cost=with_fifos)


def _registered(found: Piece, unit: Unit) -> Piece:
    """In a pipeline each layer's results are registered once: right within 1 % on a verified design."""
    bits, ff = unit.types["result"].width * prod(unit.node.shape), found.cost.ff
    more = Quantity(ff.value + bits, ff.low, ff.high + bits, ff.reason)
    return replace(found, cost=replace(found.cost, ff=more))
