"""A process that answers a window's questions: one line of JSON in, one line out, until nobody listens any more."""

import json
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any

from engine.jobs.processes import lower_priority

_BEHIND_THE_WINDOW = 3
"""The window goes first; but somebody waits for the answer, also where a synthesis keeps every core busy."""


def command_of(module: str, frozen: str) -> list[str]:
    """The command line of such a process; `frozen` asks an installer's single executable for it."""
    return [sys.executable, frozen] if getattr(sys, "frozen", False) else [sys.executable, "-m", module]


def serve(answer: Callable[[Any], dict[str, Any]]) -> int:
    """Answer one question after another on standard output.

    The process ends when its standard input does, also in the middle of an answer.
    """
    lower_priority(_BEHIND_THE_WINDOW)
    questions: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(questions,), name="questions", daemon=True).start()
    while True:
        line = json.dumps(answer(json.loads(questions.get())))
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _listen(questions: "queue.SimpleQueue[bytes]") -> None:
    for line in sys.stdin.buffer:
        questions.put(line)
    os._exit(0)
