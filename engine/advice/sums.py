"""Findings about sums: those that may overflow, as average pooling adds up a whole window before it divides, and those
that hls4ml counts wrongly."""

from collections.abc import Iterator
from math import ceil, log2, prod

from engine.advice.finding import Finding, Fix, Severity
from engine.advice.words import plural
from engine.design import ACCUM, RESULT, WEIGHT, Design, set_on_layers
from engine.flows.flow import Flow
from engine.network import Layer
from engine.network.kinds import DepthwiseConv1D, DepthwiseConv2D, GlobalPool, Pool1D, Pool2D
from engine.precision import FixedType

_COUNTING = ("vitis", "vivado", "rtl")
"""Flows with hls4ml's arithmetic of bits."""


def sum_findings(design: Design, flow: Flow) -> Iterator[Finding]:
    """Average pools whose accumulator holds fewer integer bits than the sum of a window can need.

    hls4ml infers no accumulator for global pooling: it takes the model's default type, which wraps.
    """
    for layer in design.network.layers:
        count = _averaged(design, layer)
        accumulator, arriving = flow.resolve(design, layer.name, ACCUM), _arriving(design, flow, layer)
        if count < 2 or accumulator is None or arriving is None or not isinstance(accumulator.value, FixedType):
            continue
        growth = ceil(log2(count))
        missing = arriving.integer - arriving.signed + growth - (accumulator.value.integer - accumulator.value.signed)
        if missing > 0:
            yield _finding(layer.name, count, missing, _wide_enough(arriving, growth))


def count_findings(design: Design, flow: Flow) -> Iterator[Finding]:
    """Depthwise layers that count bits of more than one channel: hls4ml takes off the taps of all of them."""
    if flow.id not in _COUNTING:
        return
    for layer in design.network.layers:
        shapes = design.network.input_shapes(layer.name)
        if not isinstance(layer.op, DepthwiseConv1D | DepthwiseConv2D) or shapes is None or shapes[0][-1] < 2:
            continue
        weight = flow.resolve(design, layer.name, WEIGHT)
        if weight is not None and _is_bit(weight.value) and _is_bit(_arriving(design, flow, layer)):
            low = prod(layer.op.kernel) * (shapes[0][-1] - 1)
            yield Finding(
                Severity.RISK,
                f"{layer.name} counts too little",
                f"hls4ml takes the taps of all {shapes[0][-1]} channels off each one's count of equal bits: its "
                f"results are {low} below the float network's.",
                (layer.name,),
            )


def _is_bit(type_: object) -> bool:
    return isinstance(type_, FixedType) and (type_.width, type_.integer, type_.signed) == (1, 1, False)


def _finding(layer: str, count: int, missing: int, needed: FixedType) -> Finding:
    return Finding(
        Severity.RISK,
        f"{layer} may overflow",
        f"The sum of {count} values needs {plural(missing, 'more integer bit')}.",
        (layer,),
        Fix("Widen sum", f"Sum of {layer} to {needed}", lambda design: set_on_layers(design, (layer,), ACCUM, needed)),
    )


def _wide_enough(arriving: FixedType, growth: int) -> FixedType:
    """The type that holds every sum exactly."""
    return FixedType(arriving.width + growth, arriving.integer + growth, arriving.signed)


def _averaged(design: Design, layer: Layer) -> int:
    """How many values one average is made of; 0 for layers that average nothing."""
    shapes = design.network.input_shapes(layer.name)
    if shapes is None:
        return 0
    if isinstance(layer.op, GlobalPool):
        return prod(shapes[0][:-1]) if layer.op.mode == "average" else 0
    if isinstance(layer.op, Pool1D | Pool2D):
        return prod(layer.op.pool) if layer.op.mode == "average" else 0
    return 0


def _arriving(design: Design, flow: Flow, layer: Layer) -> FixedType | None:
    if not layer.inputs or layer.inputs[0] not in design.network:
        return None
    found = flow.resolve(design, layer.inputs[0], RESULT)
    return found.value if found is not None and isinstance(found.value, FixedType) else None
