"""Quantisers that training sees: QKeras's own, and one for the types that QKeras has none for.

Forward they give exactly what hardware holds, in single precision; backward the gradient passes straight through, but
not to values that a saturating type cuts off. QKeras adds its input and takes it away again, which leaves a rounding
error that a truncating type behind would turn into a whole step: types are therefore never QKeras's.
"""

from collections.abc import Callable
from typing import Any

import tensorflow as tf
from qkeras import quantizers as qkeras
from qkeras.quantizers import BaseQuantizer

from engine.precision import FixedType, Overflow, Rounding
from engine.precision.cast import limits
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.training.held import Held, is_fixed

Tensor = Any
Function = Callable[[Tensor], Tensor]

_ROUND: dict[Rounding, Function] = {
    Rounding.TRN: tf.floor,
    Rounding.TRN_ZERO: lambda x: tf.sign(x) * tf.floor(tf.abs(x)),
    Rounding.RND: lambda x: tf.floor(x + 0.5),
    Rounding.RND_ZERO: lambda x: tf.sign(x) * tf.math.ceil(tf.abs(x) - 0.5),
    Rounding.RND_INF: lambda x: tf.sign(x) * tf.floor(tf.abs(x) + 0.5),
    Rounding.RND_MIN_INF: lambda x: tf.math.ceil(x - 0.5),
    Rounding.RND_CONV: tf.round,
}


class Fixed(BaseQuantizer):  # type: ignore[misc]
    """A fixed-point type as a quantiser for QKeras's layers.

    Wrapping by sign and saturation bits are taken for plain wrapping.
    """

    def __init__(self, type_: FixedType) -> None:
        super().__init__()
        self.type = type_
        self._through = tf.custom_gradient(self._with_gradient)

    def __call__(self, x: Tensor) -> Tensor:
        return self._through(x)

    def max(self) -> float:
        """Largest value, by which QKeras clips weights."""
        return self.type.maximum

    def min(self) -> float:
        """Smallest value."""
        return self.type.minimum

    def _with_gradient(self, x: Tensor) -> tuple[Tensor, Function]:
        saturates = self.type.overflow in (Overflow.SAT, Overflow.SAT_SYM, Overflow.SAT_ZERO)

        def gradient(upstream: Tensor) -> Tensor:
            if not saturates:
                return upstream
            inside = tf.logical_and(x >= self.type.minimum, x <= self.type.maximum)
            return tf.where(inside, upstream, tf.zeros_like(upstream))

        return self._cast(x), gradient

    def _cast(self, x: Tensor) -> Tensor:
        whole = _ROUND[self.type.rounding](x * 2.0**self.type.fraction)
        return self._within(whole) * self.type.step

    def _within(self, whole: Tensor) -> Tensor:
        lowest, highest = (float(limit) for limit in limits(self.type))
        match self.type.overflow:
            case Overflow.SAT | Overflow.SAT_SYM:
                return tf.clip_by_value(whole, lowest, highest)
            case Overflow.SAT_ZERO:
                return tf.where(tf.logical_or(whole < lowest, whole > highest), tf.zeros_like(whole), whole)
        return whole - 2.0**self.type.width * tf.floor((whole - lowest) * 2.0**-self.type.width)


class InTurn(BaseQuantizer):  # type: ignore[misc]
    """One quantiser after the other."""

    def __init__(self, *quantizers: Function) -> None:
        super().__init__()
        self._quantizers = quantizers

    def __call__(self, x: Tensor) -> Tensor:
        for quantizer in self._quantizers:
            x = quantizer(x)
        return x


def quantizer_of(held: Held) -> Function | None:
    """What brings values into the form in which hardware holds them; None: they stay as they are."""
    parts: list[Function] = []
    if held.quantizer is not None:
        fixed = is_fixed(held.quantizer)
        parts.append(Fixed(held.quantizer.type()) if fixed else trained(held.quantizer))
    if held.type is not None:
        parts.append(Fixed(held.type))
    return InTurn(*parts) if len(parts) > 1 else parts[0] if parts else None


def trained(quantizer: Quantizer) -> Any:
    """QKeras's quantiser."""
    bits, integer, alpha = quantizer.bits, quantizer.integer, quantizer.alpha or 1.0
    match quantizer.kind:
        case QuantizerKind.BITS:
            found = qkeras.quantized_bits(bits, integer, int(quantizer.symmetric), int(quantizer.signed), alpha)
        case QuantizerKind.RELU:
            found = qkeras.quantized_relu(bits, integer, negative_slope=quantizer.slope)
        case QuantizerKind.BINARY:
            found = qkeras.binary(use_01=not quantizer.signed, alpha=alpha)
        case QuantizerKind.TERNARY:
            found = qkeras.ternary(alpha=alpha, threshold=quantizer.threshold)
        case QuantizerKind.TANH:
            found = qkeras.quantized_tanh(bits, symmetric=quantizer.symmetric, use_real_tanh=quantizer.real)
        case QuantizerKind.SIGMOID:
            found = qkeras.quantized_sigmoid(bits, symmetric=quantizer.symmetric, use_real_sigmoid=quantizer.real)
        case QuantizerKind.POWER_OF_TWO:
            found = qkeras.quantized_po2(bits, **_exponent(quantizer))
        case QuantizerKind.RELU_POWER_OF_TWO:
            found = qkeras.quantized_relu_po2(bits, negative_slope=quantizer.slope, **_exponent(quantizer))
    made: Function = found
    return made


def _exponent(quantizer: Quantizer) -> dict[str, Any]:
    rounding = {"log2_rounding": "floor"} if quantizer.floor else {}
    return {"max_value": quantizer.maximum, "quadratic_approximation": quantizer.quadratic, **rounding}
