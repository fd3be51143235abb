"""Small designs for tests, with made-up weights."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.boards import board
from engine.design import REUSE_FACTOR, WEIGHT, Design, Target, set_on_layers
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import Activation, Conv2D, Dense, Flatten, Input, Merge, Pool2D, Softmax
from engine.precision import FixedType

SHARED = Path(__file__).parents[2] / "shared"
"""Reference material of the project's makers; tests that read it skip where it is absent."""


def with_random_weights(network: Network, store: TensorStore, seed: int = 1) -> Network:
    """The same network with weights from a normal distribution."""
    random = np.random.default_rng(seed)
    layers = []
    for layer in network.layers:
        shapes = layer.op.weight_shapes(network.input_shapes(layer.name) or ())
        weights = tuple((role, store.put(random.normal(0, 0.3, shape))) for role, shape in shapes.items())
        layers.append(replace(layer, weights=weights))
    return Network(tuple(layers))


def jet_tagger(store: TensorStore | None = None) -> Design:
    """16-64-32-32-5 with ReLUs and softmax on a PYNQ-Z2, 6-bit weights."""
    layers = [Layer("features", Input(shape=(16,)))]
    for index, units in enumerate((64, 32, 32, 5), start=1):
        layers.append(Layer(f"fc{index}", Dense(units=units), (layers[-1].name,)))
        if index < 4:
            layers.append(Layer(f"relu{index}", Activation(), (layers[-1].name,)))
    layers.append(Layer("softmax", Softmax(), (layers[-1].name,)))
    design = _design("jet_tagger", Network(tuple(layers)), store)
    return set_on_layers(design, ("fc1", "fc2", "fc3", "fc4"), WEIGHT, FixedType(6, 1))


def small_resnet(store: TensorStore | None = None) -> Design:
    """A convolutional network with one skip, streamed."""
    layers = (
        Layer("image", Input(shape=(8, 8, 1))),
        Layer("stem", Conv2D(filters=4, padding="same"), ("image",)),
        Layer("stem_relu", Activation(), ("stem",)),
        Layer("conv1", Conv2D(filters=4, padding="same"), ("stem_relu",)),
        Layer("conv1_relu", Activation(), ("conv1",)),
        Layer("conv2", Conv2D(filters=4, padding="same"), ("conv1_relu",)),
        Layer("add", Merge(), ("conv2", "stem_relu")),
        Layer("pool", Pool2D(), ("add",)),
        Layer("flatten", Flatten(), ("pool",)),
        Layer("classifier", Dense(units=10), ("flatten",)),
    )
    design = _design("small_resnet", Network(layers), store, "io_stream")
    return set_on_layers(design, ("conv1", "conv2"), REUSE_FACTOR, 4)


def _design(name: str, network: Network, store: TensorStore | None, io_type: str = "io_parallel") -> Design:
    network = with_random_weights(network, store) if store else network
    return Design(name, network, Target(board("pynq-z2"), 10.0, "vitis", io_type))
