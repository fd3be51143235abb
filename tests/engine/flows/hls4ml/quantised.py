"""Small networks with the quantisers of QKeras, one for each way in which they reach hls4ml."""

from dataclasses import replace

from engine.network import Layer, Network
from engine.network.kinds import Activation, BatchNorm, Conv2D, Dense, DepthwiseConv2D, Input, SeparableConv2D
from engine.precision.quantizer import Quantizer, QuantizerKind

BITS = Quantizer(QuantizerKind.BITS, bits=6, integer=1)
KERNELS = {
    "bits": BITS,
    "bits_half": replace(BITS, alpha=0.5),
    "bits_auto": replace(BITS, alpha="auto"),
    "bits_auto_po2": replace(BITS, alpha="auto_po2"),
    "binary": Quantizer(QuantizerKind.BINARY, alpha=1.0),
    "binary_auto": Quantizer(QuantizerKind.BINARY, alpha="auto"),
    "ternary": Quantizer(QuantizerKind.TERNARY, alpha=1.0),
    "ternary_auto": Quantizer(QuantizerKind.TERNARY, alpha="auto_po2"),
    "po2": Quantizer(QuantizerKind.POWER_OF_TWO, bits=4),
}
RESULTS = {
    "relu": Quantizer(QuantizerKind.RELU, bits=6, integer=2),
    "leaky": Quantizer(QuantizerKind.RELU, bits=6, integer=2, slope=0.25),
    "linear": Quantizer(QuantizerKind.BITS, bits=6, integer=2),
    "tanh": Quantizer(QuantizerKind.TANH, bits=6, symmetric=True),
    "tanh_real": Quantizer(QuantizerKind.TANH, bits=6, real=True, symmetric=True),
    "sigmoid": Quantizer(QuantizerKind.SIGMOID, bits=6),
    "sigmoid_real": Quantizer(QuantizerKind.SIGMOID, bits=6, real=True),
    "binary": Quantizer(QuantizerKind.BINARY, alpha=1.0),
    "ternary": Quantizer(QuantizerKind.TERNARY, alpha=1.0),
    "ternary_half": Quantizer(QuantizerKind.TERNARY, alpha=1.0, threshold=0.5),
}


def dense(kernel: str, bias: bool = True) -> Network:
    """A dense layer whose kernel has one of KERNELS, its bias six bits."""
    quantizers = (("kernel", KERNELS[kernel]), ("bias", BITS)) if bias else (("kernel", KERNELS[kernel]),)
    layer = Layer("layer", Dense(units=4, use_bias=bias), ("source",), (), quantizers)
    return Network((Layer("source", Input(shape=(6,))), layer))


def dense_and_norm(kernel: str) -> Network:
    """The same with batch normalisation behind."""
    network = dense(kernel)
    return Network((*network.layers, Layer("norm", BatchNorm(), ("layer",))))


def picture(kernel: str, op: type = Conv2D) -> Network:
    """A convolution, ordinary or depthwise."""
    made = op(filters=3) if op is not DepthwiseConv2D else op()
    roles = ("depthwise", "pointwise") if op is SeparableConv2D else ("kernel",)
    layer = Layer("layer", made, ("source",), (), tuple((role, KERNELS[kernel]) for role in roles))
    return Network((Layer("source", Input(shape=(6, 5, 2))), layer))


def activation(result: str) -> Network:
    """A quantised activation behind an input."""
    function = {"tanh_real": "tanh", "sigmoid_real": "sigmoid", "leaky": "relu"}.get(result, result)
    known = function if function in ("relu", "tanh", "sigmoid") else "linear"
    layer = Layer("layer", Activation(function=known), ("source",), (), (("result", RESULTS[result]),))
    return Network((Layer("source", Input(shape=(6,))), layer))


def deep(kernel: str, result: str) -> Network:
    """Quantised dense layers with norms and steps between them, as binary and ternary networks have them."""
    step = (("result", RESULTS[result]),)
    first = dense(kernel)
    return Network(
        (
            *first.layers,
            Layer("norm", BatchNorm(), ("layer",)),
            Layer("act", Activation(function="linear"), ("norm",), (), step),
            Layer("second", Dense(units=5), ("act",), (), (("kernel", KERNELS[kernel]),)),
            Layer("norm2", BatchNorm(), ("second",)),
            Layer("act2", Activation(function="linear"), ("norm2",), (), step),
            Layer("third", Dense(units=5), ("act2",)),
        )
    )
