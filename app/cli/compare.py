"""`codesign-studio compare`: one network on one board, the flows as columns."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import Any

from app.cli.estimate import point_to_json
from app.cli.output import explained, say, say_json, table
from app.cli.overrides import add_design_options, opened
from app.cli.own_runs import taught_here
from app.presenters.comparison import refusals, rows, titles
from engine.design import Design
from engine.flows.labels import FINN
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.search import SHARE, NothingToFoldError
from engine.search.comparison import USUAL, Column, Folded, compare
from engine.search.schedules import front, schedules


@explained
def main(arguments: list[str]) -> int:
    """Print what several flows make of a design."""
    words = "Put flows beside each other: resources, latency, rate, energy and accuracy of one network on one board."
    parser = ArgumentParser("codesign-studio compare", description=words)
    add_design_options(parser)
    parser.add_argument("--flows", default=",".join(USUAL), metavar="A,B", help=f"default: {','.join(USUAL)}")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--fit", action="store_true", help="each flow folded as fast as fits the board")
    how.add_argument("--rate", type=float, metavar="N", help="each flow with the least hardware for N inferences/s")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    flows = [flow(each.strip()).id for each in options.flows.split(",")]
    with opened(options) as (design, tensors):
        found = compare(design, tensors, flows, _folded(options), options.rate or 0.0, taught_here())
        if options.json:
            board, both = design.target.board.id, schedules_to_json(design, tensors) if FINN in flows else None
            say_json({"design": design.name, "board": board, "flows": list(map(to_json, found)), "schedules": both})
            return 0
        target = design.target
        say(f"{design.name} on {target.board.name}, {target.clock_ns:g} ns; estimates of logic synthesis\n")
        table([titles(found), *rows(found, target.board)], right=range(1, len(found) + 2))
        for refusal in refusals(found):
            say(refusal)
    return 0


def _folded(options: Namespace) -> Folded:
    if options.rate is not None and not 0 < options.rate < 1e9:
        raise ValueError(f"--rate {options.rate:g}: inferences per second are above 0 and below 1,000,000,000.")
    return Folded.FITTED if options.fit else Folded.AT_RATE if options.rate else Folded.AS_SET


def schedules_to_json(design: Design, tensors: TensorStore) -> dict[str, Any]:
    """FINN's two schedules: layers each with a unit, and one engine for all of them."""
    try:
        found = schedules(replace(design, target=replace(design.target, flow=FINN)), flow(FINN), tensors)
    except NothingToFoldError as error:
        return {"refusal": str(error)}
    return {
        "present": point_to_json(found.present),
        "dataflow": list(map(point_to_json, front(found.dataflow, SHARE))),
        "shared_engine": list(map(point_to_json, front(found.shared, SHARE))),
    }


def to_json(column: Column) -> dict[str, Any]:
    """One flow's numbers."""
    return {"flow": column.flow, "refusal": column.refusal, "accuracy": column.accuracy, **dict(column.amounts)}
