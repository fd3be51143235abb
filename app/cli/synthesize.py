"""`codesign-studio synthesize`: run the vendor's tool and print what its reports say."""

from argparse import ArgumentParser
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from app.cli.jobs import run_action
from app.cli.output import FAILED, explained, say, say_json, table
from app.cli.overrides import add_design_options
from app.cli.own_runs import learn_from
from app.controllers.tool_runs import ToolRuns
from app.folders import Folders
from app.preferences import Preferences, load_preferences
from engine.advice.words import resource_name
from engine.computers import Computer, trouble_in
from engine.design import Design
from engine.estimate import RESOURCES
from engine.flows.registry import flow
from engine.jobs.view import JobView
from engine.project import design_from_json


@explained
def main(arguments: list[str]) -> int:
    """Synthesise a design with the tool of its flow."""
    parser = ArgumentParser("codesign-studio synthesize", description="Run the vendor's synthesis on a design.")
    add_design_options(parser)
    parser.add_argument(
        "--steps",
        metavar="STEP,...",
        default="",
        help="what to do besides: logic-synthesis, export, place-and-route, oversized-designs, as the flow offers",
    )
    parser.add_argument(
        "--host",
        metavar="NAME",
        default="",
        help="computer to run the tool on: one of Preferences, Computers, or user@host as ssh knows it",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="keep what the run leaves there, in a folder of its own: project, reports, logs, a bitstream",
    )
    parser.add_argument("--json", action="store_true", help="print the job's result as JSON")
    options = parser.parse_args(arguments)
    preferences = _with_host(load_preferences(Folders.of_user().preferences), options.host)
    done = run_action(
        options, "synthesise", partial(_tool_arguments, preferences, options.steps), learn_from, options.out
    )
    if isinstance(done, int):
        return done
    if options.json:
        say_json(done.result)
    else:
        say(done.result["summary"])
        table([(_word(name, done), f"{value:,g}") for name, value in done.result["totals"].items()], right=(1,))
        if options.out:
            say(f"Kept in {done.folder}")
    return FAILED if done.result.get("misfit") else 0


def _word(name: str, done: JobView) -> str:
    """A figure's name, resources as the board's maker calls them."""
    board = design_from_json(done.spec.arguments["design"]).target.board
    return resource_name(name, board) if name in RESOURCES else name


def _with_host(preferences: Preferences, host: str) -> Preferences:
    """The user's preferences with this computer as the place; '' for this one, if it has the tool."""
    if not host:
        return replace(preferences, synthesis_place="")
    computers = preferences.computers
    computer = next((computer for computer in computers if computer.name == host), Computer(host, host=host))
    if reasons := trouble_in(computer):
        raise ValueError(f"--host {host}: {next(iter(reasons.values()))}")
    return replace(preferences, computers=(computer,), synthesis_place=computer.name)


def _tool_arguments(preferences: Preferences, words: str, design: Design) -> dict[str, Any]:
    offer = next(offer for offer in flow(design.target.flow).jobs(design) if offer.action == "synthesise")
    optional = {step.key: step for step in offer.steps if not step.always}
    wanted = tuple(word.strip().replace("-", "_") for word in words.split(",") if word.strip())
    for step in wanted:
        if step not in optional:
            named = ", ".join(key.replace("_", "-") for key in optional)
            raise ValueError(f"--steps {words}: this flow offers {named}. {offer.not_offered}".strip())
    return ToolRuns(lambda: replace(preferences, synthesis_steps=wanted)).arguments(offer)
