"""Activations: layers of their own, and those fused into another layer, which get a layer of their own."""

from typing import Any

from engine.network import Op
from engine.network.kinds import Activation, ParametricActivation, Softmax
from engine.network.kinds.activation import FUNCTIONS
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.readers.keras.layer import KerasLayer, Step, Weights
from engine.readers.keras.layers.registry import reads
from engine.readers.keras.stored import Slot
from engine.readers.specs import Spec, SpecError, is_quantizer, read_spec, to_quantizer

_LEAKY_SLOPE = 0.2
"""Slope of the function leaky_relu; the layer LeakyReLU has another default."""
_SYNONYMS = {"silu": "swish"}
_OTHER_IN_KERAS_3 = ("hard_sigmoid", "hard_tanh", "hard_silu", "hard_swish")
_OTHER_IN_QKERAS = (
    "hard_sigmoid",
    "hard_tanh",
    "smooth_sigmoid",
    "smooth_tanh",
    "binary_sigmoid",
    "binary_tanh",
    "ternary_tanh",
)


def fused(layer: KerasLayer) -> list[Step]:
    """The activation inside another layer as a step behind it; none for 'linear'."""
    spec = _spec(layer, layer.config.raw("activation", None))
    if spec is None or spec.name == "linear":
        return []
    step = _step(layer, spec)
    return [] if step is None else [Step(step.op, None, step.quantizers, f"_{spec.name}")]


@reads("Activation", "QActivation")
def _activation(layer: KerasLayer) -> list[Step]:
    spec = _spec(layer, layer.config.raw("activation"))
    if spec is None:
        return [Step(Activation("linear"))]
    step = _step(layer, spec)
    return [] if step is None else [step]


@reads("ReLU")
def _relu(layer: KerasLayer) -> list[Step]:
    config = layer.config
    top, slope = config.raw("max_value", None), config.raw("negative_slope", 0.0) or 0.0
    if config.raw("threshold", 0.0) not in (None, 0.0):
        layer.refuse("a ReLU with a threshold is not supported", "Use ReLU() or ThresholdedReLU.")
    if top is None and slope:
        return [Step(ParametricActivation("leaky_relu", config.number("negative_slope")))]
    if (top is not None and top != 6) or slope:
        layer.refuse(f"a ReLU cut off at {top} is not supported", "Use ReLU() or ReLU(max_value=6).")
    return [Step(Activation("relu" if top is None else "relu6"))]


@reads("LeakyReLU")
def _leaky_relu(layer: KerasLayer) -> list[Step]:
    key = "negative_slope" if "negative_slope" in layer.config else "alpha"
    return [Step(ParametricActivation("leaky_relu", layer.config.number(key, 0.3)))]


@reads("ThresholdedReLU")
def _thresholded_relu(layer: KerasLayer) -> list[Step]:
    return [Step(ParametricActivation("thresholded_relu", layer.config.number("theta", 1.0)))]


@reads("ELU")
def _elu(layer: KerasLayer) -> list[Step]:
    return [Step(ParametricActivation("elu", layer.config.number("alpha", 1.0)))]


@reads("PReLU")
def _prelu(layer: KerasLayer) -> list[Step]:
    return [Step(ParametricActivation("prelu", 0.0), Weights((Slot("alpha", ("alpha",), 0, spread=True),)))]


@reads("Softmax")
def _softmax(layer: KerasLayer) -> list[Step]:
    axis = layer.config.raw("axis", -1)
    if isinstance(axis, list) and len(axis) == 1:
        axis = axis[0]
    if not isinstance(axis, int):
        layer.refuse("a softmax over several axes is not supported", "Use Flatten before it.")
        axis = -1
    return [Step(Softmax(), axis=axis)]


def _spec(layer: KerasLayer, value: Any) -> Spec | None:
    try:
        return read_spec(value, layer.config.where)
    except SpecError as error:
        layer.refuse(f"activation: {error}", error.remedy)
        return None


def _step(layer: KerasLayer, spec: Spec) -> Step | None:
    if not is_quantizer(spec):
        op = _plain(layer, spec.name)
        return None if op is None else Step(op)
    try:
        quantizer = to_quantizer(spec, layer.config.where)
        return Step(_quantised(quantizer), None, (("result", quantizer),))
    except SpecError as error:
        layer.refuse(f"activation: {error}", error.remedy)
        return None


def _plain(layer: KerasLayer, name: str) -> Op | None:
    name = _SYNONYMS.get(name, name)
    elsewhere = _OTHER_IN_QKERAS if layer.quantised else _OTHER_IN_KERAS_3 if layer.keras >= 3 else ()
    if name == "softmax":
        return Softmax()
    if name == "leaky_relu":
        return ParametricActivation("leaky_relu", _LEAKY_SLOPE)
    if name == "elu":
        return ParametricActivation("elu", 1.0)
    if name in elsewhere:
        meant = "QKeras" if layer.quantised else "Keras 3"
        layer.refuse(
            f"{name} as {meant} defines it is not what hls4ml builds", "Use sigmoid, tanh, or a quantised one."
        )
    elif name in FUNCTIONS:
        return Activation(name)
    else:
        layer.refuse(f"the activation {name[:60]} is not supported", f"Use one of {', '.join(FUNCTIONS)} or softmax.")
    return None


def _quantised(quantizer: Quantizer) -> Op:
    """The function inside a quantiser of activations. Raises SpecError for those that hls4ml does not build."""
    if quantizer.alpha not in ("", 1):
        raise SpecError(f"a scale alpha={quantizer.alpha} of activations is not supported", "Use alpha=1.")
    match quantizer.kind:
        case QuantizerKind.BITS if quantizer.signed and quantizer.bits > 1:
            return Activation("linear")
        case QuantizerKind.RELU:
            return Activation("relu")
        case QuantizerKind.TANH:
            return Activation("tanh" if quantizer.real else "hard_tanh")
        case QuantizerKind.SIGMOID:
            return Activation("sigmoid" if quantizer.real else "hard_sigmoid")
        case QuantizerKind.BINARY if quantizer.signed:
            return Activation("binary_tanh")
        case QuantizerKind.TERNARY:
            return Activation("ternary_tanh")
        case _:
            raise SpecError(f"{quantizer.kind} with these settings is not for activations", "Use quantized_relu.")
