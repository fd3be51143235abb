"""`codesign-studio synthesize`: run the vendor's tool and print what its reports say."""

from argparse import ArgumentParser

from app.cli.jobs import run_action
from app.cli.output import explained, say, say_json, table
from app.cli.overrides import add_design_options


@explained
def main(arguments: list[str]) -> int:
    """Synthesise a design with the tool of its flow."""
    parser = ArgumentParser("codesign-studio synthesize", description="Run the vendor's synthesis on a design.")
    add_design_options(parser)
    parser.add_argument("--json", action="store_true", help="print the job's result as JSON")
    options = parser.parse_args(arguments)
    done = run_action(options, "synthesise", lambda _design: {})
    if isinstance(done, int):
        return done
    if options.json:
        say_json(done.result)
    else:
        say(done.result["summary"])
        table([(name, f"{value:,g}") for name, value in done.result["totals"].items()], right=(1,))
    return 0
