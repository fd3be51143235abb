"""Random networks, grown layer by layer so that every shape fits."""

from hypothesis import strategies as st

from engine.network import Layer, Network, NetworkError
from engine.network.edits import add_layer
from engine.network.kinds import (
    Activation,
    BatchNorm,
    Concatenate,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Flatten,
    Input,
    Merge,
    Pool2D,
    Softmax,
)

OPS = (
    Dense(units=3),
    Dense(units=5, use_bias=False),
    Conv2D(kernel=(2, 2), filters=3, padding="same"),
    Conv2D(kernel=(3, 1), filters=2),
    DepthwiseConv2D(kernel=(2, 2)),
    Pool2D(),
    BatchNorm(),
    Activation("relu"),
    Softmax(),
    Flatten(),
    Merge("add"),
    Concatenate(),
)


@st.composite
def networks(draw, most=12):
    """Networks of one input and up to `most` further layers; what does not fit is left out."""
    network = Network((Layer("start", Input(shape=draw(st.sampled_from([(6,), (6, 5, 3)])))),))
    for number in range(draw(st.integers(0, most))):
        op = draw(st.sampled_from(OPS))
        names = [layer.name for layer in network.layers]
        sources = tuple(draw(st.sampled_from(names[-4:])) for _ in range(op.PORTS[0]))
        try:
            network = add_layer(network, op, f"{op.KIND}_{number}", sources)
        except NetworkError:
            continue
    return network
