"""Precision: the type of each role over the selection, with the weights it holds."""

from functools import lru_cache

from app.presenters.inspector.subject import Subject
from engine.design import ACCUM, PRECISIONS, RESULT, Effective, Origin
from engine.network import Layer, TensorStore
from engine.precision import AUTO, FixedType
from engine.ranges.histogram import Histogram, measure
from engine.ranges.stored import stored_numbers
from widgets.inspector.describe import origin_text, tally
from widgets.inspector.model import RoleView, Spread

_LABELS = {
    "weight": "Weights",
    "recurrent_weight": "State weights",
    "scale": "Factors",
    "depthwise": "Depthwise",
    "pointwise": "Pointwise",
    "param": "Slopes",
    "bias": "Bias",
    "accum": "Sum",
    "result": "Result",
}
"""In the order of the tabs."""
_ONE_NUMBER = "It is one number, a parameter of the layer."
_UNMEASURED = "Not measured over data yet: Run, Ranges…"
_MOST_LAYERS = 1
"""A histogram is of one layer: many layers' weights in one picture say nothing."""


def roles_of(subject: Subject) -> tuple[RoleView, ...]:
    """Roles that all selected layers have, in the order of the tabs."""
    specs = subject.specs
    return tuple(_role(subject, role) for role in _LABELS if role in specs)


def _role(subject: Subject, role: str) -> RoleView:
    resolved = {name: subject.flow.resolve(subject.design, name, role) for name in subject.names}
    known = {name: each for name, each in resolved.items() if each is not None}
    found = list(known.values())
    histogram, reason = _histogram(subject, role)
    types = tally(
        each.value if subject.design.chosen(name, role) is not None else AUTO
        for name, each in known.items()
        if isinstance(each.value, FixedType)
    )
    return RoleView(
        role,
        _LABELS[role],
        types,
        origin_text(found),
        inherited=all(each.origin is not Origin.LAYER for each in found),
        resettable=any(each.origin is Origin.LAYER for each in found),
        built=_common(found),
        histogram=histogram,
        no_histogram=reason,
        noise_db=_noise(subject, role, _common(found)),
        spreads=_spreads(subject, role),
    )


def _common(found: list[Effective]) -> FixedType | None:
    values = {each.value for each in found}
    only = next(iter(values)) if len(values) == 1 else None
    return only if isinstance(only, FixedType) else None


def _spreads(subject: Subject, role: str) -> tuple[Spread, ...]:
    layer = subject.single
    if layer is None:
        return ()
    for_kind = Spread("kind", f"Use for every {layer.op.LABEL}")
    return (for_kind, Spread("default", "Use for the whole design")) if role in PRECISIONS else (for_kind,)


def _histogram(subject: Subject, role: str) -> tuple[Histogram | None, str]:
    layer = subject.single
    if layer is None:
        return None, ""
    if role in (ACCUM, RESULT):
        spread = subject.ranges.of(layer.name, role)
        return (None, _UNMEASURED) if spread is None else (spread.histogram, "")
    if role == "param" and getattr(layer.op, "function", "") != "prelu":
        return None, _ONE_NUMBER
    found = _stored(layer, subject.tensors).get(role)
    return (found, "") if found else (None, "No trained weights: open a trained model to see them here.")


def _noise(subject: Subject, role: str, type_: FixedType | None) -> float | None:
    """Signal to noise of one layer's numbers in a type, where they are measured."""
    layer = subject.single
    spread = None if layer is None else subject.ranges.of(layer.name, role)
    return None if spread is None or type_ is None else spread.fit(type_).noise_db


@lru_cache(maxsize=64)
def _stored(layer: Layer, tensors: TensorStore) -> dict[str, Histogram]:
    """The constants of a layer by role."""
    return {role: measure(values.ravel()) for role, values in stored_numbers(layer, tensors)}
