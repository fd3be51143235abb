"""`codesign-studio emulate`: run the generated C++ and compare it with the float network."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from app.cli.jobs import run_action
from app.cli.output import explained, say, say_json, table
from app.cli.overrides import add_design_options
from engine.design import Design
from engine.emulate.choice import choose_samples
from engine.emulate.traces import WRONG, LayerTrace, first_wrong, layer_traces, likely_cause, share_text


@explained
def main(arguments: list[str]) -> int:
    """Emulate a design bit by bit."""
    parser = ArgumentParser("codesign-studio emulate", description="Run the generated C++ bit by bit.")
    add_design_options(parser)
    parser.add_argument(
        "--data", type=Path, metavar="X.npz", help="samples; without it those of the example, or random numbers"
    )
    parser.add_argument("--samples", type=int, metavar="N", help="run at most N samples")
    parser.add_argument("--json", action="store_true", help="print the job's result as JSON")
    options = parser.parse_args(arguments)
    if options.data and not options.data.is_file():
        raise ValueError(f"There is no file {options.data}.")
    if options.samples is not None and options.samples < 1:
        raise ValueError(f"--samples {options.samples}: at least one sample is needed.")

    def samples(design: Design) -> dict[str, object]:
        chosen = choose_samples(design.network, options.data).arguments
        return chosen | ({} if options.samples is None else {"samples": options.samples})

    done = run_action(options, "emulate", samples)
    if isinstance(done, int):
        return done
    if options.json:
        # The arrays went with the job's folder.
        say_json({key: value for key, value in done.result.items() if key != "file"})
    else:
        _print(done.result)
    return 0


def _print(result: dict[str, Any]) -> None:
    say(result["summary"])
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
