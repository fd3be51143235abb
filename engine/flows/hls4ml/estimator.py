"""Estimating a design: each built layer judged once, then kept while its hardware and its site stay the same."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import prod
from operator import is_
from typing import Any

from engine.design import MULTIPLIERS, Design, Target
from engine.estimate import Cost, Estimate, LayerCost, Level, Tier
from engine.flows.hls4ml.cost.arithmetic import joined
from engine.flows.hls4ml.cost.constants import digits
from engine.flows.hls4ml.cost.corrections import Book, shipped
from engine.flows.hls4ml.cost.families import FAMILIES
from engine.flows.hls4ml.cost.fifo import fifos
from engine.flows.hls4ml.cost.handover import handed_over
from engine.flows.hls4ml.cost.live import Live, in_logic, live_channels
from engine.flows.hls4ml.cost.piece import NOTHING, Job, Piece, live_values, with_more
from engine.flows.hls4ml.cost.site import Site, site_of
from engine.flows.hls4ml.cost.stretch import stretched_cost
from engine.flows.hls4ml.cost.totals import design_cost, is_pipelined, together
from engine.flows.hls4ml.fifos import chosen_depths
from engine.flows.hls4ml.hardware import Builder, Hardware, Unit
from engine.flows.hls4ml.nodes import Plan
from engine.network import TensorStore

_KEPT = 20_000
_ALL: Mapping[str, Live] = {}
"""Nothing is left out."""

Causes = tuple[Unit, Site, TensorStore | None, tuple[int, tuple[int, ...]], bool, Live | None]
"""What `built_piece` is told."""


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """One of the user's layers: what it is built as, its cost, and its cost with intervals that hold."""

    costs: list[Cost]
    bare: Cost
    shown: LayerCost


@dataclass(frozen=True, slots=True, eq=False)
class _Last:
    """The last design at a level; its parts are those of the next one where unit and causes are the same."""

    causes: tuple[Any, ...]
    """What the cost of every layer follows from besides its own unit."""
    units: dict[str, Unit]
    pieces: dict[str, Piece]
    layers: list[_Layer]


class Estimator:
    """Estimates designs; what an edit left alone is not judged again."""

    def __init__(self, builder: Builder, book: Book | None = None) -> None:
        self._builder = builder
        self._book = book
        self._sites: dict[Level, tuple[Target, Site]] = {}
        self._judged: dict[Level, dict[str, tuple[tuple[Any, ...], Piece]]] = {level: {} for level in Level}
        self._layers: dict[Level, dict[str, _Layer]] = {level: {} for level in Level}
        self._last: dict[Level, _Last] = {}
        self._owned: tuple[Plan, list[tuple[str, list[str]]]] | None = None
        self._live: tuple[Plan, TensorStore | None, list[bool], Mapping[str, Live]] | None = None
        self._depths: tuple[Plan, tuple[tuple[str, int], ...], dict[str, tuple[int, ...]]] | None = None

    def estimate(self, design: Design, tensors: TensorStore | None, level: Level = Level.C_SYNTHESIS) -> Estimate:
        """Cost of a design as the tool of a level will report it, per layer and in total."""
        hardware, site = self._builder.build(design), self.site(design.target, level)
        pipelined = not site.stream and is_pipelined(hardware)
        depths = self._chosen_depths(hardware.plan, design.fifo_depths)
        found = self._judge(hardware, site, tensors, depths, pipelined)
        bare = [layer.bare for layer in found.layers]
        whole = design_cost(hardware, found.pieces, bare, site, pipelined=pipelined)
        shown = tuple([layer.shown for layer in found.layers])
        total = stretched_cost(whole, site.corrections.widths)
        return Estimate(design.target, Tier.ESTIMATE, shown, total, level=level)

    def _judge(
        self,
        hardware: Hardware,
        site: Site,
        tensors: TensorStore | None,
        depths: dict[str, tuple[int, ...]],
        pipelined: bool,
    ) -> _Last:
        """All built layers, and the user's layers they make up; what is as it was in the last design is kept."""
        plan, units = hardware.plan, hardware.units
        live = self._live_of(hardware, tensors) if not site.stream else _ALL
        causes = (plan, site, tensors, depths, pipelined, live)
        last = self._last.get(site.level)
        known = last if last is not None and all(map(is_, causes, last.causes)) else None
        pieces = dict(known.pieces) if known else {}
        new = [name for name, unit in units.items() if not known or unit is not known.units[name]]
        for name in new:
            behind = (plan.readers[name], depths.get(name, ()))
            pieces[name] = self._piece((units[name], site, tensors, behind, pipelined, live.get(name)))
        layers = self._by_layer(plan, pieces, site, (frozenset(new), known.layers) if known else None)
        found = self._last[site.level] = _Last(causes, units, pieces, layers)
        return found

    def _chosen_depths(self, plan: Plan, depths: tuple[tuple[str, int], ...]) -> dict[str, tuple[int, ...]]:
        if self._depths is None or self._depths[0] is not plan or self._depths[1] is not depths:
            self._depths = (plan, depths, chosen_depths(plan, depths))
        return self._depths[2]

    def _by_layer(
        self, plan: Plan, pieces: dict[str, Piece], site: Site, before: tuple[frozenset[str], list[_Layer]] | None
    ) -> list[_Layer]:
        """Cost by the user's layers: inserted layers count to the one they serve.

        `before`: names of the pieces that are new, and the layers as they were.
        """
        owned = self._owned_by(plan)
        if before is None:
            return [self._layer_cost(name, [pieces[each].cost for each in built], site) for name, built in owned]
        new, layers = before[0], list(before[1])
        for place, (name, built) in enumerate(owned):
            if not new.isdisjoint(built):
                layers[place] = self._layer_cost(name, [pieces[each].cost for each in built], site)
        return layers

    def _owned_by(self, plan: Plan) -> list[tuple[str, list[str]]]:
        """Each of the user's layers with the names of what it is built as."""
        if self._owned is None or self._owned[0] is not plan:
            owned: dict[str, list[str]] = {}
            for node in plan.nodes:
                owned.setdefault(node.layer.name, []).append(node.name)
            self._owned = (plan, list(owned.items()))
        return self._owned[1]

    def _layer_cost(self, name: str, costs: list[Cost], site: Site) -> _Layer:
        layers = self._layers[site.level]
        known = layers.get(name)
        if known is not None and len(known.costs) == len(costs) and all(map(is_, known.costs, costs)):
            return known
        if len(layers) > _KEPT:
            layers.clear()
        bare = together(costs)
        found = _Layer(costs, bare, LayerCost(name, stretched_cost(bare, site.corrections.widths)))
        layers[name] = found
        return found

    def site(self, target: Target, level: Level) -> Site:
        """Where a design is built, with what was learned of that."""
        known = self._sites.get(level)
        if known is None or known[0] is not target:
            known = self._sites[level] = (target, site_of(target, level, self._book or shipped()))
        return known[1]

    def _live_of(self, hardware: Hardware, tensors: TensorStore | None) -> Mapping[str, Live]:
        """Kept while neither the layers that are built nor which of them hold constants changes."""
        plan, known = hardware.plan, self._live
        if known is None or known[0] is not plan or known[1] is not tensors:
            known = self._live = (plan, tensors, [], live_channels(plan, tensors, lambda _: True))
        if not known[3] and not known[2]:
            # Where nothing could be left out if all weights were constants, nobody needs to ask which are.
            return _ALL
        constant = [in_logic(unit) for unit in hardware.units.values()]
        if known[2] != constant:
            by_name = dict(zip(hardware.units, constant, strict=True))
            known = self._live = (plan, tensors, constant, live_channels(plan, tensors, by_name.__getitem__))
        return known[3]

    def _piece(self, causes: Causes) -> Piece:
        unit, site = causes[:2]
        judged, name = self._judged[site.level], unit.node.name
        known = judged.get(name)
        if known is not None and known[0] == causes:
            return known[1]
        if len(judged) > _KEPT:
            judged.clear()
        found = built_piece(*causes)
        judged[name] = (causes, found)
        return found


