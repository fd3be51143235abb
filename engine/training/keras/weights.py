"""Weights in and out of a model, as arrays by layer and role."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network import Network, TensorStore
from engine.training.keras.model import Built, Role

Weights = dict[Role, NDArray[np.float32]]


def stored_weights(network: Network, tensors: TensorStore) -> Weights:
    """What a network's layers refer to, as it is stored. Raises MissingTensorError."""
    return {(layer.name, role): tensors.get(ref) for layer in network.layers for role, ref in layer.weights}


def weights_of(built: Built) -> Weights:
    """A model's weights; those that are pruned are zero."""
    found = {role: np.asarray(variable.numpy(), np.float32) for role, variable in built.variables.items()}
    return found | {role: np.where(mask.numpy() > 0, found[role], 0) for role, mask in built.masks.items()}


def load_weights(built: Built, weights: Mapping[Role, Any]) -> None:
    """Give a model weights; those that it lacks are left out."""
    for role, variable in built.variables.items():
        if role in weights:
            variable.assign(weights[role].reshape(variable.shape))
