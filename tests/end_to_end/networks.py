"""Designs opened in the real window."""

from dataclasses import replace

from engine.boards import board
from engine.design import REUSE_FACTOR, Design, set_on_layers
from engine.network import Layer, Network
from engine.network.kinds import Activation, BatchNorm, Conv2D, Dense, GlobalPool, Input, Merge, Softmax
from engine.opening import starting_design

LONG = 300
"""Layers of `long_resnet`."""
TUNED = "b20_conv1"
"""A layer in its middle, with some thirty legal reuse factors."""


def long_resnet() -> Design:
    """Residual blocks of seven layers, 300 layers in all, streamed on a VU13P."""
    layers = [Layer("image", Input(shape=(16, 16, 16)))]
    for block in range((LONG - 6) // 7):
        layers += _block(f"b{block}", layers[-1].name)
    layers.append(Layer("stem_end", Activation(), (layers[-1].name,)))
    layers.append(Layer("pool", GlobalPool(), (layers[-1].name,)))
    for name in ("hidden", "classifier"):
        layers.append(Layer(name, Dense(units=10), (layers[-1].name,)))
    layers.append(Layer("softmax", Softmax(), (layers[-1].name,)))
    design = starting_design("long_resnet", Network(tuple(layers)), board("vu13p"))
    design = replace(design, target=replace(design.target, io_type="io_stream"))
    convolutions = [layer.name for layer in layers if isinstance(layer.op, Conv2D)]
    return set_on_layers(design, convolutions, REUSE_FACTOR, 72)


def _block(name: str, before: str) -> list[Layer]:
    def conv(part: str, source: str) -> Layer:
        return Layer(f"{name}_{part}", Conv2D(filters=16, padding="same"), (source,))

    return [
        conv("conv1", before),
        Layer(f"{name}_norm1", BatchNorm(), (f"{name}_conv1",)),
        Layer(f"{name}_relu1", Activation(), (f"{name}_norm1",)),
        conv("conv2", f"{name}_relu1"),
        Layer(f"{name}_norm2", BatchNorm(), (f"{name}_conv2",)),
        Layer(f"{name}_add", Merge(), (f"{name}_norm2", before)),
        Layer(f"{name}_relu2", Activation(), (f"{name}_add",)),
    ]
