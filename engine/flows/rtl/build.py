"""A specification as hardware: the modules of its layers, joined by streams."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from math import prod
from typing import Any

from engine.emulate.exact.activations import Clip, Hard, Leaky, Sign, Ternary, Thresholded
from engine.emulate.exact.lookups import Exponential, Lookup, Softmax
from engine.emulate.exact.merging import Concatenate, Dot, Merge
from engine.emulate.exact.pooling import GlobalPool, Pool
from engine.emulate.exact.products import Scale, Sum, Threshold
from engine.emulate.exact.stage import Cast, Gather, Operation, Specification, Stage
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.concatenate import concatenate
from engine.flows.rtl.blocks.dot import dot
from engine.flows.rtl.blocks.elementwise import small_function
from engine.flows.rtl.blocks.lookups import exponential, lookup
from engine.flows.rtl.blocks.merge import merge
from engine.flows.rtl.blocks.moving import moved
from engine.flows.rtl.blocks.pooling import global_pool, pool
from engine.flows.rtl.blocks.scaled import hard, leaky, scale, threshold
from engine.flows.rtl.blocks.softmax import softmax
from engine.flows.rtl.blocks.sums import sums
from engine.flows.rtl.pace import lanes, pace
from engine.flows.rtl.plan import Plan, plan
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.names import free_name, identifier
from engine.flows.rtl.word import Stream
from engine.precision import FixedType, Overflow


@dataclass(frozen=True, slots=True, eq=False)
class Hardware:
    """Blocks in order. `inputs`: the user's input layer → what its port takes; `entries`: the same layer → what blocks
    call it; `outputs`: the user's layer → the block that yields it."""

    name: str
    blocks: tuple[Block, ...]
    inputs: Mapping[str, Stream]
    entries: Mapping[str, str]
    outputs: Mapping[str, str]

    _streams: dict[str, Stream] = field(init=False)

    def __post_init__(self) -> None:
        entered = {entry: self.inputs[layer] for layer, entry in self.entries.items()}
        object.__setattr__(self, "_streams", entered | {each.name: each.gives for each in self.blocks})

    def gives(self, source: str) -> Stream:
        """What a block or an entry gives."""
        return self._streams[source]


_GENERATORS: dict[type[Operation], Callable[[Site, Any], Block]] = {
    Sum: sums,
    **dict.fromkeys((Cast, Clip, Sign, Ternary, Thresholded), small_function),
    Leaky: leaky,
    Hard: hard,
    Scale: scale,
    Threshold: threshold,
    Lookup: lookup,
    Exponential: exponential,
    Softmax: softmax,
    Merge: merge,
    Dot: dot,
    Concatenate: concatenate,
    Pool: pool,
    GlobalPool: global_pool,
    Gather: moved,
}


def build(specification: Specification, name: str = "design") -> Hardware:
    """The modules of a specification. Raises NotGeneratedError, naming the layer."""
    planned = plan(specification)
    return joined_up(specification, planned, [block(site) for site in sites(specification, planned, name)], name)


def sites(specification: Specification, planned: Plan, name: str) -> Iterator[Site]:
    """Where the modules are made, in order; `name` is the top's."""
    cycles, top = pace(specification), identifier(name).lower()
    taken = [top, f"{top}_axi"]
    for unit in planned.units:
        module = free_name(unit.head.name, taken)
        taken += [module.lower(), f"{module}_window".lower(), f"{module}_sums".lower()]
        sources = tuple(specification.by_name[source] for source in unit.sources)
        yield Site(unit, sources, module, lanes(prod(unit.head.shape), cycles), cycles)


def joined_up(specification: Specification, planned: Plan, blocks: Sequence[Block], name: str) -> Hardware:
    """The modules as one design."""
    inputs = {layer: _wanted(specification.by_name[entry], blocks) for layer, entry in specification.entries.items()}
    return Hardware(identifier(name), tuple(blocks), inputs, specification.entries, planned.outputs)


def block(site: Site) -> Block:
    """One module. Raises NotGeneratedError."""
    operation = site.stage.operation
    make = _GENERATORS.get(type(operation))
    if make is None:
        raise site.refused(
            "It has a state, and the open flow has no hardware for recurrent layers yet.",
            "Use hls4ml for this network: choose the flow Vitis or Vivado.",
        )
    for type_ in _types(site):
        if type_.overflow is Overflow.WRAP_SM or (type_.overflow is Overflow.WRAP and type_.saturation_bits):
            raise site.refused(
                f"The type {type_} wraps with saturation bits or by its sign, which the open flow does not build.",
                "Let it wrap without them, or saturate.",
            )
    return make(site, operation)


def _types(site: Site) -> Iterator[FixedType]:
    """What values are cast to in a module."""
    for stage in site.unit.stages:
        yield stage.result
        held = (getattr(stage.operation, field.name) for field in fields(stage.operation))
        yield from (each for each in held if isinstance(each, FixedType))


def _wanted(entry: Stage, blocks: Sequence[Block]) -> Stream:
    """What an input brings: as many values a word as the first of its readers takes; one where there is none."""
    readers = (each.reads[each.sources.index(entry.name)] for each in blocks if entry.name in each.sources)
    return next(readers, Stream(prod(entry.shape), 1, entry.result))
