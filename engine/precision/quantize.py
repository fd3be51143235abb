"""Quantising numbers: into a fixed-point type, or with the quantiser that a network was trained with.

The quantisers follow QKeras 0.9 in its own single precision. Where QKeras adds the input to the quantised value
and subtracts it again (its straight-through estimator), that rounding noise is left out: the result is the value
that QKeras means and that hardware holds. Sums and logarithms may differ from TensorFlow's in the last bit: 'auto'
scales of binary and ternary weights do, and values exactly half-way between two powers of two may go either way
(they do in TensorFlow itself, by their place in the array).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.precision.cast import cast
from engine.precision.quantizer import Quantizer, QuantizerKind

__all__ = ["apply_quantizer", "cast"]

Singles = NDArray[np.float32]
_Values = NDArray[Any]  # single precision too; NumPy's annotations lose it

_EPSILON = np.float32(1e-7)  # Keras's K.epsilon()
_LOG_2 = np.float32(np.log(2.0))
_TERNARY_THRESHOLD = 0.33
_ROUNDS = 5  # how often QKeras refines the scale of 'auto_po2' and of ternary weights


def apply_quantizer(values: ArrayLike, quantizer: Quantizer) -> Singles:
    """The values as QKeras 0.9 quantises them at inference, same shape, float32; activations include their function.

    The scales 'auto' and 'auto_po2' are found for each channel of the last axis.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.asarray(_FUNCTIONS[quantizer.kind](np.asarray(values, dtype=np.float32), quantizer), dtype=np.float32)


def _bits(x: _Values, quantizer: Quantizer) -> _Values:
    if isinstance(quantizer.alpha, str) and quantizer.alpha:
        return _automatic_bits(x, quantizer)
    alpha = _number(quantizer.alpha)
    unsigned_bits = quantizer.bits - quantizer.signed
    if unsigned_bits == 0:
        return alpha * _signs(x, quantizer.signed)
    levels = np.float32(2.0**unsigned_bits)
    lowest = quantizer.signed * (quantizer.symmetric - levels)
    whole = np.clip(np.round(np.ldexp(x, unsigned_bits - quantizer.integer)), lowest, levels - 1)
    quantised: _Values = alpha * np.ldexp(whole, quantizer.integer - unsigned_bits)
    return quantised


def _automatic_bits(x: _Values, quantizer: Quantizer) -> _Values:
    """A symmetric grid for each channel, as fine as its largest value allows."""
    unsigned_bits = quantizer.bits - quantizer.signed
    reach = np.float32(2.0 ** (quantizer.bits - 1) - 1)
    x = np.ldexp(x, -quantizer.integer)
    scale = np.max(np.abs(x), axis=_channel_axes(x) or 0, keepdims=True) * np.float32(2) / (reach * np.float32(2))
    if quantizer.alpha == "auto_po2":
        scale = _power_of_two(scale)
        for _ in range(_ROUNDS):
            whole = _whole_steps(x, scale, reach)
            scale = _best_scale(x, whole, "auto_po2")
    else:
        whole = _whole_steps(x, scale, reach)
    quantised: _Values = np.ldexp(scale, unsigned_bits) * np.ldexp(whole, quantizer.integer - unsigned_bits)
    return quantised


def _whole_steps(x: _Values, scale: _Values, reach: np.float32) -> _Values:
    steps = np.floor(np.abs(x) / scale + np.float32(0.5))
    return np.sign(x) * np.where(steps < reach, steps, reach)


def _relu(x: _Values, quantizer: Quantizer) -> _Values:
    bits = quantizer.bits - (quantizer.slope != 0)
    levels = np.float32(2.0**bits)
    steps = np.ldexp(x, bits - quantizer.integer)
    whole = np.clip(np.round(steps), 0, levels - 1)
    if quantizer.slope:
        slope = np.float32(quantizer.slope)
        whole = whole + np.clip(np.round(steps * slope), -slope * levels, 0)
    quantised: _Values = np.ldexp(whole, quantizer.integer - bits)
    return quantised


def _tanh(x: _Values, quantizer: Quantizer) -> _Values:
    levels = np.float32(2.0 ** (quantizer.bits - 1))
    bent = np.tanh(x) if quantizer.real else np.float32(2) * _hard_sigmoid(x) - np.float32(1)
    whole: _Values = np.clip(np.round(bent * levels), quantizer.symmetric - levels, levels - 1)
    return whole / levels


def _sigmoid(x: _Values, quantizer: Quantizer) -> _Values:
    levels = np.float32(2.0**quantizer.bits)
    bent = np.float32(1) / (np.float32(1) + np.exp(-x)) if quantizer.real else _hard_sigmoid(x)
    whole: _Values = np.clip(np.round(bent * levels), np.float32(quantizer.symmetric), levels - 1)
    return whole / levels


