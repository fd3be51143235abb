"""Legal values of numbers that fold a layer, quick enough to ask in every frame."""

from bisect import bisect_left
from functools import lru_cache
from math import isqrt


@lru_cache(maxsize=4096)
def divisors(number: int) -> tuple[int, ...]:
    """All divisors, ascending."""
    small = [each for each in range(1, isqrt(number) + 1) if number % each == 0]
    large = [number // each for each in reversed(small) if each * each != number]
    return (*small, *large)


def nearest(legal: tuple[int, ...], asked: int) -> int:
    """The legal value that is built instead of another one: the closest, the smaller of two. `legal` ascends.

    So hls4ml chooses, without a word.
    """
    place = bisect_left(legal, asked)
    if place == 0:
        return legal[0]
    if place == len(legal):
        return legal[-1]
    before, after = legal[place - 1], legal[place]
    return after if after - asked < asked - before else before
