"""The process that evaluates designs bit for bit for a window: `python -m engine.flows.evaluator`.

What comes in is `{"design": ..., "tensors": "folder of the weights"}`; the answer is `{"comparison": ...}` as
`Comparer.compare` gives it, or `{"refusal": "why there is none"}`.
"""

import sys
from pathlib import Path
from typing import Any

from engine.flows.answering import command_of, serve
from engine.flows.flow import Comparer
from engine.flows.registry import flow
from engine.network import MissingTensorError, TensorStore
from engine.project.codec import design_from_json

FROZEN_COMMAND = "evaluate-designs"
"""In an installer's single executable, the first argument that asks for `main`."""


def evaluator_command() -> list[str]:
    """The command line of such a process."""
    return command_of("engine.flows.evaluator", FROZEN_COMMAND)


class Answers:
    """Answers one question after the other, and keeps what the next one may use again."""

    def __init__(self) -> None:
        self._comparers: dict[tuple[str, str], Comparer] = {}

    def __call__(self, question: Any) -> dict[str, Any]:
        """The comparison of a design, or why there is none."""
        try:
            design = design_from_json(question["design"])
            comparer = self._comparer(design.target.flow, question["tensors"])
            return {"comparison": comparer.compare(design)}
        except (ValueError, OSError) as error:
            return {"refusal": str(error)}
        except MissingTensorError as error:
            return {"refusal": str(error.args[0])}

    def _comparer(self, flow_id: str, tensors: str) -> Comparer:
        """Of the flow in use only: what is kept takes memory."""
        key = flow_id, tensors
        if key not in self._comparers:
            self._comparers = {key: flow(flow_id).comparer(TensorStore(Path(tensors)))}
        return self._comparers[key]


def main() -> int:
    """Answer one request after another."""
    return serve(Answers())


if __name__ == "__main__":
    sys.exit(main())
