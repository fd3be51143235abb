"""Precision: the type of each role over the selection, with the weights it holds."""

from functools import lru_cache

import numpy as np

from app.presenters.inspector.subject import Subject
from engine.design import PRECISIONS, Effective, Origin
from engine.network import Layer, TensorStore
from engine.network.weights import effective_weight
from engine.precision import AUTO, FixedType
from engine.ranges.histogram import Histogram, measure
from widgets.inspector.describe import origin_text, tally
from widgets.inspector.model import RoleView, Spread

_LABELS = {"weight": "Weights", "bias": "Bias", "accum": "Sum", "result": "Result"}
_TENSORS = {"weight": "kernel", "bias": "bias"}
_UNMEASURED = "Not measured over data yet: Run, Ranges…"
_MOST_LAYERS = 1
"""A histogram is of one layer: many layers' weights in one picture say nothing."""


def roles_of(subject: Subject) -> tuple[RoleView, ...]:
    """Roles that all selected layers have, in the order of the tabs."""
    specs = subject.specs
    return tuple(_role(subject, role) for role in PRECISIONS if role in specs)


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
        spreads=_spreads(subject),
    )


def _common(found: list[Effective]) -> FixedType | None:
    values = {each.value for each in found}
    only = next(iter(values)) if len(values) == 1 else None
    return only if isinstance(only, FixedType) else None


def _spreads(subject: Subject) -> tuple[Spread, ...]:
    layer = subject.single
    if layer is None:
        return ()
    return (Spread("kind", f"Use for every {layer.op.LABEL}"), Spread("default", "Use for the whole design"))


def _histogram(subject: Subject, role: str) -> tuple[Histogram | None, str]:
    layer = subject.single
    if layer is None:
        return None, ""
    tensor = _TENSORS.get(role)
    if tensor is None:
        spread = subject.ranges.of(layer.name, role)
        return (None, _UNMEASURED) if spread is None else (spread.histogram, "")
    if layer.weight(tensor) is None:
        return None, "No trained weights: open a trained model to see them here."
    return _weights_histogram(layer, tensor, subject.tensors), ""


def _noise(subject: Subject, role: str, type_: FixedType | None) -> float | None:
    """Signal to noise of one layer's numbers in a type, where they are measured."""
    layer = subject.single
    spread = None if layer is None else subject.ranges.of(layer.name, role)
    return None if spread is None or type_ is None else spread.fit(type_).noise_db


@lru_cache(maxsize=64)
def _weights_histogram(layer: Layer, role: str, tensors: TensorStore) -> Histogram:
    return measure(np.asarray(effective_weight(layer, role, tensors)).ravel())
