"""Which modules a specification needs: stages that cost no module of their own go into the one before them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from engine.emulate.exact.products import Sum
from engine.emulate.exact.stage import Cast, Entry, Specification, Stage
from engine.flows.rtl.blocks.places import zeros_around
from engine.flows.rtl.blocks.sliding import Sliding
from engine.flows.rtl.verilog.chain import can_join
from engine.precision import FixedType


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A stage with those computed behind it in the same module. `sources` are the units, or entries, it reads.

    `padding` is a stage in front of it that its window puts the zeros of around the picture.
    """

    stages: tuple[Stage, ...]
    sources: tuple[str, ...]
    padding: Stage | None = None

    @property
    def head(self) -> Stage:
        """What the module is made for."""
        return self.stages[0]

    @property
    def name(self) -> str:
        """The last stage's: what comes out is that one's result."""
        return self.stages[-1].name

    @property
    def held(self) -> tuple[Stage, ...]:
        """All that the module follows from: the padding, then its stages."""
        return self.stages if self.padding is None else (self.padding, *self.stages)

    @property
    def layers(self) -> tuple[str, ...]:
        """The user's layers."""
        return tuple(dict.fromkeys(layer for stage in self.held for layer in stage.layers))


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Units in order. `outputs`: the user's layer → the unit or entry that yields it."""

    units: tuple[Unit, ...]
    outputs: Mapping[str, str]


def plan(specification: Specification) -> Plan:
    """The units of a specification. Copies and flattenings of a stream are wires: a frame is always in C order."""
    origin = _origins(specification)
    outputs = {layer: origin[stage] for layer, stage in specification.outputs.items()}
    readers = Counter(
        origin[name] for stage in specification.stages if origin[stage.name] == stage.name for name in stage.inputs
    )
    readers.update(outputs.values())
    units: dict[str, Unit] = {}
    for stage in specification.stages:
        if origin[stage.name] != stage.name or isinstance(stage.operation, Entry):
            continue
        sources = tuple(origin[name] for name in stage.inputs)
        if can_join(stage.operation) and sources[0] in units and readers[sources[0]] == 1:
            before = units.pop(sources[0])
            units[stage.name] = Unit((*before.stages, stage), before.sources, before.padding)
        elif _takes_padding(stage, units.get(sources[0]), specification) and readers[sources[0]] == 1:
            before = units.pop(sources[0])
            units[stage.name] = Unit((stage,), before.sources, before.head)
        else:
            units[stage.name] = Unit((stage,), sources)
    return Plan(tuple(units.values()), outputs)


def replanned(before: Specification, planned: Plan, after: Specification) -> Plan | None:
    """The plan of a specification that differs from another one in some stages; None where units may join otherwise.

    What an edit left alone keeps its unit.
    """
    if len(before.stages) != len(after.stages) or before.outputs != after.outputs:
        return None
    new = {}
    for old, stage in zip(before.stages, after.stages, strict=True):
        if stage is not old:
            if not _joins_as(old, stage):
                return None
            new[stage.name] = stage
    return Plan(tuple([_with(unit, new) for unit in planned.units]), planned.outputs)


def _joins_as(old: Stage, new: Stage) -> bool:
    """Whether a stage has all of another one that decides how units join."""
    one, other = (
        (stage.name, stage.inputs, stage.input_shapes, stage.shape, _layout(stage.result), type(stage.operation))
        for stage in (old, new)
    )
    if one != other or can_join(old.operation) != can_join(new.operation):
        return False
    if isinstance(old.operation, Sum) and isinstance(new.operation, Sum):
        return old.operation.window == new.operation.window
    return zeros_around(old) == zeros_around(new)


def _with(unit: Unit, new: Mapping[str, Stage]) -> Unit:
    if new.keys().isdisjoint([stage.name for stage in unit.held]):
        return unit
    padding = unit.padding and new.get(unit.padding.name, unit.padding)
    return Unit(tuple([new.get(stage.name, stage) for stage in unit.stages]), unit.sources, padding)


def _takes_padding(stage: Stage, before: Unit | None, specification: Specification) -> bool:
    """Whether a convolution can put the zeros of the unit before around the picture itself."""
    if before is None or len(before.stages) > 1 or not isinstance(stage.operation, Sum):
        return False
    window, edges = stage.operation.window, zeros_around(before.head)
    if window is None or edges is None or not _keeps_type(before.head, specification):
        return False
    sliding = Sliding.of(before.head.input_shapes[0], window, edges)
    return all(sum(edge) < size for edge, size in zip(sliding.edges, sliding.size, strict=True))


def _origins(specification: Specification) -> dict[str, str]:
    """Stage → the stage whose words are its result: itself, or what is in front of its wires."""
    origin: dict[str, str] = {}
    for stage in specification.stages:
        origin[stage.name] = origin[stage.inputs[0]] if _is_wire(stage, specification) else stage.name
    return origin


def _is_wire(stage: Stage, specification: Specification) -> bool:
    return isinstance(stage.operation, Cast) and _keeps_type(stage, specification)


def _keeps_type(stage: Stage, specification: Specification) -> bool:
    return _layout(stage.result) == _layout(specification.by_name[stage.inputs[0]].result)


def _layout(type_: FixedType) -> tuple[int, int, bool]:
    """What a code means."""
    return type_.width, type_.fraction, type_.signed
