"""What a table of places does: zeros around a picture, or a frame read in the order of loops."""

from collections.abc import Iterator
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.stage import Gather, Stage
from engine.flows.rtl.blocks.nest import Loop, Nest
from engine.flows.rtl.blocks.sliding import Edges
from engine.network.op import Shape


def zeros_around(stage: Stage) -> Edges | None:
    """The zeros that a stage puts around a picture, or a sequence; None if it does something else."""
    operation = stage.operation
    return _zeros_around(operation, stage.input_shapes[0], stage.shape) if isinstance(operation, Gather) else None


@lru_cache(maxsize=256)
def _zeros_around(operation: Gather, shape: Shape, target: Shape) -> Edges | None:
    index = operation.index
    if not 2 <= len(shape) <= 3 or len(shape) != len(target) or (index == 0).sum() != 1:
        return None
    first = np.unravel_index(int(np.flatnonzero(index == 0)[0]), target)
    pairs = [(int(a), m - n - int(a)) for a, n, m in zip(first, shape, target, strict=True)]
    if min(min(pair) for pair in pairs) < 0 or pairs[-1] != (0, 0):
        return None
    made = np.pad(np.arange(prod(shape)).reshape(shape), pairs, constant_values=-1)
    if not np.array_equal(made.ravel(), index):
        return None
    return (0, 0) if len(shape) == 2 else pairs[0], pairs[-2]


def reads_of(operation: Gather, shape: Shape, target: Shape) -> Nest | None:
    """The loops that read a frame so; None where none do, or zeros are put in."""
    if (operation.index < 0).any():
        return None
    loops = tuple(_named(_split(operation.index.reshape(target))))
    start = int(operation.index[0])
    walked = np.array([start])
    for loop in loops:
        walked = (walked[:, None] + np.arange(loop.count) * loop.address).ravel()
    if not np.array_equal(walked, operation.index):
        return None
    nest = Nest(loops, 0, 1, prod(shape), 0, start)
    return Nest(loops, max(_monotonous(nest)), 1, prod(shape), 0, start)


def _split(index: NDArray[Any]) -> Iterator[tuple[int, int]]:
    """(count, step) of the loops: an axis that repeats its places is two."""
    for axis, count in enumerate(index.shape):
        along = np.moveaxis(index, axis, 0).reshape(count, -1)[:, 0]
        changes = np.flatnonzero(np.diff(along))
        repeats = int(changes[0]) + 1 if changes.size else count
        if repeats > 1 and count % repeats == 0 and repeats < count:
            yield count // repeats, int(along[repeats] - along[0])
            yield repeats, 0
        else:
            yield count, int(along[1] - along[0]) if count > 1 else 0


def _named(loops: Iterator[tuple[int, int]]) -> Iterator[Loop]:
    """Loops that do something; two that go on evenly are one."""
    joined: list[tuple[int, int]] = []
    for count, step in loops:
        if count == 1:
            continue
        if joined and joined[-1][1] == count * step:
            joined[-1] = (joined[-1][0] * count, step)
        else:
            joined.append((count, step))
    for place, (count, step) in enumerate(joined):
        yield Loop(f"turn{place}", count, step, 0, step)


def _monotonous(nest: Nest) -> Iterator[int]:
    """Numbers of outer loops that never go back."""
    for freeing in range(len(nest.loops) + 1):
        outer = Nest(nest.loops, freeing, nest.lines, nest.places, nest.line, nest.place)
        if min(outer.jumps()) >= 0 and all(loop.address >= 0 for loop in nest.loops):
            yield freeing
