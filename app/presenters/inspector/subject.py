"""What the inspector's parts are worked out from."""

from dataclasses import dataclass, field
from functools import cached_property

from engine.advice import Finding, Suggestion
from engine.design import Design, Effective
from engine.estimate import Estimate
from engine.flows.flow import BuiltLayer, Flow, SettingSpec
from engine.network import Layer, TensorStore
from engine.ranges import Ranges


@dataclass(frozen=True, slots=True)
class Curve:
    """What each legal reuse factor of one layer would cost; one entry for each."""

    legal: tuple[int, ...]
    resource: str
    amounts: tuple[float, ...]
    intervals: tuple[float, ...]


@dataclass(frozen=True)
class Subject:
    """The design with its numbers, and the layers that are selected."""

    design: Design
    before: int | None
    """The reuse factor before the running edit, where one layer is selected."""
    names: tuple[str, ...]
    flow: Flow
    estimate: Estimate
    tensors: TensorStore
    findings: tuple[Finding, ...] = ()
    suggestions: tuple[Suggestion, ...] | None = ()
    """None where they are not known yet."""
    built: tuple[BuiltLayer, ...] = ()
    curve: Curve | None = None
    ranges: Ranges = field(default_factory=Ranges)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The selected layers."""
        return tuple(self.design.network[name] for name in self.names)

    @property
    def single(self) -> Layer | None:
        """The selected layer, if it is one."""
        return self.design.network[self.names[0]] if len(self.names) == 1 else None

    def resolved(self, key: str) -> list[Effective]:
        """The effective value of a setting on each selected layer that has it."""
        found = (self.flow.resolve(self.design, name, key) for name in self.names)
        return [each for each in found if each is not None]

    @cached_property
    def specs(self) -> dict[str, SettingSpec]:
        """The settings that all selected layers have, by key; the first layer's legal values."""
        common: dict[str, SettingSpec] | None = None
        for name in self.names:
            mine = {spec.key: spec for spec in self.flow.settings(self.design, name)}
            common = mine if common is None else {key: spec for key, spec in common.items() if key in mine}
        return common or {}
