"""The process that looks for foldings for a window: `python -m engine.search.proposer`.

What comes in for one design is `{"design": ..., "tensors": "folder of the weights", "level": ..., "rate": number or
null}`; the answer is `{"design": as it would be, "changes": rows, "fits": ..., "met": ...}`, or `{"refusal": "why there
is none"}`. With `"flows"` and `"folded"` beside them, these flows are compared: the answer is `{"columns": ...}`.
"""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.estimate import Level
from engine.flows.answering import command_of, serve
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.project.codec import design_from_json, design_to_json
from engine.search.comparison import Folded, compare
from engine.search.proposal import fit_to_board, meet_rate

FROZEN_COMMAND = "propose-foldings"
"""In an installer's single executable, the first argument that asks for `main`."""


def proposer_command() -> list[str]:
    """The command line of such a process."""
    return command_of("engine.search.proposer", FROZEN_COMMAND)


def answer(question: Any) -> dict[str, Any]:
    """What to change in a design: for the board, or for a rate."""
    try:
        design = design_from_json(question["design"])
        its_flow = flow(design.target.flow).at(Level(question["level"]))
        tensors, rate = TensorStore(Path(question["tensors"])), question["rate"]
        if "flows" in question:
            columns = compare(design, tensors, question["flows"], Folded(question["folded"]), rate or 0.0)
            return {"columns": list(map(asdict, columns))}
        found = fit_to_board(design, its_flow, tensors) if rate is None else meet_rate(design, its_flow, tensors, rate)
    except (ValueError, OSError) as error:
        return {"refusal": str(error)}
    return {
        "design": design_to_json(found.design),
        "changes": [[each.layer, each.key, each.before, each.after] for each in found.changes],
        "fits": found.fits,
        "met": found.met,
    }


def main() -> int:
    """Answer one request after another."""
    return serve(answer)


if __name__ == "__main__":
    sys.exit(main())
