"""Many modules, a few at once: one that fails keeps the results of the others."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from engine.environment.open_tools import YOSYS
from engine.flows.rtl.synthesis.cache import ResultCache
from engine.flows.rtl.synthesis.cells import Cells
from engine.flows.rtl.synthesis.source import Source
from engine.flows.rtl.synthesis.synthesise import synthesise
from engine.flows.rtl.synthesis.technology import Technology
from engine.flows.rtl.tools import OpenToolError, Trouble, prepare

_ROOM = 1.5e9
"""Bytes that must be free for one more run beside others: a module of 50,000 tables takes 1.1 GB."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module to be mapped: `name` is the user's layer or any other name that is wanted for the result."""

    name: str
    top: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a module has no result; the text is for the user, its log is in the module's folder."""

    trouble: Trouble
    reason: str


Outcome = Cells | Failure
Told = Callable[[str, Outcome, float], None]
"""Is given a module that has ended, its outcome, and how far all of it is, 0 to 1."""


def synthesise_all(
    modules: Sequence[Module],
    technology: Technology,
    folder: Path,
    *,
    cache: ResultCache | None = None,
    at_once: int | None = None,
    told: Told = lambda _name, _outcome, _fraction: None,
) -> dict[str, Outcome]:
    """Map each module by itself, out of context, in a folder of its own below `folder`; the outcomes by name.

    `at_once` run beside each other, as many as there are processors if it is not given, fewer where memory is short.
    A failure is an outcome, not an error; only a Yosys that cannot be had raises OpenToolError.
    """
    prepare([YOSYS])
    gate = _Gate(at_once or _usual())
    outcomes: dict[str, Outcome] = {}
    # The longest first, so that it is not the one that all wait for.
    order = sorted(enumerate(modules), key=lambda pair: -sum(len(source.verilog) for source in pair[1].sources))
    with ThreadPoolExecutor(gate.most, thread_name_prefix="synthesis") as pool:
        running = {
            pool.submit(_outcome, module, technology, folder / f"module{index}", cache, gate): module.name
            for index, module in order
        }
        for future in as_completed(running):
            outcomes[running[future]] = future.result()
            told(running[future], future.result(), len(outcomes) / len(modules))
    return {module.name: outcomes[module.name] for module in modules}


def _usual() -> int:
    """As many as there are processors, and memory for."""
    return max(1, min(psutil.cpu_count() or 1, int(psutil.virtual_memory().available / _ROOM)))


def _outcome(module: Module, technology: Technology, folder: Path, cache: ResultCache | None, gate: "_Gate") -> Outcome:
    try:
        with gate.passed():
            return synthesise(module.sources, module.top, technology, folder, cache=cache)
    except OpenToolError as error:
        return Failure(error.trouble, str(error))


class _Gate:
    """Lets through as many as memory allows, and one always."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._inside = 0
        self._changed = threading.Condition()

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Wait to be let through; leave at the end of the context."""
        with self._changed:
            self._changed.wait_for(self._is_open)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def _is_open(self) -> bool:
        return self._inside == 0 or psutil.virtual_memory().available > _ROOM
