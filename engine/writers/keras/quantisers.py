"""Quantisers as QKeras spells them, and types as the quantisers that come nearest."""

from typing import Any

from engine.precision import FixedType
from engine.precision.quantizer import Quantizer, QuantizerKind


def spelled(quantizer: Quantizer) -> str:
    """The text that QKeras 0.9 reads, such as `quantized_bits(6,0,alpha=1.0)`."""
    positional, named = _arguments(quantizer)
    words = [*(str(each) for each in positional), *(f"{name}={value!r}" for name, value in named.items())]
    return f"{quantizer.kind}({','.join(words)})"


def _arguments(quantizer: Quantizer) -> tuple[tuple[int, ...], dict[str, Any]]:
    alpha = {} if quantizer.alpha == "" else {"alpha": quantizer.alpha}
    powers = {
        **({} if quantizer.maximum is None else {"max_value": quantizer.maximum}),
        **({"quadratic_approximation": 1} if quantizer.quadratic else {}),
        **({"log2_rounding": "floor"} if quantizer.floor else {}),
    }
    slope = {"negative_slope": quantizer.slope} if quantizer.slope else {}
    symmetric = {"symmetric": 1} if quantizer.symmetric else {}
    match quantizer.kind:
        case QuantizerKind.BITS:
            sign = {} if quantizer.signed else {"keep_negative": 0}
            return (quantizer.bits, quantizer.integer, int(quantizer.symmetric)), sign | alpha
        case QuantizerKind.RELU:
            return (quantizer.bits, quantizer.integer), slope
        case QuantizerKind.TANH | QuantizerKind.SIGMOID:
            real = {f"use_real_{quantizer.kind.removeprefix('quantized_')}": 1} if quantizer.real else {}
            return (quantizer.bits,), symmetric | real
        case QuantizerKind.BINARY:
            return (), ({} if quantizer.signed else {"use_01": 1}) | alpha
        case QuantizerKind.TERNARY:
            return (), alpha | ({} if quantizer.threshold is None else {"threshold": quantizer.threshold})
        case QuantizerKind.POWER_OF_TWO:
            return (quantizer.bits,), powers
        case QuantizerKind.RELU_POWER_OF_TWO:
            return (quantizer.bits,), powers | slope


def nearest(type_: FixedType, is_relu: bool = False) -> Quantizer:
    """The quantiser of a type's numbers; it rounds to nearest and saturates. With `is_relu`, of those above zero."""
    if is_relu:
        return Quantizer(QuantizerKind.RELU, max(type_.width - type_.signed, 1), type_.integer - type_.signed)
    return Quantizer(QuantizerKind.BITS, type_.width, type_.integer - type_.signed, type_.signed, alpha=1.0)
