"""Dense layers."""

from functools import lru_cache
from math import prod

import numpy as np

from engine.emulate.exact.products import Sum
from engine.flows.rtl.adders.graph import AdderGraph
from engine.flows.rtl.adders.outline import outlined
from engine.flows.rtl.adders.share import shared_adders
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.accumulation import Accumulation, accumulation
from engine.flows.rtl.blocks.feed import Arriving
from engine.flows.rtl.blocks.folded import Folded
from engine.flows.rtl.blocks.unrolled import Unrolled
from engine.flows.rtl.folding import Folding
from engine.flows.rtl.site import Site
from engine.flows.rtl.word import Stream


def dense(site: Site, operation: Sum) -> Block:
    """The module of a dense layer: one word in for each step, one out for each pass."""
    n_in, n_out = operation.weights.codes.shape
    reuse_factor = site.stage.reuse_factors[0]
    try:
        folding = Folding.of(n_in, n_out, reuse_factor)
    except ValueError as error:
        raise site.refused(str(error), "Choose a reuse factor that is offered for its strategy.") from error
    frames = prod(site.shape) // n_in
    sums = accumulation(site.stage.name, operation, site.source)
    source = Stream(frames * folding.steps, folding.lanes, site.source)
    feed = Arriving(source, folding)
    target = Stream(frames * folding.passes, folding.rows, site.result)
    is_constant = reuse_factor == 1 and sums.rounding is None
    block: Unrolled | Folded
    if is_constant:
        graph = adder_graph(sums, site.outlined)
        block = Unrolled(sums, graph, source, target, site.finish(sums.total), site.outlined)
        how = f"{len(graph.adders)} adders, a result every cycle"
    else:
        finish, bits = site.finish_in_stages(sums.total), operation.weight_type.width
        block = Folded(sums, folding, feed, target, finish, bits, outlined=site.outlined)
        how = f"{folding.multipliers} products at once"
    about = [
        f"{site.module}: dense, {n_in} → {n_out}, reuse factor {reuse_factor}: {how}.",
        f"In: {source.type}, {source.lanes} a word. Out: {target.type}, {target.lanes} a word.",
    ]
    return Block(
        site.unit.name,
        site.module,
        site.unit.layers,
        site.unit.sources,
        (source,),
        target,
        block.verilog(site.module, about),
        () if is_constant else feed.library,
        lambda arrivals: block.times(arrivals[0]),
        frames * folding.cycles,
        0 if is_constant else folding.multipliers,
        lambda arrivals: [feed.takes(arrivals[0])],
        burst=folding.steps if folding.passes > 1 else 0,
        goes_on=not is_constant,
    )


def adder_graph(sums: Accumulation, is_outlined: bool) -> AdderGraph:
    """The shared adders of a layer, or how deep they will be."""
    if is_outlined:
        return outlined(sums.weights)
    return _kept_graph(sums.weights.astype("int64").tobytes(), *sums.weights.shape)


@lru_cache(maxsize=64)
def _kept_graph(codes: bytes, n_in: int, n_out: int) -> AdderGraph:
    """Sharing takes seconds, and settings change more often than weights."""
    return shared_adders(np.frombuffer(codes, np.int64).reshape(n_in, n_out))
