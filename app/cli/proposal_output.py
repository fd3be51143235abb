"""What `fit` and `fold` share: how a proposal is written, and the project it is kept in."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.cli.output import FAILED, say, say_json, table
from app.cli.overrides import add_design_options
from engine.advice import limit
from engine.advice.words import time_text
from engine.estimate import RESOURCES, Estimate, Level
from engine.flows.finn.folding_file import folding_json
from engine.flows.labels import FINN
from engine.network import TensorStore
from engine.project import Project, save_project
from engine.search import Change, Proposal

LEVELS = {level.value.replace(" ", "-").lower(): level for level in Level}


def proposal_parser(name: str, description: str) -> ArgumentParser:
    """The options that both commands take."""
    parser = ArgumentParser(f"codesign-studio {name}", description=description)
    add_design_options(parser)
    parser.add_argument("--level", choices=tuple(LEVELS), default=next(iter(LEVELS)), help="the report foretold")
    parser.add_argument("--out", type=Path, metavar="X.codesign", help="keep the changed design as a project")
    parser.add_argument("--folding", type=Path, metavar="X.json", help="write the folding as FINN reads it")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def show(project: Project, tensors: TensorStore, found: Proposal, options: Namespace) -> int:
    """Print a proposal and keep it where asked; 1 where the goal is not reached."""
    if options.folding is not None and found.design.target.flow != FINN:
        raise ValueError(f"--folding {options.folding}: this flow folds by no PE and SIMD; --flow finn does.")
    if options.out is not None:
        save_project(options.out, replace(project, design=found.design), tensors)
    if options.folding is not None:
        options.folding.write_text(folding_json(found.design), encoding="utf-8")
    if options.json:
        say_json(to_json(found))
    else:
        _print(found)
    return 0 if found.fits and found.met else FAILED


def to_json(found: Proposal) -> dict[str, Any]:
    """Changes, totals before and after, and whether the goal is reached."""
    return {
        "design": found.design.name,
        "board": found.design.target.board.id,
        "flow": found.design.target.flow,
        "fits": found.fits,
        "meets_rate": found.met,
        "changes": [
            {"layer": each.layer, "setting": each.key, "before": each.before, "after": each.after}
            for each in found.changes
        ],
        "before": _numbers(found.before),
        "after": _numbers(found.after),
    }


def _numbers(estimate: Estimate) -> dict[str, float]:
    resources = {name: estimate.total.resource(name).value for name in RESOURCES}
    return {
        **resources,
        "latency_us": estimate.latency_us.value,
        "interval_cycles": estimate.total.interval.value,
        "rate": estimate.rate.value,
    }


def _print(found: Proposal) -> None:
    design = found.design
    say(f"{design.name} on {design.target.board.name}, {design.target.clock_ns:g} ns, {design.target.flow}\n")
    if not found.changes:
        say("Nothing is to be changed: no other setting is better.\n")
    else:
        table([("Layer", "Setting", "Now", "Then"), *map(_change, found.changes)], right=(2, 3))
        say()
    header = ("", *RESOURCES, "Latency", "Rate")
    table([header, _row("Now", found.before), _row("Then", found.after), _limits(found)], right=range(1, len(header)))
    say()
    say("Fits the board." if found.fits else "Nothing that fits the board was found; this is the nearest.")
    if not found.met:
        say("The rate is not reached; this is as near as it gets.")


def _change(change: Change) -> tuple[str, ...]:
    before = "–" if change.before is None else str(change.before)
    return change.layer, change.key.replace("_", " "), before, str(change.after)


def _row(name: str, estimate: Estimate) -> tuple[str, ...]:
    amounts = (f"{estimate.total.resource(each).value:,.0f}" for each in RESOURCES)
    return (name, *amounts, time_text(estimate.latency_us.value), f"{estimate.rate.value:,.0f}/s")


def _limits(found: Proposal) -> tuple[str, ...]:
    limits = [limit(found.design.target.board, each) for each in RESOURCES]
    return ("Board", *("?" if each is None else f"{each:,}" for each in limits), "", "")
