"""The entry point of a worker process: `python -m engine.jobs.worker [--low-priority]`.

Requests come in on standard input, events go out on standard output, the log is standard error. Job code
and its tools print wherever they like, so both channels are moved out of their reach first, before any
import that could print: afterwards standard input is empty and standard output is the log.
"""

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Be a worker until the last request, or until the studio has gone; return the exit code."""
    requests, events = _claim_channels()
    if sys.platform != "win32":
        from engine.jobs.guard import stand_guard

        stand_guard(requests, events)
    from engine.jobs.serve import serve

    return serve(requests, events, arguments)


def _claim_channels() -> tuple[int, int]:
    """Return private copies of standard input and output, and point these at nothing and at the log."""
    requests = os.dup(0)
    events = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, events


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
