"""Windows as reads of a memory of lines."""

from collections.abc import Callable

import numpy as np

from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.lines import Lines
from engine.flows.rtl.blocks.nest import Loop, Nest
from engine.flows.rtl.blocks.sliding import Sliding
from engine.flows.rtl.word import Stream

_FRAMES = 3
"""Frames one behind the other after which they come at an even pace."""


def interval(ends: Callable[[Times], Times], words: int) -> int:
    """Cycles from one frame to the next, of words that come one a cycle."""
    last = ends(np.arange(_FRAMES * words)).reshape(_FRAMES, -1)[:, -1]
    return int(last[-1] - last[-2])


def in_order(sliding: Sliding, source: Stream, words: int, turns: int, hurries: bool) -> Lines:
    """All words of a window one by one, again in every turn; `words` are a pixel's."""
    taps = Loop("tap", sliding.size[1] * words, 1, 0, 1)
    return Lines(_nest(sliding, words, Loop("turn", turns, 0), taps), source, sliding.taps * words, hurries)


def by_channel(sliding: Sliding, source: Stream, words: int, hurries: bool, fill: int = 0) -> Lines:
    """Of each word of a pixel the taps one by one, then those of the next."""
    taps = Loop("tap", sliding.size[1], words, 0, words)
    return Lines(_nest(sliding, words, Loop("group", words, 1, 0, 1), taps), source, sliding.taps, hurries, fill)


def _nest(sliding: Sliding, words: int, each: Loop, taps: Loop) -> Nest:
    places, (down, right) = sliding.columns * words, sliding.strides
    lines, columns = sliding.positions
    loops = (
        Loop("window_line", lines, down * places, down, 0),
        Loop("window_column", columns, right * words, 0, right * words),
        each,
        Loop("tap_line", sliding.size[0], places, 1, 0),
        taps,
    )
    (top, _), (left, _) = sliding.edges
    return Nest(loops, 2, sliding.lines, places, -top, -left * words)
