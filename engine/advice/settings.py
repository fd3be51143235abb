"""Findings about settings: values that the tool would replace or refuse."""

from collections.abc import Iterator
from functools import partial

from engine.advice.finding import Finding, Fix, Severity
from engine.advice.words import grouped
from engine.design import RESULT, REUSE_FACTOR, Design, Effective, Value, set_on_layers
from engine.flows.flow import Flow, SettingSpec
from engine.precision import MAX_WIDTH, FixedType

_USUAL = FixedType(16, 6)
"""hls4ml's own default."""


def setting_findings(design: Design, flow: Flow) -> Iterator[Finding]:
    """Types that grow past every limit, reuse factors that the converter replaces, values that are not legal here."""
    yield from _grown_types(design, flow)
    for layer in design.network.layers:
        yield from _replaced_reuse(design, flow, layer.name)
        yield from _illegal(design, flow, layer.name)


def _grown_types(design: Design, flow: Flow) -> Iterator[Finding]:
    """The first layer whose result has grown to the widest type there is."""
    for layer in design.network.order:
        result = flow.resolve(design, layer, RESULT)
        if result is not None and isinstance(result.value, FixedType) and result.value.width >= MAX_WIDTH:
            yield Finding(
                Severity.OVER,
                f"{layer}: its result outgrows {grouped(MAX_WIDTH)} bits",
                "Each layer without a result type adds bits to the one before; no compiler takes more.",
                (layer,),
                Fix(
                    f"Set {_USUAL.short}",
                    f"Result of {layer} to {_USUAL}",
                    partial(set_on_layers, names=(layer,), key=RESULT, value=_USUAL),
                ),
            )
            return


def _replaced_reuse(design: Design, flow: Flow, layer: str) -> Iterator[Finding]:
    reuse = flow.resolve(design, layer, REUSE_FACTOR)
    if reuse is None or reuse.asked is None or not isinstance(reuse.value, int):
        return
    value, specs = reuse.value, flow.settings(design, layer)
    if any(spec.key == REUSE_FACTOR and reuse.asked in dict(spec.off) for spec in specs):
        return
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
        wrong = next((each for each in _values(chosen) if each in reasons), None)
        if wrong is None or not spec.choices:
            continue
        key, best = spec.key, _nearest(spec, wrong)
        yield Finding(
            Severity.OVER,
            f"{layer}: {spec.label.lower()} {wrong} cannot be built",
            reasons[wrong],
            (layer,),
            Fix(
                f"Set {best}",
                f"{spec.label} of {layer} to {best}",
                partial(_set_legal, flow=flow, layer=layer, key=key, value=best),
            ),
        )


def _set_legal(design: Design, flow: Flow, layer: str, key: str, value: Value) -> Design:
    """The setting made, and the layer's other settings that are not legal beside it brought to the nearest value."""
    design = set_on_layers(design, (layer,), key, value)
    for spec in flow.settings(design, layer):
        reasons = dict(spec.off)
        wrong = next((each for each in _values(flow.resolve(design, layer, spec.key)) if each in reasons), None)
        if spec.key != key and wrong is not None and spec.choices:
            design = set_on_layers(design, (layer,), spec.key, _nearest(spec, wrong))
    return design


def _values(chosen: Effective | None) -> tuple[Value, ...]:
    """What is built of a setting, and what was asked where a part of the layer is built as asked."""
    if chosen is None:
        return ()
    return (chosen.value,) if chosen.asked is None else (chosen.value, chosen.asked)


def _nearest(spec: SettingSpec, wrong: Value) -> Value:
    """The legal number closest to one that is not, the smaller of two; the first choice of other settings."""
    numbers = [each for each in spec.choices if isinstance(each, int)]
    if spec.kind != "number" or not isinstance(wrong, int) or not numbers:
        return spec.choices[0]
    return min(numbers, key=lambda each: (abs(each - wrong), each))
