"""Findings about weight types: values that do not fit, and integer bits that no weight uses."""

from collections.abc import Iterator
from functools import lru_cache
from math import floor, log2

import numpy as np

from engine.advice.finding import Finding, Fix, Severity
from engine.advice.words import plural
from engine.design import WEIGHT, Design, Origin, set_on_layers
from engine.flows.flow import Flow
from engine.network import TensorRef, TensorStore
from engine.precision import FixedType


def weight_findings(design: Design, flow: Flow, tensors: TensorStore | None) -> Iterator[Finding]:
    """Compare each kernel with the type it is stored in. Quantised kernels fit by construction."""
    if tensors is None:
        return
    for layer in design.network.layers:
        kernel, chosen = layer.weight("kernel"), flow.resolve(design, layer.name, WEIGHT)
        if kernel is None or chosen is None or not isinstance(chosen.value, FixedType):
            continue
        if layer.quantizer("kernel") is not None and chosen.origin is Origin.MODEL:
            continue
        finding = _finding(layer.name, chosen.value, largest_weight(kernel, tensors))
        if finding is not None:
            yield finding


def _finding(layer: str, type_: FixedType, largest: float) -> Finding | None:
    needed = integer_bits(largest, type_.signed)
    spare = type_.integer - needed
    if spare < 0:
        wider = type_.changed(width=type_.width - spare, integer=needed)
        return Finding(
            Severity.RISK,
            f"{layer}: weights reach {largest:.3g}, the type ends at {type_.maximum:.3g}",
            f"{plural(-spare, 'more integer bit')} would hold them.",
            (layer,),
            _set(layer, wider),
        )
    if spare >= 1 and type_.width - spare >= 2:
        narrower = type_.changed(width=type_.width - spare, integer=needed)
        return Finding(
            Severity.HINT,
            f"{layer}: {plural(spare, 'integer bit')} of the weights unused",
            f"<{narrower.short}> holds the same values.",
            (layer,),
            _set(layer, narrower),
        )
    return None


def integer_bits(largest: float, signed: bool) -> int:
    """Integer bits, sign included, that hold magnitudes up to `largest`."""
    return (floor(log2(largest)) + 1 if largest > 0 else 0) + signed


def _set(layer: str, type_: FixedType) -> Fix:
    return Fix(
        f"Set <{type_.short}>",
        f"Weights of {layer} to {type_}",
        lambda design: set_on_layers(design, (layer,), WEIGHT, type_),
    )


@lru_cache(maxsize=4096)
def largest_weight(ref: TensorRef, tensors: TensorStore) -> float:
    """The largest magnitude of an array of weights."""
    values = tensors.get(ref)
    return float(np.abs(values).max()) if values.size else 0.0
