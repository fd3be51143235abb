"""Options that change a design before a command uses it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.fifos import with_fifos
from app.cli.output import complain
from app.folders import Folders
from engine.boards import board
from engine.design import (
    PRECISIONS,
    STRATEGY,
    WEIGHT,
    Design,
    DesignError,
    Target,
    Value,
    set_default,
    set_on_layers,
)
from engine.design.quantise import FEW_VALUES, quantise_weights
from engine.flows.flow import SettingSpec
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.opening import open_file
from engine.precision import parse
from engine.project import Project

STRATEGIES = ("latency", "resource", "resource_unrolled")
"""What `--strategy` takes for the whole design; a layer that cannot have it says so as a finding."""


def add_design_options(parser: ArgumentParser) -> None:
    """FILE and what may be changed about it."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="project, Keras or ONNX model, or hls4ml project folder"
    )
    parser.add_argument("--board", metavar="ID", help="board id, see `codesign-studio boards`")
    parser.add_argument("--clock", type=float, metavar="NS", help="clock period in ns")
    parser.add_argument("--io", choices=("io_parallel", "io_stream"), help="interface")
    parser.add_argument("--flow", metavar="NAME", help="flow, e.g. vitis, vivado, rtl (the open flow) or finn")
    parser.add_argument("--strategy", metavar="NAME", help="latency, resource, ... for the whole design")
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="hls4ml configuration (YAML) or FINN folding (.json) to apply before the other options",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="LAYER.FIELD=VALUE",
        help="set one layer, or `default.FIELD=VALUE`; e.g. fc1.reuse_factor=4, fc1.weight=ap_fixed<6,1>, "
        "fc1.weight=ternary (or binary, power_of_two)",
    )
    parser.add_argument(
        "--fifo",
        action="append",
        default=[],
        metavar="WRITER->READER=WORDS",
        help="depth of one FIFO, by the names that `simulate` lists; `needed`: the least for all that costs no cycle",
    )


@contextmanager
def opened(options: Namespace) -> Iterator[tuple[Design, TensorStore]]:
    """The design that the options describe, with its weights in a folder that is removed afterwards."""
    with opened_project(options) as (project, tensors):
        yield project.design, tensors


@contextmanager
def opened_project(options: Namespace) -> Iterator[tuple[Project, TensorStore]]:
    """The same with the runs of its ledger; what the user should know of the file is said."""
    with TemporaryDirectory(prefix="codesign-") as folder:
        tensors = TensorStore(Path(folder))
        project = open_file(options.file, tensors)
        for note in project.notes:
            complain(note)
        yield replace(project, design=changed(project.design, options)), tensors


def changed(design: Design, options: Namespace) -> Design:
    """Apply the options to a design. Raises ValueErrors that say what is wrong."""
    design = replace(design, target=_target(design.target, options))
    if options.config:
        design = _configured(design, options.config)
    if options.strategy:
        if options.strategy.lower() not in STRATEGIES:
            raise DesignError(f"--strategy {options.strategy}: it takes {', '.join(STRATEGIES)}.")
        design = set_default(design, STRATEGY, options.strategy.lower())
    for assignment in options.set:
        design = _assigned(design, assignment)
    return with_fifos(design, options.fifo)


def _target(target: Target, options: Namespace) -> Target:
    chosen = board(options.board.lower(), Folders.of_user().boards) if options.board else target.board
    usual = chosen.clock_ns if options.board else target.clock_ns
    return Target(
        chosen,
        options.clock if options.clock is not None else usual,
        flow(options.flow).id if options.flow else target.flow,
        options.io or target.io_type,
    )


def _configured(design: Design, path: Path) -> Design:
    from engine.flows.finn.folding_file import apply_folding
    from engine.flows.hls4ml.config import apply_config, config_text

    is_folding = path.suffix.lower() == ".json"
    applied = apply_folding(design, path.read_text("utf-8")) if is_folding else apply_config(design, config_text(path))
    for note in applied.notes:
        complain(f"{path.name}: {note}")
    return applied.design


def _assigned(design: Design, assignment: str) -> Design:
    place, equals, text = assignment.partition("=")
    layer, dot, field = place.rpartition(".")
    if not equals or not dot or not text:
        raise DesignError(f"--set {assignment}: write LAYER.FIELD=VALUE, e.g. fc1.reuse_factor=4.")
    if field == WEIGHT and text in FEW_VALUES:
        return quantise_weights(design, design.network.order if layer == "default" else (layer,), FEW_VALUES[text])
    if layer == "default":
        return set_default(design, field, _value(field, text))
    known = {spec.key: spec for spec in flow(design.target.flow).settings(design, layer)}
    if field not in known:
        raise DesignError(f"--set {assignment}: '{layer}' has no setting '{field}'; it has {', '.join(sorted(known))}.")
    value = _value(field, text)
    _check_choice(assignment, known[field], value)
    return set_on_layers(design, (layer,), field, value)


def _check_choice(assignment: str, spec: SettingSpec, value: Value) -> None:
    """Refuse what the tool would replace without a word."""
    if not spec.choices or value in spec.choices:
        return
    reason = dict(spec.off).get(value, "")
    if not reason and spec.kind == "number" and isinstance(value, int):
        numbers = [choice for choice in spec.choices if isinstance(choice, int)]
        nearest = sorted(sorted(numbers, key=lambda choice: abs(choice - value))[:4])
        reason = f"legal values nearby are {', '.join(map(str, nearest))}."
    raise DesignError(f"--set {assignment}: {reason or 'it takes ' + ', '.join(map(str, spec.choices[:12])) + '.'}")


def _value(field: str, text: str) -> Value:
    if field in (*PRECISIONS, "precision") or "<" in text:
        return parse(text)
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        return int(text)
    except ValueError:
        return text
