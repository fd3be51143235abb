"""Generated designs: small networks of every kind of layer, with random settings, as Hypothesis strategies."""

from dataclasses import replace
from math import prod

import numpy as np
from hypothesis import strategies as st

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.flows.hls4ml.settings import type_keys
from engine.network import Layer, Network, NetworkError, TensorStore, kinds
from engine.precision import FixedType, Overflow, Rounding
from engine.precision.quantizer import Quantizer, QuantizerKind

PADDINGS = st.sampled_from(["valid", "same"])
FEW = st.integers(1, 4)

ELEMENTWISE = st.one_of(
    st.sampled_from(["linear", "relu", "sigmoid", "tanh", "hard_sigmoid", "softplus", "elu", "binary_tanh"]).map(
        lambda function: kinds.Activation(function=function)
    ),
    st.sampled_from(["leaky_relu", "thresholded_relu", "elu", "prelu"]).flatmap(
        lambda function: st.builds(
            kinds.ParametricActivation, function=st.just(function), alpha=st.sampled_from([0.3, 0.25])
        )
    ),
    st.builds(kinds.BatchNorm),
    st.just(kinds.Softmax()),
)
VECTOR = st.one_of(st.builds(kinds.Dense, units=st.integers(1, 9), use_bias=st.booleans()), ELEMENTWISE)
SEQUENCE = st.one_of(
    ELEMENTWISE,
    st.builds(kinds.Conv1D, kernel=st.tuples(FEW), padding=PADDINGS, filters=FEW, use_bias=st.booleans()),
    st.builds(kinds.DepthwiseConv1D, kernel=st.tuples(FEW), padding=PADDINGS, use_bias=st.booleans()),
    st.builds(kinds.SeparableConv1D, kernel=st.tuples(FEW), padding=PADDINGS, filters=FEW),
    st.builds(kinds.Pool1D, mode=st.sampled_from(["max", "average"]), pool=st.tuples(FEW), strides=st.tuples(FEW)),
    st.builds(kinds.GlobalPool, mode=st.sampled_from(["max", "average"]), keepdims=st.booleans()),
    st.builds(kinds.Dense, units=FEW),
    st.builds(kinds.GRU, units=FEW, return_sequences=st.booleans()),
    st.builds(kinds.LSTM, units=FEW, return_sequences=st.booleans()),
    st.just(kinds.Flatten()),
    st.just(kinds.Permute(order=(2, 1))),
    st.builds(kinds.Pad1D, padding=st.tuples(FEW, FEW)),
    st.builds(kinds.UpSample1D, size=FEW),
)
PICTURE = st.one_of(
    ELEMENTWISE,
    st.builds(
        kinds.Conv2D,
        kernel=st.tuples(FEW, FEW),
        strides=st.tuples(st.integers(1, 2), st.integers(1, 2)),
        padding=PADDINGS,
        filters=FEW,
        use_bias=st.booleans(),
    ),
    st.builds(kinds.DepthwiseConv2D, kernel=st.tuples(FEW, FEW), padding=PADDINGS, use_bias=st.booleans()),
    st.builds(kinds.SeparableConv2D, kernel=st.tuples(FEW, FEW), padding=PADDINGS, filters=FEW),
    st.builds(kinds.Pool2D, mode=st.sampled_from(["max", "average"]), pool=st.tuples(FEW, FEW), padding=PADDINGS),
    st.builds(kinds.GlobalPool, mode=st.sampled_from(["max", "average"]), keepdims=st.booleans()),
    st.builds(kinds.Dense, units=FEW),
    st.just(kinds.Flatten()),
    st.builds(kinds.Pad2D, padding=st.tuples(FEW, FEW, FEW, FEW)),
    st.builds(kinds.UpSample2D, size=st.tuples(st.integers(1, 2), st.integers(1, 2))),
)
BY_RANK = {1: VECTOR, 2: SEQUENCE, 3: PICTURE}
SHAPES = st.one_of(
    st.tuples(st.integers(1, 12)),
    st.tuples(st.integers(4, 8), FEW),
    st.tuples(st.integers(4, 6), st.integers(4, 6), FEW),
)
TYPES = st.builds(
    FixedType,
    width=st.integers(2, 24),
    integer=st.integers(-2, 12),
    signed=st.booleans(),
    rounding=st.sampled_from(list(Rounding)),
    overflow=st.sampled_from([Overflow.WRAP, Overflow.SAT, Overflow.SAT_SYM]),
)
WEIGHTS = st.one_of(
    st.builds(
        Quantizer,
        kind=st.just(QuantizerKind.BITS),
        bits=st.integers(2, 9),
        integer=st.integers(0, 1),
        alpha=st.sampled_from(["", 1.0, 0.5, "auto", "auto_po2"]),
    ),
    st.just(Quantizer(QuantizerKind.BINARY, bits=1)),
    st.just(Quantizer(QuantizerKind.TERNARY, bits=2)),
    st.just(Quantizer(QuantizerKind.POWER_OF_TWO, bits=4)),
)
RESULTS = st.one_of(
    st.builds(Quantizer, kind=st.just(QuantizerKind.RELU), bits=st.integers(2, 9), integer=st.integers(0, 2)),
    st.builds(Quantizer, kind=st.just(QuantizerKind.BITS), bits=st.integers(2, 9), integer=st.integers(0, 2)),
)


