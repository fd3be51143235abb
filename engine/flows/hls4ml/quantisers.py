"""How a layer's quantisers reach hls4ml: types of weights as plain words, and what a quantised activation becomes.

The words are plain values, so that the exported script can carry them too; `adapter` turns them into objects.
"""

from typing import Any

from engine.network import Layer
from engine.network.kinds import Activation
from engine.precision.quantizer import Quantizer, QuantizerKind


def weight_words(quantizer: Quantizer, *, is_kernel: bool) -> dict[str, Any]:
    """The type that hls4ml gives weights of this quantiser (hls4ml 1.3, `model/quantizers.py`).

    Binary kernels become one bit: products are then sign flips. Powers of two become shifts.
    """
    match quantizer.kind:
        case QuantizerKind.BINARY if is_kernel:
            return {"family": "xnor", "bits": 1}
        case QuantizerKind.BINARY | QuantizerKind.TERNARY:
            return {"family": "integer", "bits": 2}
        case QuantizerKind.POWER_OF_TWO | QuantizerKind.RELU_POWER_OF_TWO:
            return {"family": "exponent", "bits": quantizer.bits}
        case _:
            return {"family": "fixed", "bits": quantizer.bits, "type": str(quantizer.storage_type())}


def quantised_activation(layer: Layer) -> dict[str, Any] | None:
    """hls4ml's words for an activation whose result is quantised as QKeras does it; None: as without quantiser.

    QKeras's tanh and sigmoid are made of three straight pieces unless told otherwise.
    """
    quantizer = layer.quantizer("result")
    if quantizer is None or not isinstance(layer.op, Activation):
        return None
    match quantizer.kind:
        case QuantizerKind.BINARY:
            return {"class_name": "Activation", "activation": "binary_tanh"}
        case QuantizerKind.TERNARY:
            threshold = 0.33 if quantizer.threshold is None else quantizer.threshold
            if threshold == 0.5:  # hls4ml 1.3 has code for TernaryTanh with other thresholds only
                return {"class_name": "Activation", "activation": "ternary_tanh"}
            return {"class_name": "TernaryTanh", "activation": "ternary_tanh", "threshold": threshold}
        case QuantizerKind.TANH | QuantizerKind.SIGMOID:
            function = quantizer.kind.removeprefix("quantized_")
            if quantizer.real:
                return {"class_name": "Activation", "activation": function}
            exact = {"family": "fixed", "bits": 2, "type": "ap_ufixed<2,0>"}
            words = {"slope": 0.5, "shift": 0.5, "slope_prec": exact, "shift_prec": exact}
            return {"class_name": "HardActivation", "activation": f"hard_{function}", **words}
        case QuantizerKind.RELU if quantizer.slope:
            return {"class_name": "LeakyReLU", "activation": "leaky_relu", "activ_param": quantizer.slope}
        case QuantizerKind.RELU:
            return {"class_name": "Activation", "activation": "relu"}
        case _:
            return None
