"""Trained weights as an edit of a design."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.design import Design, with_network
from engine.network import Layer, Network, TensorRef, TensorStore
from engine.network.edits import drop_unfitting_weights
from engine.training.errors import NotTrainableError


@dataclass(frozen=True, slots=True)
class Trained:
    """One array that a training yielded."""

    layer: str
    role: str
    ref: TensorRef

    def to_json(self) -> list[Any]:
        """As a job's result carries it."""
        return [self.layer, self.role, self.ref.digest, list(self.ref.shape)]


def trained_from_json(rows: Iterable[Any]) -> tuple[Trained, ...]:
    """What `Trained.to_json` wrote."""
    return tuple(Trained(layer, role, TensorRef(digest, tuple(shape))) for layer, role, digest, shape in rows)


def stored(weights: Mapping[tuple[str, str], Any], store: TensorStore) -> tuple[Trained, ...]:
    """Arrays by layer and role, put into a store. Raises NotTrainableError for values that are not numbers."""
    for (layer, role), array in weights.items():
        if not np.isfinite(array).all():
            grown = f"Training made the {role} of '{layer}' grow without bound"
            raise NotTrainableError(f"{grown}: lower the learning rate.")
    return tuple(Trained(layer, role, store.put(array)) for (layer, role), array in weights.items())


def with_trained(design: Design, weights: Iterable[Trained]) -> Design:
    """The design with trained weights. Layers that have gone or changed their shapes since keep what they have.

    Raises NotTrainableError if none of them fits any more.
    """
    found: dict[str, dict[str, TensorRef]] = {}
    for each in weights:
        found.setdefault(each.layer, {})[each.role] = each.ref
    network = design.network
    layers = tuple(_given(layer, found.get(layer.name, {}), network) for layer in network.layers)
    if not any(_fit(layer, found.get(layer.name, {}), network) for layer in network.layers):
        raise NotTrainableError("The trained weights fit no layer of the design any more: it has been edited since.")
    return with_network(design, drop_unfitting_weights(Network(layers)))


def _given(layer: Layer, weights: dict[str, TensorRef], network: Network) -> Layer:
    return replace(layer, weights=tuple(weights.items())) if _fit(layer, weights, network) else layer


def _fit(layer: Layer, weights: dict[str, TensorRef], network: Network) -> bool:
    shapes = network.input_shapes(layer.name)
    needed = layer.op.weight_shapes(shapes) if shapes is not None else {}
    return bool(weights) and needed == {role: ref.shape for role, ref in weights.items()}


def take_over(weights: Iterable[Trained], source: TensorStore, target: TensorStore) -> None:
    """Copy the arrays from the store of a job into that of a document."""
    for each in weights:
        target.put(source.get(each.ref))
