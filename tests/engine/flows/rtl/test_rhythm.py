"""When a memory of lines is written and read: many periods at once, held against one word after the other."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.flows.rtl.blocks.lines import Lines
from engine.flows.rtl.blocks.nest import span
from engine.flows.rtl.blocks.shifted import Shifted
from engine.flows.rtl.blocks.sliding import Sliding
from engine.flows.rtl.blocks.windowed import by_channel, in_order
from engine.flows.rtl.word import Stream
from engine.precision import FixedType

SMALL = st.integers(1, 4)
GAPS = st.lists(st.integers(0, 9), min_size=1)


@st.composite
def slidings(draw: st.DrawFn) -> Sliding:
    size, strides = (draw(SMALL), draw(SMALL)), (draw(st.integers(1, 3)), draw(st.integers(1, 3)))
    edges = tuple((draw(st.integers(0, each - 1)), draw(st.integers(0, each - 1))) for each in size)
    found = Sliding(draw(st.integers(1, 9)), draw(st.integers(1, 9)), 4, size, strides, edges)
    assume(all(sum(edge) < extent for edge, extent in zip(edges, (found.lines, found.columns), strict=True)))
    assume(min(found.positions) > 0)
    return found


def arrivals(gaps: list[int], words: int) -> np.ndarray:
    return np.cumsum(np.resize(gaps, words) + 1) - 1


def one_by_one(lines: Lines, times: np.ndarray) -> tuple[list[int], list[int]]:
    """Ends of passes, and when words are written, word by word and read by read."""
    nest, written, ends = lines.nest, list[int](), list[int]()
    freed, free = [(int(nest.bases[0]), 0)], 0

    def write(until: int) -> None:
        while len(written) <= until:
            place = next(cycle for base, cycle in freed if base > len(written) - lines.depth)
            written.append(max(int(times[len(written)]), place, written[-1] + 1 if written else 0))

    asked = np.where(nest.inside, nest.addresses, -1)
    for frame in range(len(times) // nest.words):
        for period, reads in enumerate(asked.tolist()):
            for place, word in enumerate(reads):
                if word >= 0:
                    write(frame * nest.words + word)
                    free = max(free, written[frame * nest.words + word] + 1)
                if (place + 1) % lines.steps == 0:
                    ends.append(free)
                free += 1
            after = int(nest.bases[period + 1]) if period + 1 < len(nest.bases) else int(nest.bases[0]) + nest.words
            freed.append((frame * nest.words + after, free))
    write(len(times) - 1)
    return ends, written


@given(
    slidings(), st.sampled_from([1, 2, 4]), st.integers(0, 3), st.booleans(), st.lists(st.integers(0, 9), min_size=1)
)
def test_all_periods_at_once_are_as_one_read_after_the_other(sliding, words, turns, hurries, gaps):
    source = Stream(sliding.lines * sliding.columns * words, 4 // words, FixedType(8, 4))
    made = in_order(sliding, source, words, turns, hurries) if turns else by_channel(sliding, source, words, hurries)
    times = arrivals(gaps, 2 * source.words)
    ends, written = one_by_one(made, times)
    assert made.ends(times).tolist() == ends
    assert made.takes(times).tolist() == written
    latest = made.needs(times)
    assert (latest >= made.takes(times)).all()
    assert one_by_one(made, latest)[0] == ends


@given(slidings(), st.sampled_from([1, 2, 4]), st.integers(1, 3))
def test_how_far_a_nest_reads_follows_from_its_loops(sliding, words, turns):
    source = Stream(sliding.lines * sliding.columns * words, 4 // words, FixedType(8, 4))
    nest = in_order(sliding, source, words, turns, False).nest
    beyond = nest.addresses - nest.bases[:, None]
    assert nest.furthest == beyond.max()
    assert nest.has_edges == (not nest.inside.all())
    assert span(nest) == (np.where(nest.inside, beyond, 0)).max() + 1


@given(slidings(), st.integers(1, 3), st.integers(1, 3), GAPS)
def test_pixels_are_shifted_in_one_after_the_other(sliding, steps, passes, gaps):
    source = Stream(sliding.lines * sliding.columns, 4, FixedType(8, 4))
    feed = Shifted(sliding, source, [[0]] * (steps * passes), steps)
    times = arrivals(gaps, source.words)
    free, ends, pixels = 0, list[int](), iter(times.tolist())
    (top, _), (left, _) = sliding.edges
    for line in range(sliding.padded[0]):
        for column in range(sliding.padded[1]):
            is_real = top <= line < top + sliding.lines and left <= column < left + sliding.columns
            free = max(free, next(pixels)) if is_real else free
            past = [place - size + 1 for place, size in zip((line, column), sliding.size, strict=True)]
            completes = all(p >= 0 and p % stride == 0 for p, stride in zip(past, sliding.strides, strict=True))
            ends += [free + (turn + 1) * steps for turn in range(passes)] if completes else []
            free += steps * passes if completes else 1
    assert feed.ends(times).tolist() == ends
