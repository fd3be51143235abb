"""Findings about batch normalisations that cannot be worked out."""

from collections.abc import Iterator

from engine.advice.finding import Finding, Severity
from engine.advice.words import plural
from engine.design import Design
from engine.network import Layer, MissingTensorError, TensorStore
from engine.network.kinds import BatchNorm
from engine.network.weights import rootless


def norm_findings(design: Design, tensors: TensorStore | None) -> Iterator[Finding]:
    """Variances that have no root: no accuracy can be computed, and the layer's cost leaves those channels out."""
    for layer in design.network.layers:
        count = _without_root(layer, tensors)
        if count:
            yield Finding(
                Severity.OVER,
                f"{layer.name}: {plural(count, 'variance')} not above zero",
                "The layer divides by their root: set a larger epsilon, or train the network again.",
                (layer.name,),
            )


def _without_root(layer: Layer, tensors: TensorStore | None) -> int:
    if tensors is None or not isinstance(layer.op, BatchNorm) or layer.weight("variance") is None:
        return 0
    try:
        return rootless(layer, tensors)
    except MissingTensorError:
        return 0
