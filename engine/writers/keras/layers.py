"""What each kind of layer is in Keras: class, settings, and the names of its weights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from engine.network import Op, Shape, kinds

Settings = dict[str, Any]
_LAST = {"data_format": "channels_last"}
_PLAIN = ("linear", "relu", "sigmoid", "tanh", "hard_sigmoid", "softplus", "softsign", "selu", "elu", "swish")


class NotInKerasError(ValueError):
    """A layer that Keras has not: why, and what would do."""


@dataclass(frozen=True, slots=True)
class KerasForm:
    """A class of Keras with its settings; `variables` names its weights by our roles, in Keras's order."""

    class_name: str
    settings: Settings = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    quantised: str = ""
    """QKeras's class for it, where there is one."""
    holder: str = ""
    """Attribute that holds the weights, if not the layer itself."""


@singledispatch
def form(op: Op, shapes: tuple[Shape, ...]) -> KerasForm:
    """The layer in Keras, for inputs of these shapes. Raises NotInKerasError."""
    raise NotInKerasError(f"{op.LABEL} has no counterpart in Keras.")


@form.register
def _(op: kinds.Input, shapes: tuple[Shape, ...]) -> KerasForm:
    return KerasForm("InputLayer", {"batch_input_shape": [None, *op.shape], "dtype": "float32", "sparse": False})


@form.register
def _(op: kinds.Dense, shapes: tuple[Shape, ...]) -> KerasForm:
    return KerasForm("Dense", {"units": op.units, **_products(op)}, _named(op, "kernel"), "QDense")


@form.register(kinds.Conv1D)
@form.register(kinds.Conv2D)
def _conv(op: kinds.Conv1D | kinds.Conv2D, shapes: tuple[Shape, ...]) -> KerasForm:
    name = f"Conv{op.AXES}D"
    return KerasForm(name, {"filters": op.filters, **_window(op)}, _named(op, "kernel"), f"Q{name}")


@form.register(kinds.DepthwiseConv1D)
@form.register(kinds.DepthwiseConv2D)
def _depthwise(op: kinds.DepthwiseConv1D | kinds.DepthwiseConv2D, shapes: tuple[Shape, ...]) -> KerasForm:
    settings = {"depth_multiplier": op.depth_multiplier, **_window(op)}
    quantised = "QDepthwiseConv2D" if op.AXES == 2 else ""
    return KerasForm(f"DepthwiseConv{op.AXES}D", settings, _named(op, "kernel", "depthwise_kernel"), quantised)


@form.register(kinds.SeparableConv1D)
@form.register(kinds.SeparableConv2D)
def _separable(op: kinds.SeparableConv1D | kinds.SeparableConv2D, shapes: tuple[Shape, ...]) -> KerasForm:
    name = f"SeparableConv{op.AXES}D"
    settings = {"filters": op.filters, "depth_multiplier": op.depth_multiplier, **_window(op)}
    names = {"depthwise": "depthwise_kernel", "pointwise": "pointwise_kernel"}
    return KerasForm(name, settings, names | _named(op), f"Q{name}")


def _products(op: Any) -> Settings:
    return {"activation": "linear", "use_bias": op.use_bias}


def _window(op: Any) -> Settings:
    sizes = {"kernel_size": list(op.kernel), "strides": list(op.strides), "dilation_rate": list(op.dilation)}
    return {**sizes, "padding": op.padding, **_LAST, **_products(op)}


def _named(op: Any, role: str = "", name: str = "") -> dict[str, str]:
    return ({role: name or role} if role else {}) | ({"bias": "bias"} if op.use_bias else {})


@form.register
def _(op: kinds.BatchNorm, shapes: tuple[Shape, ...]) -> KerasForm:
    settings = {"axis": [len(shapes[0])], "epsilon": op.epsilon, "center": op.center, "scale": op.scale}
    learnt = ({"gamma": "gamma"} if op.scale else {}) | ({"beta": "beta"} if op.center else {})
    return KerasForm(
        "BatchNormalization",
        settings,
        learnt | {"mean": "moving_mean", "variance": "moving_variance"},
        "QBatchNormalization",
    )


@form.register
def _(op: kinds.Activation, shapes: tuple[Shape, ...]) -> KerasForm:
    if op.function in _PLAIN:
        return KerasForm("Activation", {"activation": op.function}, quantised="QActivation")
    steps = {"binary_tanh": "binary(alpha=1.0)", "ternary_tanh": "ternary(alpha=1.0,threshold=0.5)"}
    if op.function in steps:
        return KerasForm("QActivation", {"activation": steps[op.function]}, quantised="QActivation")
    if op.function == "relu6":
        return KerasForm("ReLU", {"max_value": 6.0})
    # Only with a quantiser, which holds the function, is there a counterpart.
    return KerasForm("", quantised="QActivation")


