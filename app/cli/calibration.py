"""`codesign-studio calibration`: what the user's own runs taught the estimates, and starting anew."""

from argparse import ArgumentParser
from typing import Any

from app.cli.output import explained, say, say_json, table
from app.folders import Folders
from app.preferences import load_preferences
from engine.boards import Family
from engine.calibration import Outcome, OwnRuns, forget, outcomes, read
from engine.flows.taught import current, taught_by

_EMPTY = (
    "No own runs yet. Each synthesis that comes to its end, here or in the window, teaches the estimates what that "
    "version of the tool makes of a design."
)


@explained
def main(arguments: list[str]) -> int:
    """Print how near estimates came to the reports of own runs, or forget these runs."""
    parser = ArgumentParser("codesign-studio calibration", description="What your own runs taught the estimates.")
    parser.add_argument("--reset", action="store_true", help="forget all own runs")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    folders = Folders.of_user()
    records = read(folders.own_runs)
    if options.reset:
        forget(folders.own_runs)
        say(f"{len(records)} runs forgotten." if records else "There was nothing to forget.")
        return 0
    known, taught = current(records), taught_by(records)
    wanted = load_preferences(folders.preferences).own_runs
    if options.json:
        groups = [_to_json(each, taught) for each in outcomes(known)]
        say_json({"used": wanted, "outdated": len(records) - len(known), "tools": groups})
        return 0
    for each in outcomes(known):
        _print(each, taught)
    _print_rest(len(known), len(records) - len(known), wanted)
    return 0


def _print(outcome: Outcome, taught: OwnRuns) -> None:
    key = outcome.key
    runs, networks = len(outcome.runs), outcome.networks
    say(f"{key.tool}, {key.level}, {Family(key.family).label}: {_count(runs, 'run')} of {_count(networks, 'network')}")
    own = taught.of(key.flow, key.level, key.family)
    if own.tool != key.tool:
        say(f"Not in use: {own.tool} has run since.")
    rows: list[tuple[str, ...]] = [("", "Reports", "Error as shipped", "with own runs", "Inside", "with own runs")]
    rows += [
        (
            each.target,
            f"{each.n}",
            f"{each.error_shipped:.1f} %",
            f"{each.error_own:.1f} %",
            f"{each.inside_shipped:.0f} %",
            f"{each.inside_own:.0f} %",
        )
        for each in outcome.targets
    ]
    table(rows, right=range(1, 6))
    say()


def _print_rest(known: int, outdated: int, wanted: bool) -> None:
    if not known + outdated:
        say(_EMPTY)
    if outdated:
        say(f"{_count(outdated, 'run')} of earlier estimators: kept, but they say nothing of those of today.")
    if not wanted:
        say("Estimates do not use own runs now: that is off in the window, Run, Estimates against reports.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _to_json(outcome: Outcome, taught: OwnRuns) -> dict[str, Any]:
    key = outcome.key
    return {
        "flow": key.flow,
        "tool": key.tool,
        "level": key.level.value,
        "family": key.family,
        "in_use": taught.of(key.flow, key.level, key.family).tool == key.tool,
        "networks": outcome.networks,
        "targets": {
            each.target: {
                "n": each.n,
                "error_shipped": each.error_shipped,
                "error_own": each.error_own,
                "inside_shipped": each.inside_shipped,
                "inside_own": each.inside_own,
            }
            for each in outcome.targets
        },
        "runs": [
            {
                "design": run.record.name,
                "when": run.record.when,
                "targets": {
                    each.target: {"reported": each.said, "shipped": each.shipped.value, "own": each.own.value}
                    for each in run.foretold
                },
            }
            for run in outcome.runs
        ],
    }
