"""Building one specification after the other, as far as it goes; what an edit left alone is not made again."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import is_
from typing import Any

from engine.emulate.exact.pooling import GlobalPool, Pool
from engine.emulate.exact.products import Sum
from engine.emulate.exact.stage import Gather, Specification
from engine.flows.rtl.block import Block
from engine.flows.rtl.build import Hardware, block, joined_up, sites
from engine.flows.rtl.errors import NotGeneratedError
from engine.flows.rtl.pace import cycles, pace
from engine.flows.rtl.plan import Plan, plan, replanned
from engine.flows.rtl.site import Site

Causes = tuple[Any, ...]
_KEPT = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """What came of a specification: hardware, or why there is none, for each layer that stands in the way."""

    hardware: Hardware | None
    refusals: tuple[NotGeneratedError, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Last:
    """The last specification under its name, with its pace and its sites."""

    name: str
    specification: Specification
    planned: Plan
    cycles: int
    sites: list[Site]
    found: "list[Block | NotGeneratedError]"


class Builder:
    """Keeps the modules of designs before; `make` makes one. It raises NotGeneratedError."""

    def __init__(self, make: Callable[[Site], Block] = block) -> None:
        self._make = make
        self._known: OrderedDict[Causes, tuple[Site, Block | NotGeneratedError]] = OrderedDict()
        self._last: _Last | None = None

    def attempt(self, specification: Specification, name: str) -> Attempt:
        """The modules of a specification, as far as there are any; `name` is the top's."""
        last = self._last = self._after(self._last, specification, name) or self._anew(specification, name)
        refusals = tuple([each for each in last.found if isinstance(each, NotGeneratedError)])
        if refusals:
            return Attempt(None, refusals)
        blocks = [each for each in last.found if isinstance(each, Block)]
        return Attempt(joined_up(specification, last.planned, blocks, name), ())

    def _anew(self, specification: Specification, name: str) -> _Last:
        planned = plan(specification)
        found = list(sites(specification, planned, name))
        return _Last(name, specification, planned, pace(specification), found, list(map(self._made, found)))

    def _after(self, last: _Last | None, specification: Specification, name: str) -> _Last | None:
        """What only some stages of the last one tell apart; None where more is new."""
        planned = replanned(last.specification, last.planned, specification) if last and last.name == name else None
        if last is None or planned is None or not _keeps_pace(last, specification):
            return None
        here, made = list(last.sites), list(last.found)
        for place, (unit, site) in enumerate(zip(planned.units, last.sites, strict=True)):
            sources = [specification.by_name[source] for source in unit.sources]
            if unit is not site.unit or not all(map(is_, sources, site.sources)):
                here[place] = replace(site, unit=unit, sources=tuple(sources))
                made[place] = self._made(here[place])
        return _Last(name, specification, planned, last.cycles, here, made)

    def _made(self, site: Site) -> Block | NotGeneratedError:
        causes = _causes(site)
        known = self._known.get(causes)
        if known is not None:
            self._known.move_to_end(causes)
            return known[1]
        try:
            made: Block | NotGeneratedError = self._make(site)
        except NotGeneratedError as error:
            made = error
        # Holding the site keeps the ids of its operations from being given to others.
        self._known[causes] = (site, made)
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return made


def _keeps_pace(last: _Last, specification: Specification) -> bool:
    """Whether the slowest layer needs as many cycles as before; mostly no layer needs others."""
    pairs = zip(last.specification.stages, specification.stages, strict=True)
    same = all(cycles(new) == cycles(old) for old, new in pairs if new is not old)
    return same or pace(specification) == last.cycles


def _causes(site: Site) -> Causes:
    """All that a module follows from; what is computed is told by identity, as lowering keeps it."""
    stages = tuple(
        (each.name, id(each.operation), each.result, each.input_shapes, each.shape, each.reuse_factors)
        for each in site.unit.held
    )
    sources = tuple((each.result, each.shape, each.is_bits) for each in site.sources)
    return (site.module, _pace(site), site.unit.layers, site.unit.sources, stages, sources)


def _pace(site: Site) -> object:
    """What a module follows from of how fast the others are."""
    operation = site.stage.operation
    if isinstance(operation, Sum):
        return operation.window is not None and site.hurries
    return (site.lanes, site.cycles) if isinstance(operation, Pool | GlobalPool | Gather) else site.lanes
