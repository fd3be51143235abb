"""What may keep FINN from building a design, each with the way round it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.design import RESULT, Design, set_on_layers
from engine.flows.finn.choices import MOST_THRESHOLD_BITS, Choices
from engine.flows.finn.lowering import passes_on
from engine.flows.flow import Remedy, Risk
from engine.flows.problem import Problem
from engine.network.kinds import Activation, BatchNorm, ParametricActivation, Softmax
from engine.precision import FixedType, Overflow, Rounding

_STREAMS = Risk(
    "FINN always streams",
    "With io_stream its run is simulated too: latency, and how full FIFOs get.",
    (),
    0.0,
    remedies=(
        Remedy("Set io_stream", lambda design: replace(design, target=replace(design.target, io_type="io_stream"))),
    ),
)


def risks(design: Design, problems: Sequence[Problem]) -> Iterator[Risk]:
    """What FINN has no unit for, biases that no thresholds take up, and io_parallel."""
    for problem in problems:
        yield _refused(design, problem)
    for layer in design.network.layers:
        if getattr(layer.op, "use_bias", False):
            for reader in _bare_readers(design, layer.name):
                yield _shifted(layer.name, reader)
    if design.target.io_type != "io_stream":
        yield _STREAMS


def _bare_readers(design: Design, name: str) -> Iterator[str]:
    """The layers that a layer's bias reaches without an activation between."""
    network, choices = design.network, Choices(design)
    for reader in map(network.__getitem__, network.consumers[name]):
        op = reader.op
        untyped = isinstance(op, Activation) and op.function == "linear" and choices.bits(reader, RESULT) is None
        if untyped or isinstance(op, BatchNorm) or passes_on(op):
            yield from _bare_readers(design, reader.name)
        elif not isinstance(op, Activation | ParametricActivation | Softmax):
            yield reader.name


def _shifted(name: str, reader: str) -> Risk:
    detail = (
        f"No thresholds take up the bias of {name}: it is estimated as a unit of its own, and Export model for FINN "
        f"refuses it unless it is 0. Put an activation with a result type in front of {reader}, or leave the bias out."
    )
    return Risk(f"{reader} reads {name} without an activation", detail, (name, reader), None)


def _refused(design: Design, problem: Problem) -> Risk:
    detail = f"{problem.reason} {problem.remedy}"
    remedies = (Remedy(f"Set {MOST_THRESHOLD_BITS} bits", _short_results),) if _too_wide(design, problem.layer) else ()
    return Risk(f"{problem.layer} cannot be built by FINN", detail, (problem.layer,), None, True, remedies)


def _too_wide(design: Design, name: str) -> bool:
    """Whether an activation yields more thresholds than FINN makes."""
    layer = design.network[name]
    bits = Choices(design).bits(layer, RESULT) or MOST_THRESHOLD_BITS + 1
    return isinstance(layer.op, Activation | ParametricActivation) and bits > MOST_THRESHOLD_BITS


def _short_results(design: Design) -> Design:
    """All activations that have more bits than FINN makes thresholds of, with as many as it does."""
    choices = Choices(design)
    for layer in design.network.layers:
        if _too_wide(design, layer.name):
            now = choices.type(layer, RESULT) or FixedType(16, 6)
            lossless = getattr(layer.op, "function", "") in ("relu", "relu6", "sigmoid", "softplus")
            integer = min(now.integer - (now.signed and lossless), MOST_THRESHOLD_BITS - 2)
            type_ = FixedType(MOST_THRESHOLD_BITS, integer, not lossless, Rounding.RND_CONV, Overflow.SAT)
            design = set_on_layers(design, (layer.name,), RESULT, type_)
    return design
