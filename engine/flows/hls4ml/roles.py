"""Which types each kind of layer has in hls4ml, and how they are called there and in a design.

Source: `config_from_keras_model(granularity='name')` of hls4ml 1.3: types without a default become `auto`.
"""

from collections.abc import Iterable, Mapping

from engine.design import ACCUM, BIAS, RESULT, WEIGHT, Effective
from engine.flows.hls4ml.quantisers import quantised_activation
from engine.network import Layer
from engine.network.kinds import (
    Activation,
    BatchNorm,
    GlobalPool,
    ParametricActivation,
    Pool1D,
    Pool2D,
    SeparableConv1D,
    SeparableConv2D,
    Softmax,
)

_PRODUCTS = (WEIGHT, BIAS, ACCUM, RESULT)
_BY_GROUP = {
    "conv": _PRODUCTS,
    "dense": _PRODUCTS,
    "recurrent": (WEIGHT, BIAS, "recurrent_weight", "recurrent_bias", ACCUM, RESULT),
}
_SEPARABLE = (
    "depthwise",
    "pointwise",
    BIAS,
    "depthwise_accum",
    "pointwise_accum",
    "depthwise_result",
    RESULT,
)
SOFTMAX_ACCUM = "ap_fixed<18,8,AP_RND,AP_SAT>"

TABLES = ("table", "exp_table", "inv_table", "inv_inp", "slope", "shift")
"""Types that hls4ml 1.3 reads as `<name>_t` of the layer, not under `Precision`."""

_STAND_INS = {
    "depthwise": (WEIGHT,),
    "pointwise": (WEIGHT,),
    "depthwise_accum": (ACCUM,),
    "pointwise_accum": (ACCUM,),
    "scale": (WEIGHT,),
    "recurrent_weight": ("recurrent_kernel", WEIGHT),
    "recurrent_bias": (BIAS,),
}


def roles(layer: Layer) -> tuple[str, ...]:
    """The types of a layer that hls4ml reads under `Precision`."""
    if (quantised_activation(layer) or {}).get("class_name") == "LeakyReLU":
        return ("param", RESULT)
    match layer.op:
        case SeparableConv1D() | SeparableConv2D():
            return _SEPARABLE
        case BatchNorm():
            return ("scale", BIAS, RESULT)
        case Pool1D() | Pool2D() | GlobalPool() | Softmax():
            return (ACCUM, RESULT)
        case ParametricActivation() | Activation(function="elu"):
            return ("param", RESULT)
        case _:
            return _BY_GROUP.get(layer.op.GROUP, (RESULT,))


def chosen_type(choices: Mapping[str, Effective], role: str) -> Effective | None:
    """What a person or the model chose for one of hls4ml's types; None: the converter decides.

    Where hls4ml has more types than a design (the two halves of a separable convolution), the nearest one stands in.
    """
    return chosen_types(choices, (role,)).get(role)


def chosen_types(choices: Mapping[str, Effective], wanted: Iterable[str]) -> dict[str, Effective]:
    """The same for several roles, without those that the converter decides."""
    found = {}
    for role in wanted:
        if role in choices:
            found[role] = choices[role]
        elif role in _STAND_INS:
            stand_in = next((key for key in _STAND_INS[role] if key in choices), "")
            if stand_in:
                found[role] = choices[stand_in]
    return found