def _binary(x: _Values, quantizer: Quantizer) -> _Values:
    signs = _signs(x, quantizer.signed)
    if isinstance(quantizer.alpha, str) and quantizer.alpha:
        return _best_scale(x, signs, quantizer.alpha) * signs
    return _number(quantizer.alpha) * signs


def _ternary(x: _Values, quantizer: Quantizer) -> _Values:
    if isinstance(quantizer.alpha, str) and quantizer.alpha:
        return _automatic_ternary(x, quantizer.alpha)
    threshold = np.float32(_TERNARY_THRESHOLD if quantizer.threshold is None else quantizer.threshold)
    return _number(quantizer.alpha) * np.where(np.abs(x) >= threshold, np.sign(x), np.float32(0))


def _automatic_ternary(x: _Values, alpha: str) -> _Values:
    largest = np.max(np.abs(x), axis=_channel_axes(x) or None, keepdims=True)
    scale = np.float32(2) * largest / np.float32(3)
    if alpha == "auto_po2":
        scale = _power_of_two(scale)
    signs = np.zeros_like(x)
    for _ in range(_ROUNDS):
        rounded = scale * np.round(x / scale)
        signs = np.where(np.abs(rounded) >= scale / np.float32(2), np.sign(x), np.float32(0))
        scale = _best_scale(x, signs, alpha)
    quantised: _Values = scale * signs
    return quantised


def _signed_power_of_two(x: _Values, quantizer: Quantizer) -> _Values:
    return _signs(x, True) * _nearest_power(np.abs(x), quantizer)


def _relu_power_of_two(x: _Values, quantizer: Quantizer) -> _Values:
    above = _nearest_power(np.maximum(x, 0), quantizer)
    if not quantizer.slope:
        return above
    below = _nearest_power(np.maximum(-x, 0) * np.float32(quantizer.slope), quantizer)
    return np.where(x >= 0, above, -below)


def _nearest_power(magnitude: _Values, quantizer: Quantizer) -> _Values:
    """Powers of two for numbers of at least zero; what is below Keras's epsilon gets the smallest power."""
    lowest, highest = quantizer.exponents
    limited = np.maximum(magnitude, _EPSILON)
    if quantizer.maximum is not None:
        limited = np.minimum(limited, np.float32(quantizer.maximum))
    if quantizer.quadratic:
        limited = np.sqrt(limited)
    exponent = np.log(limited) / _LOG_2
    exponent = np.floor(exponent) if quantizer.floor else np.round(exponent)
    exponent = (1 + quantizer.quadratic) * np.clip(exponent, lowest, highest)
    return np.exp2(np.where(magnitude < _EPSILON, np.float32(lowest), exponent))


def _best_scale(x: _Values, quantised: _Values, alpha: str) -> _Values:
    """The factor that brings `quantised` nearest to `x`, by least squares for each channel."""
    if x.ndim > 1:
        axes = _channel_axes(x)
        product = np.mean(x * quantised, axis=axes, keepdims=True)
        square = np.mean(quantised * quantised, axis=axes, keepdims=True)
    else:
        product, square = x * quantised, quantised * quantised
    scale = product / (square + _EPSILON)
    return _power_of_two(scale) if alpha == "auto_po2" else scale


def _number(alpha: float | str) -> np.float32:
    return np.float32(1) if isinstance(alpha, str) else np.float32(alpha)


def _power_of_two(scale: _Values) -> _Values:
    return np.exp2(np.round(np.log(scale + _EPSILON) / _LOG_2))


def _channel_axes(x: _Values) -> tuple[int, ...]:
    """All axes but the last; empty for a vector."""
    return tuple(range(x.ndim - 1))


def _signs(x: _Values, signed: bool) -> _Values:
    """−1 and 1, or 0 and 1; zero counts as positive."""
    return np.where(x >= 0, np.float32(1), np.float32(-1 if signed else 0))


def _hard_sigmoid(x: _Values) -> _Values:
    bent: _Values = np.clip(np.float32(0.5) * x + np.float32(0.5), 0, 1)
    return bent


_FUNCTIONS: dict[QuantizerKind, Callable[[_Values, Quantizer], _Values]] = {
    QuantizerKind.BITS: _bits,
    QuantizerKind.RELU: _relu,
    QuantizerKind.TANH: _tanh,
    QuantizerKind.SIGMOID: _sigmoid,
    QuantizerKind.BINARY: _binary,
    QuantizerKind.TERNARY: _ternary,
    QuantizerKind.POWER_OF_TWO: _signed_power_of_two,
    QuantizerKind.RELU_POWER_OF_TWO: _relu_power_of_two,
}
