"""`codesign-studio evaluate`: the hardware's outputs and accuracy bit for bit, without a compiler."""

from argparse import ArgumentParser

from app.cli.comparison import add_sample_options, check_sample_options, chosen_data, print_comparison
from app.cli.output import explained, say_json
from app.cli.overrides import add_design_options, opened
from engine.flows.registry import flow


@explained
def main(arguments: list[str]) -> int:
    """Evaluate a design and compare it with the float network."""
    parser = ArgumentParser(
        "codesign-studio evaluate",
        description="Compute what the hardware computes, bit for bit, without a compiler: accuracy, and each layer.",
    )
    add_design_options(parser)
    add_sample_options(parser)
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args(arguments)
    check_sample_options(options)
    with opened(options) as (design, tensors):
        design, data = chosen_data(design, options)
        result = flow(design.target.flow).comparer(tensors).compare(design, data, options.samples)
    if options.json:
        say_json(result)
    else:
        print_comparison(result)
    return 0
