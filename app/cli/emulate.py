"""`codesign-studio emulate`: run the generated C++ and compare it with the float network."""

from argparse import ArgumentParser

from app.cli.comparison import add_sample_options, check_sample_options, chosen_data, print_comparison
from app.cli.jobs import run_action
from app.cli.output import explained, say_json
from app.cli.overrides import add_design_options
from engine.data.choice import choose_samples
from engine.design import Design
from engine.project import design_to_json


@explained
def main(arguments: list[str]) -> int:
    """Emulate a design bit by bit."""
    parser = ArgumentParser("codesign-studio emulate", description="Run the generated C++ bit by bit.")
    add_design_options(parser)
    add_sample_options(parser)
    parser.add_argument("--json", action="store_true", help="print the job's result as JSON")
    options = parser.parse_args(arguments)
    check_sample_options(options)

    def samples(design: Design) -> dict[str, object]:
        design, data = chosen_data(design, options)
        chosen = choose_samples(design.network, data or design.data).arguments | {"design": design_to_json(design)}
        return chosen | ({} if options.samples is None else {"samples": options.samples})

    done = run_action(options, "emulate", samples)
    if isinstance(done, int):
        return done
    if options.json:
        # The arrays went with the job's folder.
        say_json({key: value for key, value in done.result.items() if key != "file"})
    else:
        print_comparison(done.result)
    return 0
