"""A design that does not fit its board: by how much, and which knob helps."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import inf
from pathlib import Path

from engine.boards import Resource
from engine.design import Design
from engine.estimate import RESOURCES, Estimate
from engine.flows.flow import Flow
from engine.flows.reuse import ReuseChange, cheapest_reuse
from engine.network import TensorStore

KINDS = dict(zip(RESOURCES, (Resource.LUT, Resource.FF, Resource.DSP, Resource.BRAM, Resource.URAM), strict=True))
"""What figures call a resource, and what boards call it."""
_TRIMMED = {"LUT": 1.1, "FF": 1.1}
"""How much more the layers may take one by one than the board has: together some of it is left out."""
_SPARE = 0.2
_LAYERS_TRIED = 4
_FILE = "misfit.json"

Amounts = Mapping[str, float]
"""By the names of `RESOURCES`."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """What to say of it, and the edit that helps most: a layer's reuse factor, '' and 0 where no other one helps."""

    reason: str
    layer: str = ""
    reuse_factor: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """Looks whether a design fits its board, before and after its layers have been counted."""

    design: Design
    flow: Flow
    tensors: TensorStore

    def before(self) -> Misfit | None:
        """What the estimate foretells, where even the low end of its interval is too much."""
        estimate = self._estimate()
        over = self._over({name: estimate.total.resource(name).low for name in RESOURCES})
        needed = {name: estimate.total.resource(name).value for name in over}
        layers = {each.name: {name: each.cost.resource(name).value for name in RESOURCES} for each in estimate.layers}
        return self._misfit(f"it needs about {self._words(needed)}", needed, layers) if over else None

    def after(self, needed: Amounts, layers: Mapping[str, Amounts]) -> Misfit | None:
        """What leaves no doubt once all has been counted, in total and layer by layer."""
        over = {name: needed[name] for name in self._over(needed)}
        return self._misfit(f"its layers need {self._words(over)}", over, layers) if over else None

    def said(self, reason: str, needed: Amounts, layers: Mapping[str, Amounts]) -> Misfit:
        """What a tool said of it, in a sentence; what it needs and its layers tell which knob helps."""
        resource = max(needed, key=lambda name: self._share(name, needed[name]))
        unit, missing = self._unit(resource), needed[resource] - (self._has(resource) or 0)
        # Where there is enough by number alone, placement wants room to spare.
        change = self._change(resource, missing if missing > 0 else needed[resource] * _SPARE, layers)
        if change is None:
            return Misfit(f"{reason} No higher reuse factor frees {unit}; narrower types do.")
        saving = change.saving(self._estimate(), resource)
        rest = f" of the {missing:,.0f} that are missing; other layers must free the rest" if saving < missing else ""
        knob = f"Reuse factor {change.new:,} for {change.layer}, now {change.now:,}, frees {saving:,.0f} {unit}{rest}."
        return Misfit(f"{reason} {knob}", change.layer, change.new)

    def _misfit(self, what: str, needed: Amounts, layers: Mapping[str, Amounts]) -> Misfit:
        return self.said(f"The design does not fit the {self.design.target.board.name}: {what}.", needed, layers)

    def _change(self, resource: str, excess: float, layers: Mapping[str, Amounts]) -> ReuseChange | None:
        """Another reuse factor of the layer that takes most of those where one frees anything."""
        largest = sorted(layers, key=lambda name: -layers[name].get(resource, 0))[:_LAYERS_TRIED]
        tried = (
            cheapest_reuse(self.design, self._estimate(), self.flow, self.tensors, resource, layer, excess)
            for layer in largest
        )
        return next(filter(None, tried), None)

    def _estimate(self) -> Estimate:
        return self.flow.estimate(self.design, self.tensors)

    def _over(self, needed: Amounts) -> list[str]:
        """The resources of which the board has less, beyond doubt."""
        return [
            name
            for name in RESOURCES
            if (count := self._has(name)) is not None and needed.get(name, 0) > count * _TRIMMED.get(name, 1)
        ]

    def _has(self, name: str) -> int | None:
        return self.design.target.board.count(KINDS[name])

    def _share(self, name: str, needed: float) -> float:
        """How full the board would be; none of what nobody knows how much it has of."""
        has = self._has(name)
        return 0.0 if has is None or not needed else needed / has if has else inf

    def _unit(self, name: str) -> str:
        supply = self.design.target.board.supply(KINDS[name])
        return supply.unit.name if supply else name

    def _words(self, needed: Amounts) -> str:
        return " and ".join(f"{count:,.0f} {self._unit(name)} of {self._has(name):,}" for name, count in needed.items())


def keep(misfit: Misfit, folder: Path) -> None:
    """Leave it in a job's folder."""
    (folder / _FILE).write_text(json.dumps(asdict(misfit)), encoding="utf-8")


def kept(folder: Path) -> Misfit | None:
    """What a job left in its folder; None where that is nothing."""
    try:
        value = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return Misfit(str(value["reason"]), str(value["layer"]), int(value["reuse_factor"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
