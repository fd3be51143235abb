"""Findings about settings: values that the tool would replace or refuse."""

from collections.abc import Iterator

from engine.advice.finding import Finding, Fix, Severity
from engine.advice.words import grouped
from engine.design import REUSE_FACTOR, Design, set_on_layers
from engine.flows.flow import Flow


def setting_findings(design: Design, flow: Flow) -> Iterator[Finding]:
    """Reuse factors that the converter replaces, and chosen values that are not legal here."""
    for layer in design.network.layers:
        yield from _replaced_reuse(design, flow, layer.name)
        yield from _illegal(design, flow, layer.name)


def _replaced_reuse(design: Design, flow: Flow, layer: str) -> Iterator[Finding]:
    reuse = flow.resolve(design, layer, REUSE_FACTOR)
    if reuse is None or reuse.asked is None or not isinstance(reuse.value, int):
        return
    value = reuse.value
    yield Finding(
        Severity.HINT,
        f"{layer}: reuse {reuse.asked} becomes {grouped(value)}",
        f"{reuse.asked} does not divide its products; the converter takes the nearest legal value.",
        (layer,),
        Fix(
            f"Set {value}",
            f"Reuse factor of {layer} to {value}",
            lambda d: set_on_layers(d, (layer,), REUSE_FACTOR, value),
        ),
    )


def _illegal(design: Design, flow: Flow, layer: str) -> Iterator[Finding]:
    for spec in flow.settings(design, layer):
        chosen = flow.resolve(design, layer, spec.key)
        reasons = dict(spec.off)
        if chosen is None or chosen.value not in reasons or not spec.choices:
            continue
        key, best = spec.key, spec.choices[0]
        yield Finding(
            Severity.OVER,
            f"{layer}: {spec.label.lower()} '{chosen.value}' cannot be built",
            reasons[chosen.value],
            (layer,),
            Fix(
                f"Set {best}",
                f"{spec.label} of {layer} to {best}",
                lambda d, key=key, best=best: set_on_layers(d, (layer,), key, best),  # type: ignore[misc]
            ),
        )
