"""Running a specification on samples, in portions that fit in memory, keeping what the next run can use again."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.numbers import Codes, Exact, typed
from engine.emulate.exact.stage import Entry, Specification, Stage

Array = NDArray[Any]

_THREADS = 2
"""More would take the memory's bandwidth from each other, and the window's core."""
_KEPT = 1 << 29
"""Bytes of results that are kept from run to run."""


class Kept:
    """Results of stages on the samples of one run after the other; the longest unused go first."""

    def __init__(self, most: int = _KEPT) -> None:
        self.hits = self.misses = 0
        self._most = most
        self._size = 0
        self._results: OrderedDict[str, Codes] = OrderedDict()

    def get(self, digest: str) -> Codes | None:
        """What is kept of a stage."""
        found = self._results.get(digest)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._results.move_to_end(digest)
        return found

    def put(self, digest: str, codes: Codes) -> None:
        """Keep a result."""
        self._size += codes.nbytes - getattr(self._results.pop(digest, None), "nbytes", 0)
        self._results[digest] = codes
        while self._size > self._most and len(self._results) > 1:
            self._size -= self._results.popitem(last=False)[1].nbytes

    def clear(self) -> None:
        """Forget all, as other samples need."""
        self._results.clear()
        self._size = 0


def run(
    specification: Specification, data: Mapping[str, Array], wanted: Iterable[str], kept: Kept | None = None
) -> dict[str, Array]:
    """Stage → its values (samples, *shape) as float64, for every wanted stage.

    `data` holds one array for each entry, named as the user's input layer. With `kept`, stages whose result is there
    are not run, nor are those that only they need.
    """
    names = set(wanted)
    results: dict[str, Codes] = {}
    stages, digests = specification.by_name, specification.digests() if kept is not None else {}
    todo = _needed(specification, names, lambda name: kept.get(digests[name]) if kept is not None else None, results)
    uses = Counter(source for stage in todo for source in set(stage.inputs))
    with ThreadPoolExecutor(_THREADS) as threads:
        for stage in todo:
            inputs = [(stages[source], results[source]) for source in stage.inputs]
            entered = _enter(specification, stage, data)
            results[stage.name] = _computed(stage, inputs, threads) if entered is None else entered
            if kept is not None:
                kept.put(digests[stage.name], results[stage.name])
            _forget(set(stage.inputs), uses, names, results)
    return {name: _typed(results[name], stages[name]).floats() for name in names}


def _forget(read: set[str], uses: Counter[str], wanted: set[str], results: dict[str, Codes]) -> None:
    """Let go of what no stage reads any more."""
    uses.subtract(read)
    for name in read - wanted:
        if not uses[name]:
            del results[name]


def _needed(
    specification: Specification, names: set[str], kept: Callable[[str], Codes | None], found: dict[str, Codes]
) -> list[Stage]:
    """Stages that must be run, in order; results that are kept already are put into `found`."""
    open_, needed = list(names), set[str]()
    while open_:
        name = open_.pop()
        if name in needed or name in found:
            continue
        known = kept(name)
        if known is None:
            needed.add(name)
            open_ += specification.by_name[name].inputs
        else:
            found[name] = known
    return [stage for stage in specification.stages if stage.name in needed]


def _enter(specification: Specification, stage: Stage, data: Mapping[str, Array]) -> Codes | None:
    if not isinstance(stage.operation, Entry):
        return None
    source = next(layer for layer, name in specification.entries.items() if name == stage.name)
    codes = stage.operation.hold(data[source], stage.result).codes.reshape(-1, *stage.shape)
    return codes.astype(_dtype(stage), copy=False)


def _computed(stage: Stage, inputs: list[tuple[Stage, Codes]], threads: Executor) -> Codes:
    """In portions of the samples, side by side: NumPy computes without holding Python's lock."""
    count = len(inputs[0][1])
    operation = stage.operation
    step = max(operation.PORTION // max(operation.elements(stage.input_shapes, stage.shape), 1), 1)
    found: Codes = np.empty((count, *stage.shape), _dtype(stage))

    def compute(first: int) -> None:
        part = slice(first, first + step)
        portion = [_typed(codes[part], source, operation.TAKES_SMALL) for source, codes in inputs]
        found[part] = stage.run(portion).codes

    for _ in threads.map(compute, range(0, count, step)):
        pass
    return found


def _typed(codes: Codes, stage: Stage, small: bool = False) -> Exact:
    if small:
        return Exact(codes, stage.result.fraction, stage.result.width)
    return typed(codes if codes.dtype == object else codes.astype(np.int64, copy=False), stage.result)


def _dtype(stage: Stage) -> type:
    """As few bytes as the type needs."""
    width = stage.result.width + (not stage.result.signed)
    return next((each for size, each in _SIZES if width <= size), object)


_SIZES: tuple[tuple[int, type], ...] = ((8, np.int8), (16, np.int16), (32, np.int32), (63, np.int64))
