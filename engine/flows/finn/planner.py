"""What designs are lowered to, kept between edits: folding a layer lowers nothing anew."""

from collections import OrderedDict
from dataclasses import dataclass

from engine.design import Design, Settings
from engine.flows.finn.choices import FOLDS, Choices
from engine.flows.finn.folded import Folded, fold
from engine.flows.finn.lowering import lower
from engine.flows.finn.unit import Plan
from engine.flows.finn.wires import Wire, wires
from engine.flows.problem import Problem
from engine.network import Network, TensorStore

_KEPT = 64


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """A design's units with their folding, the streams between them, and what stands in the way."""

    plan: Plan
    problems: tuple[Problem, ...]
    folded: dict[str, Folded]
    wires: tuple[Wire, ...]

    def of_layer(self, layer: str) -> list[Folded]:
        """The units whose cost counts to a layer."""
        return [each for each in self.folded.values() if each.unit.layer == layer]

    def end_of(self, layer: str) -> Folded | None:
        """The unit whose words are a layer's result."""
        return self.folded.get(self.plan.ends.get(layer, ""))


class Planner:
    """Lowers and folds designs; equal questions are answered once."""

    def __init__(self) -> None:
        self._plans: OrderedDict[object, tuple[Network, TensorStore | None, Plan, tuple[Problem, ...]]] = OrderedDict()
        self._last: tuple[Design, TensorStore | None, Built] | None = None

    def build(self, design: Design, tensors: TensorStore | None = None) -> Built:
        """What a design becomes; without weights by its types alone."""
        last = self._last
        if last is not None and last[0] is design and tensors is last[1]:
            return last[2]
        choices = Choices(design)
        plan, problems = self._plan(design, choices, tensors)
        folded = fold(plan, design.network, choices)
        built = Built(plan, problems, folded, tuple(wires(folded, dict(design.fifo_depths))))
        self._last = design, tensors, built
        return built

    def known(self, design: Design) -> Built:
        """The same as it was built just before, with weights or without."""
        last = self._last
        return last[2] if last is not None and last[0] is design else self.build(design)

    def _plan(self, design: Design, choices: Choices, tensors: TensorStore | None) -> tuple[Plan, tuple[Problem, ...]]:
        named = tuple((name, _shaping(settings)) for name, settings in (*design.kinds, *design.layers))
        key = (id(design.network), id(tensors), _shaping(design.defaults), named)
        known = self._plans.get(key)
        if known is None:
            if len(self._plans) >= _KEPT:
                self._plans.popitem(last=False)
            # Holding network and weights keeps their ids from being given to others.
            known = self._plans[key] = (design.network, tensors, *lower(design.network, choices, tensors))
        return known[2], known[3]


def _shaping(settings: Settings) -> tuple[tuple[str, object], ...]:
    """Settings that decide which units there are."""
    return tuple(item for item in settings.items if item[0] not in FOLDS)
