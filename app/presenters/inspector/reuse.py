"""Reuse factor: legal values, what each would cost, and what is suggested."""

from collections.abc import Iterator, Sequence

from app.presenters.inspector.subject import Curve, Subject
from engine.design import REUSE_FACTOR, Design, Origin, set_on_layers
from engine.estimate import Cost
from engine.flows.flow import Flow
from engine.flows.reuse import legal_reuse_factors
from engine.network import TensorStore
from widgets.inspector.describe import origin_text, tally
from widgets.inspector.model import ReuseView

_MOST_POINTS = 400


def reuse_of(subject: Subject) -> ReuseView | None:
    """The section, where all selected layers have a reuse factor."""
    if not subject.names or REUSE_FACTOR not in subject.specs:
        return None
    found = subject.resolved(REUSE_FACTOR)
    legal = _common_legal(subject)
    curve = subject.curve if subject.curve is not None and subject.curve.legal == legal else None
    suggestion, words = _suggestion(subject)
    return ReuseView(
        legal,
        tally(each.value for each in found if isinstance(each.value, int)),
        before=subject.before,
        suggestion=suggestion if suggestion in legal else None,
        suggestion_text=words,
        multipliers=_multipliers(subject, legal),
        resource=curve.resource if curve else "DSP",
        amounts=curve.amounts if curve else (),
        intervals=curve.intervals if curve else (),
        slowest=subject.estimate.total.interval.value or None,
        origin=origin_text(found),
        inherited=all(each.origin is not Origin.LAYER for each in found),
        resettable=any(each.origin is Origin.LAYER for each in found),
        off="" if legal else "no reuse factor is legal for all selected layers",
    )


def reuse_before(design: Design, names: tuple[str, ...], flow: Flow) -> int | None:
    """The reuse factor in a design of the only layer selected."""
    if len(names) != 1 or names[0] not in design.network:
        return None
    found = flow.resolve(design, names[0], REUSE_FACTOR)
    return found.value if found is not None and isinstance(found.value, int) else None


def curve_costs(design: Design, name: str, flow: Flow, tensors: TensorStore) -> Iterator[Cost]:
    """What one layer costs at each of its legal reuse factors, worked out one by one; nothing where it has one only."""
    legal = legal_reuse_factors(design, name, flow)
    if 1 < len(legal) <= _MOST_POINTS:
        for value in legal:
            yield flow.estimate(set_on_layers(design, (name,), REUSE_FACTOR, value), tensors).of(name)


def make_curve(legal: tuple[int, ...], costs: Sequence[Cost]) -> Curve:
    """The curve of `curve_costs`; the resource that moves most is the one drawn."""
    moved = {each: _moved([cost.resource(each).value for cost in costs]) for each in ("DSP", "LUT")}
    resource = "DSP" if moved["DSP"] > 0 else "LUT"
    return Curve(
        legal,
        resource,
        tuple(cost.resource(resource).value for cost in costs),
        tuple(cost.interval.value for cost in costs),
    )


def _moved(values: list[float]) -> float:
    return max(values) - min(values)


def _common_legal(subject: Subject) -> tuple[int, ...]:
    sets = [legal_reuse_factors(subject.design, name, subject.flow) for name in subject.names]
    common = set(sets[0]).intersection(*sets[1:]) if sets else set()
    return tuple(sorted(common))


def _multipliers(subject: Subject, legal: tuple[int, ...]) -> tuple[int, ...]:
    """Products over the reuse factor: what the tool has to build."""
    layer = subject.single
    shapes = subject.design.network.input_shapes(layer.name) if layer is not None else None
    if layer is None or shapes is None:
        return ()
    products = max((_size(shape) for shape in layer.op.weight_shapes(shapes).values() if len(shape) > 1), default=0)
    return tuple(-(-products // value) for value in legal) if products else ()


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for extent in shape:
        size *= extent
    return size


def _suggestion(subject: Subject) -> tuple[int | None, str]:
    """The value that a finding's fix, or what makes the design quick enough, would set on this layer."""
    layer = subject.single
    for each in subject.suggestions or ():
        value = each.fix.edit(subject.design).of_layer(each.layer).get(REUSE_FACTOR)
        if layer is not None and not each.breaks and isinstance(value, int):
            return value, each.detail
    for finding in subject.findings:
        if layer is not None and finding.resource and finding.layers == (layer.name,) and finding.fix is not None:
            value = finding.fix.edit(subject.design).of_layer(layer.name).get(REUSE_FACTOR)
            if isinstance(value, int):
                return value, finding.detail
    return None, ""
