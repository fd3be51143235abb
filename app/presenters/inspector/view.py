"""The whole inspector, put together."""

from app.presenters.inspector.facts import facts_of, header_of
from app.presenters.inspector.precision import roles_of
from app.presenters.inspector.reuse import reuse_of
from app.presenters.inspector.subject import Subject
from engine.advice import LATENCY, RATE, is_late, missed, slowest_layers
from engine.advice.words import resource_name
from engine.design import RESULT, REUSE_FACTOR, STRATEGY
from engine.estimate import RESOURCES, Quantity, total
from engine.network.kinds import Input
from engine.precision import FixedType, Precision
from widgets.inspector.describe import params_of, setting_view
from widgets.inspector.model import (
    AdviceRow,
    AdviceView,
    BuiltRow,
    BuiltView,
    CostRow,
    CostView,
    InputView,
    InspectorView,
    SettingView,
)

_NEXT_STEP = "Select a layer to set its precision and reuse factor. Drag over several to set them together."


def inspector_view(subject: Subject) -> InspectorView:
    """Everything the inspector shows of the selection."""
    layer = subject.single
    if not subject.names:
        return InspectorView(
            (), header_of(subject), facts_of(subject), hint=_NEXT_STEP, cost=_cost(subject), advice=_advice(subject)
        )
    settings = _settings(subject)
    return InspectorView(
        subject.names,
        header_of(subject),
        facts_of(subject),
        input=_input(subject),
        precision=() if layer is not None and isinstance(layer.op, Input) else roles_of(subject),
        reuse=reuse_of(subject),
        strategy=settings.pop(STRATEGY, None),
        settings=tuple(settings.values()),
        params=() if layer is not None and isinstance(layer.op, Input) else params_of([e.op for e in subject.layers]),
        params_source="of the network",
        cost=_cost(subject),
        built=_built(subject),
        advice=_advice(subject),
    )


def _settings(subject: Subject) -> dict[str, SettingView]:
    """Choices and numbers other than the reuse factor; types of tables stay with the defaults."""
    return {
        key: setting_view(spec, found)
        for key, spec in subject.specs.items()
        if key != REUSE_FACTOR and spec.kind != "precision" and (found := subject.resolved(key))
    }


def _input(subject: Subject) -> InputView | None:
    layer = subject.single
    if layer is None or not isinstance(layer.op, Input):
        return None
    found = subject.flow.resolve(subject.design, layer.name, RESULT)
    if found is None or not isinstance(found.value, Precision):
        return None
    type_ = found.value
    values = f"{type_.minimum:g} to {type_.maximum:g}" if isinstance(type_, FixedType) else ""
    return InputView(params_of([layer.op])[0], type_, values)


def _cost(subject: Subject) -> CostView | None:
    if subject.estimate.refusal:
        return None
    rows = tuple(_cost_row(subject, resource) for resource in RESOURCES)
    titles = {0: "Cost of the network", 1: "Cost of this layer"}
    title = titles.get(len(subject.names), "Cost of these layers")
    return CostView(title, subject.estimate.tier, tuple(row for row in rows if row.quantity.value or row.share))


def _cost_row(subject: Subject, resource: str) -> CostRow:
    whole = subject.estimate.total.resource(resource)
    label = resource_name(resource, subject.design.target.board)
    if not subject.names:
        return CostRow(resource, label, whole, None)
    costs = {each.name: each.cost for each in subject.estimate.layers}
    parts: list[Quantity] = [costs[name].resource(resource) for name in subject.names if name in costs]
    quantity = parts[0] if len(parts) == 1 else total(parts)
    return CostRow(resource, label, quantity, quantity.value / whole.value if whole.value else None)


def _built(subject: Subject) -> BuiltView | None:
    layer = subject.single
    if layer is None or not subject.built:
        return None
    rows = [each for each in subject.built if layer.name in each.sources]
    return BuiltView(
        subject.flow.label,
        tuple(
            BuiltRow(
                each.name,
                each.note,
                own=each.note == "yours",
                layer=each.sources[0],
                group=layer.op.GROUP if each.note == "yours" else "",
                kinds=(layer.op.KIND,) if each.note == "yours" else (),
            )
            for each in rows
        ),
    )


def _advice(subject: Subject) -> AdviceView | None:
    found, note = subject.suggestions, _too_slow(subject)
    if found is None or not (found or note):
        return None
    rows = tuple(
        AdviceRow(each.change, each.detail, each.saved, each.fix, bool(each.breaks), each.layer) for each in found
    )
    return AdviceView(_ranked_by(found[0].resource) if found else "", rows, note)


def _ranked_by(resource: str) -> str:
    return f"by {resource} gained" if resource in (LATENCY, RATE) else f"by {resource_name(resource)} saved"


def _too_slow(subject: Subject) -> str:
    """What is missed, and where to turn if no edit of a single layer helps; '' for a design that is quick enough."""
    slow = missed(subject.design.requirement, subject.estimate)
    if not slow or subject.estimate.refusal:
        return ""
    if any(each.resource in (LATENCY, RATE) for each in subject.suggestions or ()):
        return f"Too slow: {slow}."
    slowest = slowest_layers(subject.design, subject.estimate)[0]
    if subject.single is not None and subject.single.name != slowest:
        return f"Too slow: {slow}. Nothing in this layer makes it quicker; {slowest} takes longest."
    where = "this layer" if subject.single is not None else "one layer alone"
    way = "Fit to board…" if is_late(subject.design.requirement, subject.estimate) else "Meet a rate…"
    return f"Too slow: {slow}. Nothing in {where} makes it quicker; Network, {way} changes several at once."