@form.register
def _(op: kinds.ParametricActivation, shapes: tuple[Shape, ...]) -> KerasForm:
    match op.function:
        case "leaky_relu":
            return KerasForm("LeakyReLU", {"alpha": op.alpha})
        case "thresholded_relu":
            return KerasForm("ThresholdedReLU", {"theta": op.alpha})
        case "elu":
            return KerasForm("ELU", {"alpha": op.alpha})
    return KerasForm("PReLU", {"shared_axes": None}, {"alpha": "alpha"})


@form.register
def _(op: kinds.Softmax, shapes: tuple[Shape, ...]) -> KerasForm:
    return KerasForm("Softmax", {"axis": op.axis if op.axis < 0 else op.axis + 1})


@form.register
def _(op: kinds.Merge, shapes: tuple[Shape, ...]) -> KerasForm:
    if op.operation == "dot":
        return KerasForm("Dot", {"axes": 1, "normalize": False})
    return KerasForm(op.operation.capitalize())


@form.register
def _(op: kinds.Concatenate, shapes: tuple[Shape, ...]) -> KerasForm:
    return KerasForm("Concatenate", {"axis": op.axis if op.axis < 0 else op.axis + 1})


@form.register(kinds.Pool1D)
@form.register(kinds.Pool2D)
def _pool(op: kinds.Pool1D | kinds.Pool2D, shapes: tuple[Shape, ...]) -> KerasForm:
    name = {"max": "MaxPooling", "average": "AveragePooling"}[op.mode]
    settings = {"pool_size": list(op.pool), "strides": list(op.strides), "padding": op.padding, **_LAST}
    return KerasForm(f"{name}{op.AXES}D", settings)


@form.register
def _(op: kinds.GlobalPool, shapes: tuple[Shape, ...]) -> KerasForm:
    name = {"max": "GlobalMaxPooling", "average": "GlobalAveragePooling"}[op.mode]
    return KerasForm(f"{name}{len(shapes[0]) - 1}D", {"keepdims": op.keepdims, **_LAST})


@form.register(kinds.SimpleRNN)
@form.register(kinds.LSTM)
@form.register(kinds.GRU)
def _recurrent(op: kinds.SimpleRNN | kinds.LSTM | kinds.GRU, shapes: tuple[Shape, ...]) -> KerasForm:
    settings = {key: getattr(op, key) for key in ("units", "return_sequences", "use_bias", "activation")}
    if not isinstance(op, kinds.SimpleRNN):
        settings["recurrent_activation"] = op.recurrent_activation
    if isinstance(op, kinds.GRU):
        settings["reset_after"] = op.reset_after
    names = {"kernel": "kernel", "recurrent_kernel": "recurrent_kernel", **_named(op)}
    return KerasForm(type(op).__name__, settings, names, holder="cell")


@form.register
def _(op: kinds.Flatten, shapes: tuple[Shape, ...]) -> KerasForm:
    return KerasForm("Flatten", dict(_LAST))


@form.register
def _(op: kinds.Reshape, shapes: tuple[Shape, ...]) -> KerasForm:
    return KerasForm("Reshape", {"target_shape": list(op.target)})


@form.register
def _(op: kinds.Permute, shapes: tuple[Shape, ...]) -> KerasForm:
    return KerasForm("Permute", {"dims": list(op.order)})


@form.register
def _(op: kinds.Pad1D, shapes: tuple[Shape, ...]) -> KerasForm:
    return KerasForm("ZeroPadding1D", {"padding": list(op.padding)})


@form.register
def _(op: kinds.Pad2D, shapes: tuple[Shape, ...]) -> KerasForm:
    return KerasForm("ZeroPadding2D", {"padding": [list(op.padding[:2]), list(op.padding[2:])], **_LAST})


@form.register
def _(op: kinds.UpSample1D, shapes: tuple[Shape, ...]) -> KerasForm:
    return KerasForm("UpSampling1D", {"size": op.size})


@form.register
def _(op: kinds.UpSample2D, shapes: tuple[Shape, ...]) -> KerasForm:
    return KerasForm("UpSampling2D", {"size": list(op.size), "interpolation": "nearest", **_LAST})
