"""A specification as hardware: the modules of its layers, joined by streams."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.emulate.exact.products import Sum
from engine.emulate.exact.stage import Operation, Specification
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.dense import dense
from engine.flows.rtl.plan import plan
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.names import free_name, identifier
from engine.flows.rtl.word import Stream


@dataclass(frozen=True, slots=True, eq=False)
class Hardware:
    """Blocks in order. `inputs`: the user's input layer → what its port takes; `entries`: the same layer → what blocks
    call it; `outputs`: the user's layer → the block that yields it."""

    name: str
    blocks: tuple[Block, ...]
    inputs: Mapping[str, Stream]
    entries: Mapping[str, str]
    outputs: Mapping[str, str]

    def gives(self, source: str) -> Stream:
        """What a block or an entry gives."""
        entered = next((layer for layer, entry in self.entries.items() if entry == source), None)
        if entered is not None:
            return self.inputs[entered]
        return next(block.gives for block in self.blocks if block.name == source)


_GENERATORS: dict[type[Operation], Callable[[Site, Any], Block]] = {Sum: dense}


def build(specification: Specification, name: str = "design") -> Hardware:
    """The modules of a specification. Raises NotGeneratedError, naming the layer."""
    planned = plan(specification)
    taken = [identifier(name).lower()]
    blocks = []
    for unit in planned.units:
        module = free_name(unit.head.name, taken)
        taken.append(module.lower())
        blocks.append(_block(Site(unit, tuple(specification.by_name[source] for source in unit.sources), module)))
    inputs = {layer: _wanted(stage, blocks) for layer, stage in specification.entries.items()}
    return Hardware(identifier(name), tuple(blocks), inputs, specification.entries, planned.outputs)


def _block(site: Site) -> Block:
    operation = site.stage.operation
    make = _GENERATORS.get(type(operation))
    if make is None:
        raise site.refused(
            f"The open flow has no hardware for it yet ({type(operation).__name__}).", "Use hls4ml for this network."
        )
    return make(site, operation)


def _wanted(entry: str, blocks: list[Block]) -> Stream:
    """What an input brings: as many values a word as the first of its readers takes."""
    reader = next(block for block in blocks if entry in block.sources)
    return reader.reads[reader.sources.index(entry)]