@st.composite
def networks(draw, merges: bool = True):
    """A network of two to six layers behind one input, now and then with a skip around some of them."""
    layers = [Layer("x", kinds.Input(shape=draw(SHAPES)))]
    for index in range(draw(st.integers(1, 5))):
        shape = Network(tuple(layers)).shapes[layers[-1].name]
        skip = merges and index > 0 and draw(st.integers(0, 4)) == 0
        layer = _merged(draw, layers, index) if skip else None
        if layer is None:
            layer = _quantised(draw, Layer(f"l{index}", draw(BY_RANK[len(shape)]), (layers[-1].name,)))
        try:
            Network((*layers, layer))
        except NetworkError:
            continue
        layers.append(layer)
    return Network(tuple(layers))


def _merged(draw, layers, index):
    """A layer that joins the last one with an earlier one of the same shape; None where there is none."""
    shapes = Network(tuple(layers)).shapes
    alike = [layer.name for layer in layers[:-1] if shapes[layer.name] == shapes[layers[-1].name]]
    if not alike:
        return None
    operation = draw(st.sampled_from(["add", "subtract", "multiply", "average", "maximum", "minimum", "concatenate"]))
    op = kinds.Concatenate() if operation == "concatenate" else kinds.Merge(operation=operation)
    return Layer(f"l{index}", op, (layers[-1].name, draw(st.sampled_from(alike))))


def _quantised(draw, layer):
    """Now and then with quantisers, as QKeras would leave them."""
    if isinstance(layer.op, kinds.Dense | kinds.Conv1D | kinds.Conv2D) and draw(st.integers(0, 3)) == 0:
        bias = (("bias", Quantizer(QuantizerKind.BITS, bits=5)),) if draw(st.booleans()) else ()
        # With a bias: hls4ml leaves out scales that are all one where nothing is added either.
        op = replace(layer.op, use_bias=True)
        return replace(layer, op=op, quantizers=(("kernel", draw(WEIGHTS)), *bias))
    if layer.op == kinds.Activation() and draw(st.booleans()):
        return replace(layer, quantizers=(("result", draw(RESULTS)),))
    return layer


@st.composite
def designs(draw, flows=("vitis", "vivado"), io_types=("io_parallel", "io_stream")):
    """A design without weights: a network, a target, and settings on some layers."""
    network = draw(networks())
    target = Target(board("pynq-z2"), 5.0, draw(st.sampled_from(flows)), draw(st.sampled_from(io_types)))
    design = Design("generated", network, target)
    for layer in network.layers:
        for key in type_keys(layer):
            # A norm that is merged loses its own result type, but leaves it to a transposition behind it.
            if draw(st.integers(0, 5)) == 0 and (key != "result" or layer.op.KIND != "batch_norm"):
                design = set_on_layers(design, (layer.name,), key, draw(TYPES))
    names = tuple(layer.name for layer in network.layers)
    strategy = draw(st.sampled_from(["latency", "resource", "resource_unrolled"]))
    design = set_on_layers(design, names, "strategy", strategy)
    for name in names:
        design = set_on_layers(design, (name,), "reuse_factor", draw(st.integers(1, 40)))
        design = set_on_layers(design, (name,), "parallelization_factor", draw(st.integers(1, 9)))
    return design


def with_weights(network: Network, store: TensorStore) -> Network:
    """The network with random weights; variances are positive.

    Quantised ones are large, so that no scale found from them is 1: hls4ml melts such a scale away.
    """
    random = np.random.default_rng(prod(len(layer.name) for layer in network.layers))
    layers = []
    for layer in network.layers:
        shapes = layer.op.weight_shapes(network.input_shapes(layer.name) or ())
        size = 6 if layer.quantizers else 1
        arrays = {role: size * np.abs(random.normal(0.5, 0.3, shape)) + 0.05 for role, shape in shapes.items()}
        layers.append(replace(layer, weights=tuple((role, store.put(array)) for role, array in arrays.items())))
    return Network(tuple(layers))
