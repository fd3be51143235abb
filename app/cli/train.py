"""`codesign-studio train`: train a design's weights with the arithmetic of its hardware."""

from argparse import ArgumentParser, Namespace
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from app.cli.data_option import add_data_option, with_data
from app.cli.jobs import run_job
from app.cli.output import FAILED, explained, say, say_json, table
from app.cli.overrides import add_design_options, opened_project
from engine.design import Design
from engine.jobs.history import reopen
from engine.jobs.spec import JobSpec, job_spec
from engine.jobs.view import JobView
from engine.network import TensorStore
from engine.project import design_to_json, save_project
from engine.training.edit import take_over, trained_from_json, with_trained
from engine.training.entry import ENTRY, ENVIRONMENT
from engine.training.score import TITLES, interval, scores_from_json
from engine.training.settings import OPTIMIZERS, Start, TrainingSettings
from engine.training.unfinished import unfinished

_SETTINGS = tuple(each.name for each in fields(TrainingSettings))


@explained
def main(arguments: list[str]) -> int:
    """Train a design."""
    options = _parser().parse_args(arguments)
    if options.resume and not options.checkpoints:
        raise ValueError("--resume: say with --checkpoints where the training was kept that shall go on.")
    if options.out and not options.out.absolute().parent.is_dir():
        # Said before hours of training, not after.
        raise ValueError(f"--out {options.out}: there is no folder {options.out.absolute().parent}. Make it first.")
    with opened_project(options) as (project, tensors):
        design = with_data(project.design, options.data)
        values = {"design": design_to_json(design), "tensors": str(tensors.folder), **_how(options, design)}
        spec = job_spec(ENTRY, f"Train {design.name}", values, environment=ENVIRONMENT)
        done = _trained(spec, tensors, options.checkpoints)
        if isinstance(done, int):
            return done
        if options.out:
            trained = with_trained(design, trained_from_json(done["weights"]))
            save_project(options.out, replace(project, design=trained), tensors)
    if options.json:
        say_json({key: value for key, value in done.items() if key != "weights"})
    else:
        _print(done, options.out)
    return FAILED if done["diverged"] else 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        "codesign-studio train",
        description="Train a design's weights with the arithmetic of its hardware, and compare what comes out.",
    )
    add_design_options(parser)
    add_data_option(parser)
    parser.add_argument("--start", choices=[*Start], help="weights to start from")
    parser.add_argument("--epochs", type=int, metavar="N", help="of the float network too")
    parser.add_argument("--batch", type=int, metavar="N", help="samples in a step")
    parser.add_argument("--learning-rate", type=float, metavar="X", help="the first one")
    parser.add_argument("--optimizer", choices=OPTIMIZERS)
    parser.add_argument("--seed", type=int, metavar="N", help="of first weights and order")
    parser.add_argument("--patience", type=int, metavar="N", help="stop after N epochs without a better one")
    parser.add_argument("--teacher", type=float, metavar="X", help="weight of the float network's answers")
    parser.add_argument("--sparsity", type=float, metavar="X", help="share of each kernel to become zero")
    parser.add_argument(
        "--checkpoints", type=Path, metavar="DIR", help="keep there, after each epoch, what a training can go on from"
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on with the training of this design that was cut short in --checkpoints, with its settings",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="project file to write with the trained weights")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


def _how(options: Namespace, design: Design) -> dict[str, Any]:
    """The settings that the options change, and the training to go on with. Raises ValueError."""
    given = {key: value for key in _SETTINGS if (value := getattr(options, key)) is not None}
    if options.start is not None:
        given["start"] = Start(options.start)
    if not options.resume:
        return {"settings": replace(TrainingSettings(), **given).to_json()}
    found = unfinished(reversed(reopen(options.checkpoints)), design)
    if found is None:
        raise ValueError(
            f"--resume: no training of this design was cut short in {options.checkpoints}. Give the file and the "
            "options that change the design as they were then, or train anew without --resume."
        )
    settings = TrainingSettings.from_json(found.spec.arguments["settings"])
    return {"settings": replace(settings, **given).to_json(), "resume": str(found.folder)}


def _trained(spec: JobSpec, tensors: TensorStore, kept: Path | None) -> dict[str, Any] | int:
    """The job's result, its weights in the store; or the exit code."""

    def take(view: JobView) -> None:
        take_over(trained_from_json(view.result["weights"]), TensorStore(view.folder / "tensors"), tensors)

    done = run_job(spec, take, kept)
    return done if isinstance(done, int) else done.result


def _print(result: dict[str, Any], out: Path | None) -> None:
    say(result["summary"])
    scores = scores_from_json(result["scores"])
    known = [(title, found) for name, title in TITLES.items() if (found := getattr(scores, name)) is not None]
    rows = ((title, each.text, interval(each)) for title, each in known)
    table([("", scores.measure, "90 % interval"), *rows], right=(1, 2))
    say(f"On {result['samples']:,} samples of the {result['split']} split.")
    if result["notes"] and not result["diverged"]:
        say(result["notes"])
    if result["differences"]:
        say("QKeras model and hardware may differ:")
    for said in result["differences"]:
        say(f"  {said}")
    if out:
        say(str(out))
