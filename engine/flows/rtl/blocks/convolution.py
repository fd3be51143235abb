"""Convolutions, ordinary and depthwise: a window's values feed a folded matrix."""

from dataclasses import replace
from math import prod

import numpy as np

from engine.emulate.exact.numbers import Exact
from engine.emulate.exact.products import Sum
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.accumulation import accumulation
from engine.flows.rtl.blocks.feed import Feed
from engine.flows.rtl.blocks.folded import Folded
from engine.flows.rtl.blocks.lines import Lines
from engine.flows.rtl.blocks.shifted import Shifted
from engine.flows.rtl.blocks.sliding import Sliding
from engine.flows.rtl.blocks.windowed import by_channel, in_order, interval
from engine.flows.rtl.folding import Folding
from engine.flows.rtl.site import Site
from engine.flows.rtl.word import Stream


def convolution(site: Site, operation: Sum, sliding: Sliding) -> Block:
    """The module of a convolution: pixels in, one pixel out for each window."""
    n_in, n_out = operation.weights.codes.shape
    reuse_factor = site.stage.reuse_factors[0]
    try:
        folding = Folding.of(n_in, n_out, reuse_factor)
    except ValueError as error:
        raise site.refused(str(error), "Choose a reuse factor that is offered for its strategy.") from error
    serial = sliding.channels % folding.lanes == 0
    feed = _serial(site, sliding, folding) if serial else _parallel(site, sliding, folding)
    return _block(site, operation, sliding, folding, feed)


def depthwise(site: Site, operation: Sum, sliding: Sliding) -> Block:
    """The module of a depthwise convolution: each channel is a row with taps of its own."""
    taps, channels = operation.weights.codes.shape
    folding = depthwise_folding(taps, channels, site.stage.reuse_factors[0])
    spare = folding.n_in - taps
    weights = np.concatenate([operation.weights.codes, np.zeros((spare, channels), operation.weights.codes.dtype)])
    filled = replace(operation, weights=Exact(weights, operation.weights.fraction, operation.weights.bits))
    if folding.lanes == 1:
        feed: Feed = _serial_by_channel(site, sliding, folding)
    else:
        feed = _parallel_by_channel(site, sliding, folding)
    return _block(site, filled, sliding, folding, feed)


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


def _block(site: Site, operation: Sum, sliding: Sliding, folding: Folding, feed: Feed) -> Block:
    sums = accumulation(site.stage.name, operation, site.source)
    target = Stream(sliding.count * folding.passes, folding.rows, site.result)
    finish, own_lanes = site.finish(sums.total), operation.each_channel
    matrix = Folded(sums, folding, feed, target, finish, operation.weight_type.width, own_lanes)
    return Block(
        site.unit.name,
        site.module,
        site.unit.layers,
        site.unit.sources,
        (feed.source,),
        target,
        matrix.verilog(site.module, _about(site, sliding, folding, feed, target)),
        feed.library,
        lambda arrivals: matrix.times(arrivals[0]),
        interval(feed.ends, feed.source.words),
        folding.multipliers,
    )


def _about(site: Site, sliding: Sliding, folding: Folding, feed: Feed, target: Stream) -> list[str]:
    size = " × ".join(str(each) for each in sliding.size)
    picture = f"{sliding.lines} × {sliding.columns} × {sliding.channels}"
    lines, columns = sliding.positions
    kind = "depthwise convolution" if site.stage.operation.each_channel else "convolution"  # type: ignore[attr-defined]
    return [
        f"{site.module}: {kind} of {size}, {picture} → {lines} × {columns} × {folding.n_out},",
        f"reuse factor {site.stage.reuse_factors[0]}: {folding.multipliers} products at once, "
        f"a window every {folding.cycles} cycles.",
        f"In: {feed.source.type}, {feed.source.lanes} a word. Out: {target.type}, {target.lanes} a word.",
    ]


def _serial(site: Site, sliding: Sliding, folding: Folding) -> Lines:
    """Words of the window one by one, out of a memory of lines, again for every pass."""
    words = sliding.channels // folding.lanes
    source = Stream(sliding.lines * sliding.columns * words, folding.lanes, site.source)
    return in_order(sliding, source, words, folding.passes)


def _serial_by_channel(site: Site, sliding: Sliding, folding: Folding) -> Lines:
    """The taps of some channels one by one, then those of the next."""
    source = Stream(sliding.lines * sliding.columns * folding.passes, folding.rows, site.source)
    return by_channel(sliding, source, folding.passes)


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
