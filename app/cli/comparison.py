"""What `emulate` and `evaluate` share: options for samples, and how a comparison with the float network is written."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from app.cli.data_option import reference_of
from app.cli.output import say, table
from engine.design import Design, set_data
from engine.emulate.traces import WRONG, LayerTrace, first_wrong, layer_traces, likely_cause, share_text


def add_sample_options(parser: ArgumentParser) -> None:
    """Which samples, and how many of them."""
    parser.add_argument(
        "--data",
        metavar="DATA",
        help="samples of a file, or a data set by its folder or name; else the project's, the example's or random ones",
    )
    parser.add_argument("--samples", type=int, metavar="N", help="run at most N samples")


def check_sample_options(options: Namespace) -> None:
    """Raise ValueError for no samples."""
    if options.samples is not None and options.samples < 1:
        raise ValueError(f"--samples {options.samples}: at least one sample is needed.")


def chosen_data(design: Design, options: Namespace) -> tuple[Design, Path | None]:
    """The design with the data set that was named, and the file that was given: all of its samples count.

    Raises ValueError for neither.
    """
    if options.data is None or Path(options.data).is_file():
        return design, None if options.data is None else Path(options.data)
    return set_data(design, reference_of(options.data, design.network)), None


def print_comparison(result: dict[str, Any]) -> None:
    """The summary, the layers, and the first of them that goes wrong."""
    say(result["summary"])
    if result["accuracy"]:
        low, high = (100 * result["accuracy"][end] for end in ("low", "high"))
        say(f"The accuracy is known within {low:.1f} to {high:.1f} % (90 % interval of so many samples).")
    if result.get("score"):
        say(f"It lies within {result['score']['low']:.3g} to {result['score']['high']:.3g} (90 % interval).")
    traces = layer_traces(result)
    if not traces:
        return
    header = ("Layer", "Type", "Off by", "Largest error", "Mean error", "Beyond the type", "")
    wrong = first_wrong(traces)
    table([header, *(_row(trace, trace is wrong) for trace in traces)], right=(2, 3, 4, 5))
    if wrong is not None:
        say(f"{wrong.name} is the first layer off by more than {share_text(WRONG)}: {likely_cause(wrong)}.")


def _row(trace: LayerTrace, first: bool) -> tuple[str, ...]:
    found = trace.difference
    numbers = (f"{found.max_abs:.4g}", f"{found.mean_abs:.4g}", share_text(found.beyond))
    off = "–" if found.relative is None else share_text(found.relative)
    return (trace.name, trace.type, off, *numbers, "< first wrong" if first else "")
