"""Inside a worker: take requests, run the job functions they name, report how each ended."""

from __future__ import annotations

import faulthandler
import importlib
import io
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager
from typing import Any

import psutil

from engine.jobs.errors import SpecError
from engine.jobs.events import Failure, Final, Hello, Result, encode_event
from engine.jobs.folder import read_spec
from engine.jobs.processes import lower_priority
from engine.jobs.protocol import LOW_PRIORITY, TOKEN_VARIABLE, Request, log_mark
from engine.jobs.reasons import explain_exception
from engine.jobs.reporter import EventChannel, Reporter
from engine.jobs.spec import JobSpec


def serve(requests: int, events: int, arguments: Sequence[str]) -> int:
    """Run one request after another; return 0 after the last one."""
    _prepare(low_priority=LOW_PRIORITY in arguments)
    channel = EventChannel(events)
    inbox: queue.SimpleQueue[Request] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox), name="requests", daemon=True).start()
    channel.send(Hello(os.getpid()))
    last = False
    while not last:
        request = inbox.get()
        _serve_one(request, channel)
        last = request.last
    return 0


def _prepare(low_priority: bool) -> None:
    faulthandler.enable()  # a crash in C code leaves the Python stack in the log
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    if low_priority:
        lower_priority()


def _listen(requests: int, inbox: queue.SimpleQueue[Request]) -> None:
    with os.fdopen(requests, "rb") as stream:
        for line in stream:
            inbox.put(Request.decode(line))
    _follow_the_studio()


def _follow_the_studio() -> None:
    """End the worker with all it started: the studio has gone."""
    if sys.platform != "win32":
        os.killpg(0, signal.SIGTERM)  # the guard, which belongs to the group, sees to the rest
        return
    for child in psutil.Process().children(recursive=True):
        child.kill()
    os._exit(0)


def _serve_one(request: Request, channel: EventChannel) -> None:
    job = ""
    try:
        spec = read_spec(request.folder)
        job = spec.id
        with _at_home(request):
            value = _resolve(spec)(Reporter(channel, spec.id, request.folder), **spec.arguments)
        final: Final = Result(value)
        line = encode_event(final, job)
    except BaseException as error:  # noqa: BLE001 - whatever ends a job function is the reason of the failure
        traceback.print_exc()
        line = encode_event(Failure(explain_exception(error)), job)
    _mark_end_of_log()
    channel.write(line)


@contextmanager
def _at_home(request: Request) -> Iterator[None]:
    """Run a job in its folder, and give the next one the environment and folder this one found."""
    before = dict(os.environ)
    with chdir(request.folder):
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def _resolve(spec: JobSpec) -> Callable[..., Any]:
    module, _, name = spec.kind.partition(":")
    function = getattr(importlib.import_module(module), name, None)
    # Only what the module defines itself: not what it happens to import.
    if not callable(function) or getattr(function, "__module__", None) != module:
        raise SpecError(f"{spec.kind!r} is not a job.")
    found: Callable[..., Any] = function
    return found


def _mark_end_of_log() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(2, log_mark(os.environ[TOKEN_VARIABLE]))
