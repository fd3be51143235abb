"""Convolutions, ordinary and depthwise: a window's values feed a folded matrix.

Windows are computed one after the other, as fast as the reuse factor says; hls4ml's parallelisation factor, several at
once, means nothing here.
"""

from dataclasses import replace
from functools import lru_cache
from math import prod

import numpy as np

from engine.emulate.exact.products import Sum
from engine.flows.rtl.block import Block, Paced
from engine.flows.rtl.blocks.accumulation import Accumulation, Codes, accumulation
from engine.flows.rtl.blocks.dense import adder_graph
from engine.flows.rtl.blocks.folded import Folded
from engine.flows.rtl.blocks.lines import Lines
from engine.flows.rtl.blocks.shifted import Shifted
from engine.flows.rtl.blocks.sliding import Sliding
from engine.flows.rtl.blocks.unrolled import Unrolled
from engine.flows.rtl.blocks.window_sums import WindowSums
from engine.flows.rtl.blocks.windowed import by_channel, in_order, interval
from engine.flows.rtl.folding import Folding
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.number import Number
from engine.flows.rtl.word import Stream


def convolution(site: Site, operation: Sum, sliding: Sliding) -> Block:
    """The module of a convolution: pixels in, one pixel out for each window."""
    n_in, n_out = operation.weights.codes.shape
    try:
        folding = Folding.of(n_in, n_out, site.stage.reuse_factors[0])
    except ValueError as error:
        raise site.refused(str(error), "Choose a reuse factor that is offered for its strategy.") from error
    sums = accumulation(site.stage.name, operation, site.source)
    if _is_constant(sums, folding):
        return _unrolled(site, sliding, sums)
    serial = sliding.channels % folding.lanes == 0
    feed = _serial(site, sliding, folding) if serial else _parallel(site, sliding, folding)
    return _folded(site, operation, sliding, feed, folding, sums)


def depthwise(site: Site, operation: Sum, sliding: Sliding) -> Block:
    """The module of a depthwise convolution: each channel is a row with taps of its own."""
    taps, channels = operation.weights.codes.shape
    folding = depthwise_folding(taps, channels, site.stage.reuse_factors[0])
    sums = _with_rows(accumulation(site.stage.name, operation, site.source), folding.n_in)
    if _is_constant(sums, folding):
        return _unrolled(site, sliding, replace(sums, weights=_across_channels(sums.weights)))
    serial = folding.lanes == 1
    feed = _serial_by_channel(site, sliding, folding) if serial else _parallel_by_channel(site, sliding, folding)
    return _folded(site, operation, sliding, feed, folding, sums)


def _is_constant(sums: Accumulation, folding: Folding) -> bool:
    """Whether all products are made at once, and exactly: then constants are adders."""
    return folding.cycles == 1 and sums.rounding is None


def _with_rows(sums: Accumulation, count: int) -> Accumulation:
    """The same with weights of 0 behind, so that there are so many taps."""
    spare, given = count - len(sums.weights), sums.weight
    if not spare:
        return sums
    weight = Number(min(given.low, 0), max(given.high, 0), given.fraction)
    none = np.zeros((spare, sums.weights.shape[1]), sums.weights.dtype)
    return replace(sums, weights=np.concatenate([sums.weights, none]), weight=weight)


def _across_channels(weights: Codes) -> Codes:
    """Weights of (taps, channels) as a matrix of (taps · channels, channels)."""
    return np.concatenate([np.diag(row) for row in weights])


