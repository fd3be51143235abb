"""Why a job failed, in plain words."""

from __future__ import annotations

import errno
import signal

from engine.jobs.errors import EventError, JobError
from engine.jobs.reporter import explain_code

_DISK = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "the disk quota is used up"}
_CRASHES = {"SIGSEGV", "SIGABRT", "SIGFPE", "SIGILL", "SIGBUS"}


def explain_exception(error: BaseException) -> str:
    """Return the reason of a job whose function raised this; the traceback belongs into the log."""
    match error:
        case JobError() | EventError():
            return str(error) or "The job gave no reason."
        case MemoryError():
            return "The job ran out of memory."
        case OSError() if is_disk_full(error):
            return explain_disk(error)
        case ModuleNotFoundError() if error.name:
            return f"The Python package {error.name} is not installed."
        case SystemExit():
            return f"The job ended itself with exit code {error.code}."
    text = " ".join(str(error).split())
    name = type(error).__name__
    return f"{name}: {text[:500]}" if text else name


def is_disk_full(error: OSError) -> bool:
    """True if a file could not be written for want of room."""
    return error.errno in _DISK


def explain_disk(error: OSError) -> str:
    """Return what kept a file from being written."""
    where = f"{error.filename} could not be written" if error.filename else "A file could not be written"
    return f"{where}: {_DISK.get(error.errno or 0, error.strerror or 'unknown error')}."


def explain_exit(code: int | None, peak_memory: int) -> str:
    """Return the reason of a job whose worker left without a result.

    `code` is its exit code, None if it is not known; `peak_memory` is in bytes.
    """
    if code is None:
        return "The worker stopped reporting and had to be ended."
    if code == 0:
        return "The worker left without a result."
    if -code in set(signal.Signals) and signal.Signals(-code).name in _CRASHES:
        return f"The worker crashed ({signal.Signals(-code).name}); the log may say where."
    used = f" It used {peak_memory / 1e9:.1f} GB." if code < 0 and peak_memory else ""
    return f"The worker {explain_code(code)} before it had a result.{used}"
