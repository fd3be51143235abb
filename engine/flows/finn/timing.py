"""When a unit reads and writes during one inference, pixel by pixel, on a clock of its own that stands while it waits.

A word is a pixel with all its channels, or a whole window of one: what passes within a pixel overlaps and is not seen.
"""

from collections.abc import Callable
from functools import lru_cache
from math import prod

import numpy as np

from engine.dataflow import Schedule, schedule
from engine.dataflow.schedule import Ticks
from engine.flows.finn.cost.window import Window
from engine.flows.finn.folded import Folded
from engine.flows.finn.parts import part
from engine.flows.finn.unit import MATRICES, Kind


@lru_cache(maxsize=2_000)
def timing(each: Folded, words_in: tuple[int, ...], outputs: int) -> Schedule:
    """The schedule of a unit that so many words reach at each input, with so many readers."""
    reads, writes = _TIMINGS.get(each.unit.kind, _wordwise)(each, words_in)
    return schedule(reads, [writes] * outputs, rest=1)


def even(count: int, each: int, start: int = 0) -> Ticks:
    """So many ticks at even distances."""
    return start + max(each, 1) * np.arange(count, dtype=np.int64)


Timed = tuple[list[Ticks], Ticks]


def _matrix(each: Folded, words_in: tuple[int, ...]) -> Timed:
    """A pixel is read as the one before is done; of a flattened picture all pixels are, one after the other."""
    pixels, cycles = each.unit.pixels, part(each).cycles
    busy = cycles // pixels
    if words_in[0] == pixels:
        return [even(pixels, busy)], even(pixels, busy, busy)
    return [even(words_in[0], busy // words_in[0])], even(1, 1, busy)


def _wordwise(each: Folded, words_in: tuple[int, ...]) -> Timed:
    """A pixel in, a pixel out; of a flattened picture all pixels are read for the one that comes out."""
    pixels = each.unit.pixels
    busy = max(part(each).cycles // pixels, 1)
    return [even(words, busy * pixels // words) for words in words_in], even(pixels, busy, busy)


def _window(each: Folded, words_in: tuple[int, ...]) -> Timed:
    shape, simd = each.unit.window, each.folding.simd
    assert shape is not None
    reads, writes = _moving(shape, shape.words(simd))
    return [reads], writes


@lru_cache(maxsize=500)
def _moving(shape: Window, words: int) -> tuple[Ticks, Ticks]:
    """Rows are read ahead as far as the buffer of kernel and stride rows goes; a window goes out as soon as its last
    pixel is there and the one before has passed. It counts as given when its first values leave.
    """
    rows, columns = shape.pixels_in
    needed = _last_pixels(shape)
    size = prod(shape.kernel) * words
    room = (shape.kernel[0] + shape.strides[0]) * columns if rows > 1 else shape.kernel[1] + shape.strides[1] + 1
    # The last window that still needs what a pixel displaces from the buffer.
    blocks = np.searchsorted(_first_pixels(shape), np.arange(rows * columns) - room, side="right") - 1
    reads, writes = np.zeros(rows * columns, np.int64), np.zeros(len(needed), np.int64)
    read, done, window = 0, 0, 0
    for pixel in range(rows * columns):
        after = int(writes[blocks[pixel]]) + size if 0 <= blocks[pixel] < window else 0
        read = max(read, after)
        reads[pixel] = read
        read += words
        while window < len(needed) and needed[window] <= pixel:
            done = max(done, read)
            writes[window] = done
            done += size
            window += 1
    return reads, writes


def _last_pixels(shape: Window) -> Ticks:
    """Of each window, the pixel that completes it."""
    return _corner(shape, [d * (k - 1) for k, d in zip(shape.kernel, shape.dilation, strict=True)])


def _first_pixels(shape: Window) -> Ticks:
    return _corner(shape, [0, 0])


def _corner(shape: Window, offsets: list[int]) -> Ticks:
    row = np.arange(shape.pixels_out[0]) * shape.strides[0] + offsets[0]
    column = np.arange(shape.pixels_out[1]) * shape.strides[1] + offsets[1]
    found: Ticks = (row[:, None] * shape.pixels_in[1] + column[None, :]).ravel().astype(np.int64)
    return found


def _max_pool(each: Folded, words_in: tuple[int, ...]) -> Timed:
    """All channels of a pixel a cycle; each window when its last pixel has come."""
    shape = each.unit.window
    assert shape is not None
    return [even(words_in[0], 1)], _last_pixels(shape) + 1


def _gathered(each: Folded, words_in: tuple[int, ...]) -> Timed:
    """Everything is read before anything comes."""
    busy = max(part(each).cycles // (words_in[0] + 1), 1)
    return [even(words_in[0], busy)], even(each.unit.pixels, busy, words_in[0] * busy + busy)


def _padding(each: Folded, words_in: tuple[int, ...]) -> Timed:
    """Zeros around the picture, one word a cycle."""
    outer, inner = each.unit.shape[:-1], each.unit.given[:-1]
    if prod(inner) != words_in[0]:
        inner = outer
    words = each.unit.shape[-1] // each.lanes_out
    place = np.zeros(outer, bool)
    starts = [(out - into) // 2 for out, into in zip(outer, inner, strict=True)]
    place[tuple(slice(at, at + extent) for at, extent in zip(starts, inner, strict=True))] = True
    return [np.flatnonzero(place.ravel()).astype(np.int64) * words], even(place.size, words, words)


def _upsample(each: Folded, words_in: tuple[int, ...]) -> Timed:
    """A row is kept while its copies go out."""
    words = each.unit.channels // each.folding.pe
    ratio = each.unit.pixels // words_in[0]
    return [even(words_in[0], words * ratio)], even(each.unit.pixels, words, words)


_TIMINGS: dict[Kind, Callable[[Folded, tuple[int, ...]], Timed]] = {
    **dict.fromkeys(MATRICES, _matrix),
    Kind.WINDOW: _window,
    Kind.PADDING: _padding,
    Kind.MAX_POOL: _max_pool,
    Kind.GLOBAL_POOL: _gathered,
    Kind.LABEL: _gathered,
    Kind.UPSAMPLE: _upsample,
}
