"""Finding, measuring and ending groups of processes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable

import psutil

from engine.jobs.protocol import TOKEN_VARIABLE

Find = Callable[[], list[psutil.Process]]


def descendants(parent: psutil.Process) -> list[psutil.Process]:
    """Return the running processes below one, at any depth; empty if it has gone."""
    try:
        return [process for process in parent.children(recursive=True) if is_running(process)]
    except psutil.NoSuchProcess:
        return []


def family(token: str) -> list[psutil.Process]:
    """Return the running processes whose environment carries the token of a worker, and all below them."""
    found: set[psutil.Process] = set()
    for pid in psutil.pids():
        try:
            process = psutil.Process(pid)
            if process.environ().get(TOKEN_VARIABLE) == token and is_running(process):
                found |= {process, *descendants(process)}
        except (psutil.Error, OSError):
            continue  # gone meanwhile, or another user's
    return list(found)


def is_running(process: psutil.Process) -> bool:
    """Return whether a process still does anything; one that only waits to be collected does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def resident_bytes(processes: Iterable[psutil.Process]) -> int:
    """Return the sum of the resident memory of the processes that still exist."""
    total = 0
    for process in processes:
        try:
            total += process.memory_info().rss
        except psutil.Error:
            continue  # gone meanwhile
    return total


def end_processes(find: Find, polite: float, patience: float = 1.0) -> list[psutil.Process]:
    """End all that `find` returns; return those that survive.

    They are asked first and have `polite` seconds; then, for up to `patience` seconds, whatever `find`
    still returns is killed, again and again, since a process may start others while it is being ended.
    """
    asked = find()
    _signal(asked, psutil.Process.terminate)
    psutil.wait_procs(asked, timeout=polite)
    deadline = time.monotonic() + patience
    while alive := [process for process in {*asked, *find()} if is_running(process)]:
        left = deadline - time.monotonic()
        if left <= 0:
            return alive
        _signal(alive, psutil.Process.kill)
        psutil.wait_procs(alive, timeout=min(left, 0.2))
    return []


def identity(pid: int) -> dict[str, float]:
    """Return what tells a process from a later one with the same number."""
    return {"pid": pid, "created": psutil.Process(pid).create_time()}


def exists(identity: dict[str, float]) -> bool:
    """Return whether the process of an `identity` still runs."""
    try:
        process = psutil.Process(int(identity["pid"]))
        # The start time is derived from the boot time, which moves a little when the clock is set.
        return is_running(process) and abs(process.create_time() - identity["created"]) < 5.0
    except psutil.Error:
        return False


def own_identity() -> dict[str, float]:
    """Return the identity of the calling process."""
    return identity(os.getpid())


def lower_priority(steps: int = 10) -> None:
    """Let everything else that the computer does go before the calling process; with few steps, only a little."""
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(steps)


def _signal(processes: Iterable[psutil.Process], act: Callable[[psutil.Process], None]) -> None:
    for process in processes:
        try:
            act(process)
        except psutil.Error:
            continue  # gone meanwhile, or not ours to end: the caller counts the survivors
