"""`codesign-studio ranges`: which numbers the network has, layer by layer, and whether their types hold them."""

from argparse import ArgumentParser
from pathlib import Path

from app.cli.comparison import add_sample_options, check_sample_options, chosen_data
from app.cli.output import explained, say, say_json, table
from app.cli.overrides import add_design_options, opened
from engine.design import Design
from engine.emulate.traces import share_text
from engine.flows.flow import Flow
from engine.flows.registry import flow
from engine.network import MissingTensorError, TensorStore
from engine.precision import FixedType
from engine.ranges import Method, Ranges, Spread, suggested_types
from engine.ranges.findings import ROLE_WORDS
from engine.ranges.job import SAMPLES, ranges_of, summary
from engine.ranges.suggest import type_now

_HEADER = ("Layer", "Numbers", "Type", "Lowest", "Highest", "Overflow", "Become 0", "Unused bits", "Signal/noise")
_Types = dict[tuple[str, str], FixedType]


@explained
def main(arguments: list[str]) -> int:
    """Measure a design's ranges, and suggest types."""
    parser = ArgumentParser(
        "codesign-studio ranges",
        description="Measure weights, sums and results of every layer over data, and hold them against their types.",
    )
    add_design_options(parser)
    add_sample_options(parser)
    parser.add_argument(
        "--suggest",
        choices=[*Method],
        help="also suggest types: without unused bits; by both ends; by all but 0.1 %%; by least error; exact sums",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args(arguments)
    check_sample_options(options)
    with opened(options) as (design, tensors):
        design, data = chosen_data(design, options)
        found = _measured(design, tensors, data, options.samples or SAMPLES)
        known, types = flow(design.target.flow), {}
        if options.suggest:
            types = suggested_types(design, found, known, tensors, Method(options.suggest))
        rows = [_figures(spread, design, known, types) for spread in found.spreads]
    if options.json:
        say_json({"summary": summary(found), "samples": found.samples, "data": found.source, "ranges": rows})
    else:
        _print(found, rows, bool(options.suggest))
    return 0


def _measured(design: Design, tensors: TensorStore, data: Path | None, samples: int) -> Ranges:
    try:
        *_, (found, _share) = ranges_of(design, tensors, data, samples)
    except MissingTensorError as error:
        raise ValueError(str(error.args[0])) from error
    return found


def _figures(spread: Spread, design: Design, known: Flow, types: _Types) -> dict[str, object]:
    """A line as JSON has it; shares from 0 to 1, `noise_db` None where there is no noise or no type."""
    type_ = type_now(design, known, spread.layer, spread.role)
    fit = None if type_ is None else spread.fit(type_)
    suggested = types.get((spread.layer, spread.role))
    return {
        "layer": spread.layer,
        "role": spread.role,
        "type": str(type_ or ""),
        "lowest": spread.lowest,
        "highest": spread.highest,
        "overflow": None if fit is None else fit.overflow,
        "underflow": None if fit is None else fit.underflow,
        "wasted_bits": None if fit is None else fit.wasted,
        "noise_db": None if fit is None else fit.noise_db,
        "suggested": None if suggested is None else str(suggested),
    }


def _print(found: Ranges, rows: list[dict[str, object]], suggesting: bool) -> None:
    say(summary(found))
    header = (*_HEADER, "Suggested") if suggesting else _HEADER
    table([header, *(_line(row)[: len(header)] for row in rows)], right=(3, 4, 5, 6, 7, 8))


def _line(row: dict[str, object]) -> tuple[str, ...]:
    shares = tuple("–" if row[key] is None else share_text(float(str(row[key]))) for key in ("overflow", "underflow"))
    exact = "exact" if row["type"] else "–"
    noise = exact if row["noise_db"] is None else f"{float(str(row['noise_db'])):.1f} dB"
    wasted = "–" if row["wasted_bits"] is None else str(row["wasted_bits"])
    ends = tuple(f"{float(str(row[key])):.4g}" for key in ("lowest", "highest"))
    names = (str(row["layer"]), ROLE_WORDS[str(row["role"])], str(row["type"]))
    return (*names, *ends, *shares, wasted, noise, str(row["suggested"] or ""))