def built_piece(
    unit: Unit,
    site: Site,
    tensors: TensorStore | None,
    behind: tuple[int, tuple[int, ...]],
    pipelined: bool,
    live: Live | None = None,
) -> Piece:
    """One built layer with what hands its results on; `behind` it stand so many FIFOs, the first with these depths."""
    found = judge(unit, site, tensors, live)
    if behind[0] and site.stream and unit.node.kind not in ("Input", "Reshape"):
        return _with_fifos(found, unit, *behind, site)
    if not site.stream and (found is not NOTHING or unit.node.kind == "Input"):
        return _registered(found, unit, site, live) if pipelined else handed_over(found, unit, behind[0], site, live)
    return found


def judge(unit: Unit, site: Site, tensors: TensorStore | None, live: Live | None = None) -> Piece:
    """One built layer by the formula of its family; `live`: what of it has any effect, if not all."""
    asked = site.asked(unit.choice.word(MULTIPLIERS, ""))
    return FAMILIES[unit.node.kind](Job(unit, asked, lambda place: digits(unit, place, tensors, live), live))


def _with_fifos(found: Piece, unit: Unit, count: int, chosen: tuple[int, ...], site: Site) -> Piece:
    """The FIFOs behind a layer count to it; hls4ml makes those whose depth nobody chose as deep as the tensor."""
    shape, width = unit.node.shape, unit.types["result"].width
    parts = [fifos(width, shape[-1], *each, site, "as chosen") for each in Counter(chosen).items()]
    if count > len(chosen):
        parts.append(fifos(width, shape[-1], prod(shape[:-1]), count - len(chosen), site))
    lut, ff, bram18 = ([part[place] for part in parts] for place in range(3))
    cost = found.cost
    with_fifos = replace(
        cost,
        lut=joined(cost.lut, *lut),
        ff=joined(cost.ff, *ff),
        bram18=joined(cost.bram18, *bram18, reason=cost.bram18.reason if cost.bram18.value else joined(*bram18).reason),
    )
    return replace(found, cost=with_fifos)


def _registered(found: Piece, unit: Unit, site: Site, live: Live | None) -> Piece:
    """In a pipeline inputs and each layer's results are registered once: right within 1 % on two verified designs."""
    bits = unit.types["result"].width * live_values(unit, live)
    why = f"{bits:,} bits held in registers."
    return with_more(found, ff=site.ff({"results between layers": float(bits)}, 0.6, 0.3, why))