def depthwise_folding(taps: int, channels: int, reuse_factor: int) -> Folding:
    """The fewest multipliers with which a window takes no more cycles than the reuse factor says."""
    found = [
        Folding(lanes * -(-taps // lanes), channels, lanes, rows)
        for rows in range(1, channels + 1)
        if channels % rows == 0
        for lanes in range(1, taps + 1)
    ]
    fast = [folding for folding in found if folding.cycles <= reuse_factor]
    return min(fast, key=lambda folding: (folding.multipliers, folding.lanes))


def _folded(
    site: Site, operation: Sum, sliding: Sliding, feed: Lines | Shifted, folding: Folding, sums: Accumulation
) -> Block:
    """Products made by multipliers that go through the weights."""
    target = Stream(sliding.count * folding.passes, folding.rows, site.result)
    finish, own_lanes = site.finish_in_stages(sums.total), operation.each_channel
    matrix = Folded(sums, folding, feed, target, finish, operation.weight_type.width, own_lanes, site.outlined)
    how = f"{folding.multipliers} products at once, a window every {folding.cycles} cycles"
    return _block(site, sliding, matrix, feed, how, folding.multipliers)


def _unrolled(site: Site, sliding: Sliding, sums: Accumulation) -> Block:
    """Products as shared adders, a window every cycle."""
    n_in, n_out = sums.weights.shape
    window = _shifted(site, sliding, [list(range(n_in))], 1)
    graph = adder_graph(sums, site.outlined)
    source, target = Stream(sliding.count, n_in, site.source), Stream(sliding.count, n_out, site.result)
    matrix = WindowSums(window, Unrolled(sums, graph, source, target, site.finish(sums.total), site.outlined))
    return _block(site, sliding, matrix, window, f"{len(graph.adders)} adders, a window every cycle", 0)


def _block(
    site: Site, sliding: Sliding, matrix: Folded | WindowSums, feed: Lines | Shifted, how: str, multipliers: int
) -> Block:
    return Block(
        site.unit.name,
        site.module,
        site.unit.layers,
        site.unit.sources,
        (feed.source,),
        matrix.target,
        matrix.verilog(site.module, _about(site, sliding, how, feed.source, matrix.target)),
        feed.library,
        lambda arrivals: matrix.times(arrivals[0]),
        _interval(Paced(feed.pace, feed)),
        multipliers,
        lambda arrivals: [feed.takes(arrivals[0])],
        (lambda arrivals: [feed.needs(arrivals[0])]) if isinstance(feed, Lines) else None,
        goes_on=isinstance(matrix, Folded),
        pace=(feed.pace, matrix.delay) if isinstance(matrix, Folded) else None,
    )


@lru_cache(maxsize=256)
def _interval(feed: Paced[Lines | Shifted]) -> int:
    return interval(feed.of.ends, feed.of.source.words)


def _about(site: Site, sliding: Sliding, how: str, source: Stream, target: Stream) -> list[str]:
    size = " × ".join(str(each) for each in sliding.size)
    picture, result = (" × ".join(str(each) for each in shape) for shape in (site.shape, site.stage.shape))
    operation = site.stage.operation
    assert isinstance(operation, Sum)
    kind = "depthwise convolution" if operation.each_channel else "convolution"
    return [
        f"{site.module}: {kind} of {size}, {picture} → {result}, reuse factor {site.stage.reuse_factors[0]}: {how}.",
        f"In: {source.type}, {source.lanes} a word. Out: {target.type}, {target.lanes} a word.",
    ]


def _serial(site: Site, sliding: Sliding, folding: Folding) -> Lines:
    """Words of the window one by one, out of a memory of lines, again for every pass."""
    words = sliding.channels // folding.lanes
    source = Stream(sliding.lines * sliding.columns * words, folding.lanes, site.source)
    return in_order(sliding, source, words, folding.passes, site.hurries)


def _serial_by_channel(site: Site, sliding: Sliding, folding: Folding) -> Lines:
    """The taps of some channels one by one, then those of the next."""
    source = Stream(sliding.lines * sliding.columns * folding.passes, folding.rows, site.source)
    return by_channel(sliding, source, folding.passes, site.hurries)


def _parallel(site: Site, sliding: Sliding, folding: Folding) -> Shifted:
    """A window in registers, some values a step."""
    choices = np.arange(folding.n_in).reshape(folding.steps, folding.lanes)
    return _shifted(site, sliding, choices.tolist(), folding.steps)


def _parallel_by_channel(site: Site, sliding: Sliding, folding: Folding) -> Shifted:
    """A window in registers; of each step, some taps of some channels, a channel's side by side."""
    places = np.full((folding.n_in, folding.n_out), -1)
    places[: sliding.taps] = np.arange(sliding.taps * folding.n_out).reshape(sliding.taps, -1)
    split = places.reshape(folding.steps, folding.lanes, folding.passes, folding.rows)
    choices = split.transpose(2, 0, 3, 1).reshape(folding.cycles, -1)
    return _shifted(site, sliding, choices.tolist(), folding.steps)


def _shifted(site: Site, sliding: Sliding, choices: list[list[int]], steps: int) -> Shifted:
    source = Stream(prod((sliding.lines, sliding.columns)), sliding.channels, site.source)
    return Shifted(sliding, source, choices, steps)
