"""Dense layers."""

from math import prod

from engine.emulate.exact.products import Sum
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.accumulation import accumulation
from engine.flows.rtl.blocks.folded import LIBRARY, Folded
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
    source = Stream(folding.steps, folding.lanes, site.source)
    target = Stream(folding.passes, folding.rows, site.result)
    block = Folded(sums, folding, source, target, site.finish(sums.total), operation.weight_type.width)
    about = [
        f"{site.module}: dense, {n_in} → {n_out}, reuse factor {reuse_factor}: {folding.multipliers} products at once.",
        f"In: {source.type}, {source.lanes} a word. Out: {target.type}, {target.lanes} a word.",
    ]
    return Block(
        site.unit.name,
        site.module,
        site.unit.layers,
        site.unit.sources,
        (Stream(frames * folding.steps, folding.lanes, site.source),),
        Stream(frames * folding.passes, folding.rows, site.result),
        block.verilog(site.module, about),
        LIBRARY,
        lambda arrivals: block.times(arrivals[0]),
        frames * folding.cycles,
        folding.multipliers,
    )
