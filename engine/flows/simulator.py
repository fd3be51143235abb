"""The process that simulates streamed designs for a window: `python -m engine.flows.simulator`.

A design comes in as its JSON value; the answer is `{"simulation": ...}`, or `{"refusal": "why there is none"}`.
"""

import sys
from typing import Any

from engine.dataflow import NotStreamedError, simulation
from engine.dataflow.codec import simulation_to_json
from engine.flows.answering import command_of, serve
from engine.flows.registry import flow
from engine.project.codec import design_from_json

FROZEN_COMMAND = "simulate-streams"
"""In an installer's single executable, the first argument that asks for `main`."""


def simulator_command() -> list[str]:
    """The command line of such a process."""
    return command_of("engine.flows.simulator", FROZEN_COMMAND)


def answer(design: Any) -> dict[str, Any]:
    """Simulate a design given as its JSON value."""
    try:
        read = design_from_json(design)
        return {"simulation": simulation_to_json(simulation(flow(read.target.flow).streams(read)))}
    except NotStreamedError as error:
        return {"refusal": str(error)}


def main() -> int:
    """Answer one request after another."""
    return serve(answer)


if __name__ == "__main__":
    sys.exit(main())
