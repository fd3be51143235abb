"""`codesign-studio scan`: each layer at each width, what that costs in accuracy and saves in LUTs."""

import sys
from argparse import ArgumentParser

from app.cli.comparison import add_sample_options, check_sample_options, chosen_data
from app.cli.output import explained, say, say_json, table
from app.cli.overrides import add_design_options, opened
from engine.network import MissingTensorError
from engine.ranges.findings import ROLE_WORDS
from engine.scan import Scan
from engine.scan.scan import WIDTHS, scanned


@explained
def main(arguments: list[str]) -> int:
    """Scan a design."""
    parser = ArgumentParser(
        "codesign-studio scan",
        description="Narrow one layer at a time, all others as they are: weights, or results where there are none.",
    )
    add_design_options(parser)
    add_sample_options(parser)
    parser.add_argument("--layers", default="", metavar="A,B", help="only these layers")
    parser.add_argument("--widths", default="", metavar="8,6,4", help="only these widths, in bits")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args(arguments)
    check_sample_options(options)
    layers = tuple(filter(None, options.layers.split(",")))
    with opened(options) as (design, tensors):
        design, data = chosen_data(design, options)
        for name in layers:
            _ = design.network[name]
        try:
            for found in scanned(design, tensors, data, options.samples, layers, _widths(options.widths)):
                _show_progress(found)
        except MissingTensorError as error:
            raise ValueError(str(error.args[0])) from error
    if options.json:
        say_json({"summary": found.summary} | found.to_json())
    else:
        _print(found)
    return 0


def _widths(text: str) -> tuple[int, ...]:
    if not text:
        return WIDTHS
    words = text.split(",")
    if not all(word.strip().isdigit() and int(word) > 1 for word in words):
        raise ValueError(f"--widths {text}: give whole numbers of 2 bits or more, with commas between.")
    return tuple(int(word) for word in words)


def _show_progress(found: Scan) -> None:
    if found.points and sys.stderr.isatty():
        sys.stderr.write(f"\r{len(found.points)} of {found.count} ")
        sys.stderr.write("\n" if len(found.points) == found.count else "")
        sys.stderr.flush()


def _print(found: Scan) -> None:
    say(found.summary)
    if not found.points:
        return
    rows = [
        (
            point.layer,
            ROLE_WORDS[point.role],
            str(point.bits),
            point.type,
            point.figure.text,
            "–" if point.lut_saved is None else f"{point.lut_saved:,.0f}".replace("-", "−"),
        )
        for point in found.points
    ]
    table([("Layer", "Numbers", "Bits", "Type", found.now.kind.capitalize(), "LUT saved"), *rows], right=(2, 4, 5))
