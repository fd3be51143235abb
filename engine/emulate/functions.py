"""Activation functions in floating point, as Keras defines them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# Keras's constants of SELU.
_SELU_ALPHA = 1.6732632423543772
_SELU_SCALE = 1.0507009873554805


def function(name: str) -> Callable[[Array], Array]:
    """One of the element-wise functions by its name. Raises KeyError."""
    return _FUNCTIONS[name]


def parametric(name: str, x: Array, alpha: Any) -> Array:
    """LeakyReLU, thresholded ReLU, ELU and PReLU with their constant or learnt slopes."""
    match name:
        case "thresholded_relu":
            return np.where(x > alpha, x, 0.0)
        case "elu":
            return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
        case _:
            return np.where(x >= 0, x, alpha * x)


def softmax(x: Array, axis: int) -> Array:
    """exp(x) / Σ exp(x), without overflow."""
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    shares: Array = powers / powers.sum(axis=axis, keepdims=True)
    return shares


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(−x)), without overflow."""
    # The identity with tanh holds everywhere and never overflows.
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def _hard_sigmoid(x: Array) -> Array:
    return np.clip(0.2 * x + 0.5, 0.0, 1.0)


def _ternary_tanh(x: Array) -> Array:
    """−1 up to −0.5, 1 above 0.5, else 0, as hls4ml's kernel does it."""
    return np.where(x > 0.5, 1.0, np.where(x <= -0.5, -1.0, 0.0))


_FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0.0),
    "relu6": lambda x: np.clip(x, 0.0, 6.0),
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "hard_sigmoid": _hard_sigmoid,
    "hard_tanh": lambda x: 2.0 * _hard_sigmoid(x) - 1.0,
    "softplus": lambda x: np.logaddexp(x, 0.0),
    "softsign": lambda x: x / (1.0 + np.abs(x)),
    "selu": lambda x: _SELU_SCALE * parametric("elu", x, _SELU_ALPHA),
    "elu": lambda x: parametric("elu", x, 1.0),
    "swish": lambda x: x * sigmoid(x),
    "binary_tanh": lambda x: np.where(x >= 0, 1.0, -1.0),
    "ternary_tanh": _ternary_tanh,
}
