"""Building one specification after the other, as far as it goes; what an edit left alone is not made again."""

from dataclasses import dataclass
from typing import Any

from engine.emulate.exact.stage import Specification
from engine.flows.rtl.block import Block
from engine.flows.rtl.build import Hardware, block, joined_up, sites
from engine.flows.rtl.errors import NotGeneratedError
from engine.flows.rtl.plan import plan
from engine.flows.rtl.site import Site

Causes = tuple[Any, ...]
_KEPT = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """What came of a specification: hardware, or why there is none, for each layer that stands in the way."""

    hardware: Hardware | None
    refusals: tuple[NotGeneratedError, ...]


class Builder:
    """Keeps the modules of designs before."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Causes, Site, Block | NotGeneratedError]] = {}

    def attempt(self, specification: Specification, name: str) -> Attempt:
        """The modules of a specification, as far as there are any; `name` is the top's."""
        planned = plan(specification)
        found = [self._made(site) for site in sites(specification, planned, name)]
        refusals = tuple(each for each in found if isinstance(each, NotGeneratedError))
        if refusals:
            return Attempt(None, refusals)
        blocks = [each for each in found if isinstance(each, Block)]
        return Attempt(joined_up(specification, planned, blocks, name), ())

    def _made(self, site: Site) -> Block | NotGeneratedError:
        causes, unit = _causes(site), site.unit.name
        known = self._known.get(unit)
        if known is not None and known[0] == causes:
            return known[2]
        if len(self._known) > _KEPT:
            self._known.clear()
        try:
            made: Block | NotGeneratedError = block(site)
        except NotGeneratedError as error:
            made = error
        # Holding the site keeps the ids of its operations from being given to others.
        self._known[unit] = (causes, site, made)
        return made


def _causes(site: Site) -> Causes:
    """All that a module follows from; what is computed is told by identity, as lowering keeps it."""
    stages = [
        (each.name, id(each.operation), each.result, each.input_shapes, each.shape, each.reuse_factors)
        for each in site.unit.stages
    ]
    sources = [(each.result, each.shape, each.is_bits) for each in site.sources]
    return (site.module, site.lanes, site.unit.layers, site.unit.sources, stages, sources)
