"""The guard of a worker: a tiny process above it that leaves nobody behind (Linux and macOS).

A thread inside the worker cannot do this: while the job is inside C code that holds the interpreter's lock,
no other thread runs. So the process that the runner started forks before anything heavy is imported; the
child becomes the worker, the parent waits for one of two things, the worker's end or the end of the studio
(the request channel hangs up; being asked to terminate counts as well), then ends whatever is left and
leaves the way the worker left. On Linux the guard adopts orphans, so that a tool cannot hide by starting a
session of its own or by forking twice.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import sys

import psutil

from engine.jobs.processes import descendants, end_processes
from engine.jobs.protocol import POLITE_SECONDS

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def stand_guard(requests: int, events: int) -> None:
    """Return in the worker only; the calling process becomes its guard and never returns.

    `requests` and `events` are the file descriptors of the two channels.
    """
    signal.pthread_sigmask(signal.SIG_SETMASK, ())  # a mask of the studio's thread would come along
    guard = os.getpid()
    worker = os.fork()
    if worker == 0:
        _die_with(guard)
        return
    try:
        os.close(events)  # its end must mean the end of the worker
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)
        status = _watch(worker, requests)
        end_processes(lambda: descendants(psutil.Process()), POLITE_SECONDS)
        _collect(worker)  # whoever waits for them need not wait for init to do it
        _leave_like(status)
    finally:
        os._exit(1)


def _die_with(guard: int) -> None:
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != guard:
        os._exit(1)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _watch(worker: int, requests: int) -> int | None:
    """Wait; return the worker's exit status, None if the studio has gone first."""
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, lambda *_: None)  # the number arrives through the pipe
    poll = select.poll()
    poll.register(wake, select.POLLIN)
    poll.register(requests, 0)  # hang-up only: what arrives is for the worker
    while True:
        status = _collect(worker)
        if status is not None:
            return status
        ready = dict(poll.poll())
        if requests in ready or signal.SIGTERM in os.read(wake, 4096):
            return None


def _collect(worker: int) -> int | None:
    """Collect all children that have ended, adopted ones too; return the worker's status if it is among them."""
    found = None
    try:
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            if ended[0] == worker:
                found = ended[1]
    except ChildProcessError:
        pass  # nobody left to wait for
    return found


def _leave_like(status: int | None) -> None:
    if status is None:
        os._exit(0)
    if not os.WIFSIGNALED(status):
        os._exit(os.waitstatus_to_exitcode(status))
    number = os.WTERMSIG(status)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if number != signal.SIGKILL:
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
