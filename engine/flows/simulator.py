"""The process that simulates streamed designs for a window: `python -m engine.flows.simulator`.

A design comes in as one line of JSON on standard input, its simulation goes out as one line on standard output:
`{"simulation": ...}`, or `{"refusal": "why there is none"}`. It ends when its standard input does, also in the middle
of a run: nobody waits for the answer any more.
"""

import json
import os
import queue
import sys
import threading
from typing import Any

from engine.dataflow import NotStreamedError, simulation
from engine.dataflow.codec import simulation_to_json
from engine.flows.registry import flow
from engine.jobs.processes import lower_priority
from engine.project.codec import design_from_json

FROZEN_COMMAND = "simulate-streams"
"""In an installer's single executable, the first argument that asks for `main`."""


def simulator_command() -> list[str]:
    """The command line of such a process."""
    frozen = bool(getattr(sys, "frozen", False))
    return [sys.executable, FROZEN_COMMAND] if frozen else [sys.executable, "-m", "engine.flows.simulator"]


def answer(design: Any) -> dict[str, Any]:
    """Simulate a design given as its JSON value."""
    try:
        read = design_from_json(design)
        return {"simulation": simulation_to_json(simulation(flow(read.target.flow).streams(read)))}
    except NotStreamedError as error:
        return {"refusal": str(error)}


def main() -> int:
    """Answer one request after another."""
    lower_priority()
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), name="requests", daemon=True).start()
    while True:
        line = json.dumps(answer(json.loads(requests.get())))
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _listen(requests: "queue.SimpleQueue[bytes]") -> None:
    for line in sys.stdin.buffer:
        requests.put(line)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
