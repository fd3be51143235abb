"""`codesign-studio convert`: write the hls4ml project."""

from argparse import ArgumentParser
from pathlib import Path

from app.cli.jobs import run_action
from app.cli.output import explained, say, say_json
from app.cli.overrides import add_design_options


@explained
def main(arguments: list[str]) -> int:
    """Convert a design into an hls4ml project folder."""
    parser = ArgumentParser("codesign-studio convert", description="Write the hls4ml project of a design.")
    add_design_options(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to")
    parser.add_argument("--json", action="store_true", help="print the job's result as JSON")
    options = parser.parse_args(arguments)
    done = run_action(options, "convert", lambda _design: {"out": str(options.out.absolute())})
    if isinstance(done, int):
        return done
    if options.json:
        say_json(done.result)
    else:
        say(f"{done.result['summary']}\n{options.out}")
    return 0
