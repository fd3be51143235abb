"""The candidates of each layer: reuse factors that are legal for it, and widths of its weights."""

from collections.abc import Iterator, Sequence
from itertools import product

from engine.advice.weights import integer_bits, largest_weight
from engine.design import EMPTY, REUSE_FACTOR, WEIGHT, Design, Origin, Settings, Value
from engine.estimate import Axis, combinations
from engine.flows.flow import Flow
from engine.flows.reuse import legal_reuse_factors
from engine.network import TensorStore
from engine.precision import FixedType

MOST_COMBINATIONS = 5_000_000
"""A few seconds' work."""

_WEIGHTS = {
    WEIGHT: "kernel",
    "depthwise": "depthwise",
    "pointwise": "pointwise",
    "recurrent_weight": "recurrent_kernel",
}
"""Types of weights that are multiplied, with the arrays they store."""


class TooManyError(ValueError):
    """More combinations than can be evaluated while somebody waits; the message says what to do."""


def legal_candidates(
    design: Design,
    flow: Flow,
    tensors: TensorStore | None,
    layers: Sequence[str],
    reuse_factors: Sequence[int],
    widths: Sequence[int],
) -> tuple[Axis, ...]:
    """Each of these layers that multiplies, with all combinations of what is legal for it.

    A layer for which none of the reuse factors is legal keeps its own. Raises TooManyError.
    """
    axes = []
    for layer in layers:
        legal = legal_reuse_factors(design, layer, flow)
        weights = list(_weights(design, layer, flow))
        if not legal or not weights:
            continue
        reuse = [Settings(((REUSE_FACTOR, factor),)) for factor in reuse_factors if factor in legal]
        types = [Settings(tuple(_types(design, layer, flow, tensors, weights, width))) for width in widths]
        both = product(reuse or [EMPTY], types or [EMPTY])
        axes.append(Axis(layer, tuple(Settings(tuple(sorted((*a.items, *b.items)))) for a, b in both)))
    count = combinations(axes)
    if count > MOST_COMBINATIONS:
        raise TooManyError(
            f"{count:,} combinations, limit {MOST_COMBINATIONS:,}: give fewer values, or let fewer layers vary."
        )
    return tuple(axes)


def _weights(design: Design, layer: str, flow: Flow) -> Iterator[str]:
    """Keys of the layer's types of weights."""
    return (spec.key for spec in flow.settings(design, layer) if spec.key in _WEIGHTS)


def _types(
    design: Design, layer: str, flow: Flow, tensors: TensorStore | None, keys: list[str], width: int
) -> Iterator[tuple[str, Value]]:
    for key in keys:
        now = flow.resolve(design, layer, key)
        if now is not None and isinstance(now.value, FixedType):
            integer = now.value.integer
            ref = design.network[layer].weight(_WEIGHTS[key])
            if ref is not None and tensors is not None and now.origin is not Origin.MODEL:
                integer = integer_bits(largest_weight(ref, tensors), now.value.signed)
            yield key, FixedType(width, integer, now.value.signed)
