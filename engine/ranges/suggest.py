"""Types suggested for the numbers that were measured: the bits they need, or the point where it serves them best."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import lru_cache
from math import ceil, log2

import numpy as np

from engine.design import ACCUM, BIAS, RESULT, WEIGHT, Design, Origin, set_on_layers
from engine.flows.flow import Flow
from engine.network import Layer, TensorStore
from engine.network.weights import effective_weight
from engine.precision import FixedType, Overflow
from engine.precision.cast import cast
from engine.ranges.exact import exact_sum
from engine.ranges.spread import Ranges, Spread
from engine.ranges.stored import FACTORS


class Method(StrEnum):
    """`trim` keeps the step and drops the bits that nothing uses; the next three keep the width and move the point;
    `exact` is of sums and follows from the weights alone.
    """

    TRIM = "trim"
    MIN_MAX = "min-max"
    PERCENTILE = "percentile"
    MSE = "mse"
    EXACT = "exact"


BEYOND = 0.001
"""Share of the numbers that a type by percentile may clip."""
_TRIED = 8
"""Integer bits below those of min-max that are tried for the least error."""


def suggested_types(
    design: Design, ranges: Ranges, flow: Flow, tensors: TensorStore, method: Method, layers: tuple[str, ...] = ()
) -> dict[tuple[str, str], FixedType]:
    """(layer, role) → a type other than the one there is; of these layers, or of all."""
    found = {}
    for name in layers or design.network.order:
        if name in design.network:
            for role, type_ in _of_layer(design, ranges, flow, tensors, method, name):
                now = type_now(design, flow, name, role)
                if now is not None and type_ != now and role in _choosable(design, flow, name):
                    found[name, role] = type_
    return found


def apply_types(design: Design, types: dict[tuple[str, str], FixedType]) -> Design:
    """The design with all of them, as one edit."""
    for (name, role), type_ in types.items():
        design = set_on_layers(design, (name,), role, type_)
    return design


def type_now(design: Design, flow: Flow, layer: str, role: str) -> FixedType | None:
    """The type that the built hardware has; None where it has none of that role, or none that could be chosen: the bits
    of a stream between FINN's units do not say where the point stands.
    """
    found = flow.resolve(design, layer, role)
    if found is None or not isinstance(found.value, FixedType):
        return None
    chosen = found.origin is not Origin.CONVERTER or role in _choosable(design, flow, layer)
    return found.value if chosen else None


def _choosable(design: Design, flow: Flow, layer: str) -> set[str]:
    return {spec.key for spec in flow.settings(design, layer) if spec.kind == "precision"}


def _of_layer(
    design: Design, ranges: Ranges, flow: Flow, tensors: TensorStore, method: Method, name: str
) -> Iterator[tuple[str, FixedType]]:
    if method is Method.EXACT:
        type_ = exact_type(design, flow, tensors, name)
        if type_ is not None:
            yield ACCUM, type_
        return
    for role in (*FACTORS, BIAS, ACCUM, RESULT):
        spread = ranges.of(name, role)
        now = None if spread is None else type_now(design, flow, name, role)
        if spread is not None and now is not None:
            yield role, suggested_type(spread, now, method)


@lru_cache(maxsize=8192)
def suggested_type(spread: Spread, now: FixedType, method: Method) -> FixedType:
    """In place of the type there is now, by any method but `exact`; nothing but zeros says nothing."""
    return _METHODS[method](spread, now) if spread.lowest or spread.highest else now


def exact_type(design: Design, flow: Flow, tensors: TensorStore, name: str) -> FixedType | None:
    """The sum of a layer that never overflows; None for layers that multiply no weights."""
    layer = design.network[name]
    kernel, weight = layer.weight("kernel"), type_now(design, flow, name, WEIGHT)
    arriving = type_now(design, flow, layer.inputs[0], RESULT) if layer.inputs else None
    if kernel is None or weight is None or arriving is None or layer.op.GROUP not in ("dense", "conv"):
        return None
    shape = design.network.shapes[name]
    assert shape is not None
    return _exact(layer, tensors, weight, type_now(design, flow, name, BIAS), arriving, shape[-1])


@lru_cache(maxsize=1024)
def _exact(
    layer: Layer, tensors: TensorStore, weight: FixedType, offset: FixedType | None, arriving: FixedType, outputs: int
) -> FixedType | None:
    """Kept: a pass over all weights."""
    bias = effective_weight(layer, "bias", tensors) if layer.weight("bias") is not None else None
    return exact_sum(effective_weight(layer, "kernel", tensors), bias, weight, offset, arriving, outputs)


def _trim(spread: Spread, now: FixedType) -> FixedType:
    """Every number that was seen fits, with the step there is."""
    held = _min_max(spread, now)
    return held.changed(width=max(now.fraction + held.integer, 1 + held.signed), integer=held.integer)


def _min_max(spread: Spread, now: FixedType) -> FixedType:
    """Every number that was seen fits."""
    signed = now.signed or spread.lowest < 0
    needed = max(_reach(spread.highest), _reach(-spread.lowest)) + signed
    type_ = now.changed(integer=needed, signed=signed)
    # A number that is a power of two needs one bit more above the point, but for the lowest one.
    while spread.highest > type_.maximum + type_.step / 2 or spread.lowest < type_.minimum:
        type_ = type_.changed(integer=type_.integer + 1)
    return type_


def _reach(value: float) -> int:
    """Bits before the point that a positive number needs, about."""
    return ceil(log2(value)) if value > 0 else -_TRIED


def _percentile(spread: Spread, now: FixedType) -> FixedType:
    """All but one in a thousand fit; those beyond are clipped."""
    type_ = _min_max(spread, now)
    while spread.histogram.share_beyond(_narrower(type_)) <= BEYOND and type_.integer > -_TRIED:
        type_ = _narrower(type_)
    return type_


def _mse(spread: Spread, now: FixedType) -> FixedType:
    """The least mean square error of what was seen, clipped numbers included."""
    widest = _min_max(spread, now)
    tried = [widest]
    for _ in range(_TRIED):
        tried.append(_narrower(tried[-1]))
    values = np.asarray(spread.sample)
    return min(tried, key=lambda type_: float(np.square(cast(values, type_) - values).mean()))


def _narrower(type_: FixedType) -> FixedType:
    """A bit less before the point and one more behind it; what is beyond is clipped, not wrapped."""
    return type_.changed(integer=type_.integer - 1, overflow=Overflow.SAT, saturation_bits=0)


_METHODS: dict[Method, Callable[[Spread, FixedType], FixedType]] = {
    Method.TRIM: _trim,
    Method.MIN_MAX: _min_max,
    Method.PERCENTILE: _percentile,
    Method.MSE: _mse,
}
