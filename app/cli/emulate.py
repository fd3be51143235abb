"""`codesign-studio emulate`: run the generated C++ and compare it with the float network."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from app.cli.jobs import run_action
from app.cli.output import explained, say, say_json, table
from app.cli.overrides import add_design_options


@explained
def main(arguments: list[str]) -> int:
    """Emulate a design bit by bit."""
    parser = ArgumentParser("codesign-studio emulate", description="Run the generated C++ bit by bit.")
    add_design_options(parser)
    parser.add_argument("--data", type=Path, metavar="X.npz", help="inputs; random ones without it")
    parser.add_argument("--json", action="store_true", help="print the job's result as JSON")
    options = parser.parse_args(arguments)
    if options.data and not options.data.is_file():
        raise ValueError(f"There is no file {options.data}.")
    data = {"data": str(options.data.absolute())} if options.data else {}
    done = run_action(options, "emulate", data)
    if isinstance(done, int):
        return done
    if options.json:
        say_json(done.result)
    else:
        _print(done.result)
    return 0


def _print(result: dict[str, Any]) -> None:
    say(result["summary"])
    header = ("Layer", "Type", "Largest error", "Mean error", "Beyond the type")
    rows = [
        (row["name"], row["type"], f"{row['max_abs']:.4g}", f"{row['mean_abs']:.4g}", f"{row['beyond']:.1%}")
        for row in result["trace"]
    ]
    if rows:
        table([header, *rows], right=(2, 3, 4))
