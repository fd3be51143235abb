"""The process that looks for foldings for a window: `python -m engine.search.proposer`.

What comes in is `{"ask": "fold", "compare" or "schedules", "design": ..., "tensors": folder of the weights, "own_runs":
folder of the user's runs or null}`; to fold, also `"level"` and `"rate"`, null for the board; to compare, `"flows"`,
`"folded"` and `"rate"`. The answer has what `_fold`, `_compare` or `_schedules` returns, or `{"refusal": why not}`.
"""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.calibration import NO_RUNS, OwnRuns, read
from engine.estimate import Level
from engine.flows.answering import command_of, serve
from engine.flows.registry import flow
from engine.flows.taught import taught_by
from engine.network import TensorStore
from engine.project.codec import design_from_json, design_to_json
from engine.search.comparison import Folded, compare
from engine.search.proposal import fit_to_board, meet_rate
from engine.search.schedules import schedules

FROZEN_COMMAND = "propose-foldings"
"""In an installer's single executable, the first argument that asks for `main`."""


def proposer_command() -> list[str]:
    """The command line of such a process."""
    return command_of("engine.search.proposer", FROZEN_COMMAND)


def answer(question: Any) -> dict[str, Any]:
    """What was asked, or why it cannot be."""
    try:
        return _ANSWERS[question["ask"]](question)
    except (ValueError, OSError) as error:
        return {"refusal": str(error)}


def _fold(question: Any) -> dict[str, Any]:
    """What to change in a design: for the board, or for a rate."""
    design, tensors, rate = design_from_json(question["design"]), _tensors(question), question["rate"]
    its_flow = flow(design.target.flow).at(Level(question["level"]), _own(question))
    found = fit_to_board(design, its_flow, tensors) if rate is None else meet_rate(design, its_flow, tensors, rate)
    return {
        "design": design_to_json(found.design),
        "changes": [[each.layer, each.key, each.before, each.after] for each in found.changes],
        "fits": found.fits,
        "met": found.met,
    }


def _compare(question: Any) -> dict[str, Any]:
    """What several flows make of a design."""
    design, folded, rate = design_from_json(question["design"]), Folded(question["folded"]), question["rate"] or 0.0
    columns = compare(design, _tensors(question), question["flows"], folded, rate, _own(question))
    return {"columns": list(map(asdict, columns))}


def _schedules(question: Any) -> dict[str, Any]:
    """A unit for each layer, or one for all."""
    design = design_from_json(question["design"])
    return asdict(schedules(design, flow(design.target.flow), _tensors(question)))


_ANSWERS = {"fold": _fold, "compare": _compare, "schedules": _schedules}


def _tensors(question: Any) -> TensorStore:
    return TensorStore(Path(question["tensors"]))


def _own(question: Any) -> OwnRuns:
    folder = question["own_runs"]
    return NO_RUNS if folder is None else taught_by(read(Path(folder)))


def main() -> int:
    """Answer one request after another."""
    return serve(answer)


if __name__ == "__main__":
    sys.exit(main())
