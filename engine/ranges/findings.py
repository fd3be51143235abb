"""Findings about numbers that were seen to be beyond their type, each with the type that would hold them."""

from collections.abc import Iterator

from engine.advice.finding import Finding, Fix, Severity
from engine.design import ACCUM, RESULT, Design, set_on_layers
from engine.emulate.traces import share_text
from engine.flows.flow import Flow
from engine.precision import FixedType, Overflow
from engine.ranges.spread import Ranges, Spread
from engine.ranges.suggest import Method, suggested_type, type_now

ROLE_WORDS = {
    "weight": "weights",
    "scale": "factors",
    "depthwise": "depthwise weights",
    "pointwise": "pointwise weights",
    "recurrent_weight": "state weights",
    "param": "slopes",
    "bias": "biases",
    "accum": "sums",
    "result": "results",
}
WORTH_SAYING = 0.001
"""Share of numbers beyond a type that clips: fewer are what a type by percentile costs."""


def range_findings(design: Design, ranges: Ranges, flow: Flow) -> Iterator[Finding]:
    """Sums and results that overflow; weights have findings of their own, without data."""
    for spread in ranges.spreads:
        if spread.role not in (ACCUM, RESULT) or spread.layer not in design.network:
            continue
        type_ = type_now(design, flow, spread.layer, spread.role)
        if type_ is not None and is_wrong(spread, type_):
            yield _finding(design, spread, type_, flow)


def is_wrong(spread: Spread, type_: FixedType) -> bool:
    """Whether more numbers overflow than a type may clip on purpose."""
    beyond = spread.histogram.share_beyond(type_)
    return beyond > (0 if wraps(type_) else WORTH_SAYING)


def wraps(type_: FixedType) -> bool:
    """Whether numbers beyond the type come back at its other end."""
    return type_.overflow in (Overflow.WRAP, Overflow.WRAP_SM)


def _finding(design: Design, spread: Spread, type_: FixedType, flow: Flow) -> Finding:
    layer, role, words = spread.layer, spread.role, ROLE_WORDS[spread.role]
    needed = suggested_type(spread, type_, Method.TRIM)
    verb = "wrap" if wraps(type_) else "are clipped"
    choosable = role in {spec.key for spec in flow.settings(design, layer)}
    fix = Fix(
        f"Set <{needed.short}>",
        f"{words.capitalize()} of {layer} to {needed}",
        lambda design: set_on_layers(design, (layer,), role, needed),
    )
    return Finding(
        Severity.RISK,
        f"{layer}: {share_text(spread.histogram.share_beyond(type_))} of its {words} {verb}",
        f"They reach {max(abs(spread.lowest), abs(spread.highest)):.3g}, the type ends at {type_.maximum:.3g}.",
        (layer,),
        fix if choosable else None,
    )
