"""Quantisers as QKeras spells them, and arrays to try them on. Imports neither QKeras nor the engine."""

import itertools

import numpy as np


def _spell(name, **arguments):
    """A call with the arguments that are not None."""
    return f"{name}({','.join(f'{key}={value!r}' for key, value in arguments.items() if value is not None)})"


SPECS = [
    _spell("quantized_bits", bits=bits, integer=integer, symmetric=symmetric, keep_negative=keep, alpha=alpha)
    for bits, integer, symmetric, keep, alpha in itertools.product(
        (1, 2, 6, 12), (0, 2, 6), (0, 1), (True, False), (None, 1, 0.5, "auto", "auto_po2")
    )
    if bits > 1 or not isinstance(alpha, str)
]
SPECS += [
    f"quantized_relu({bits},{integer},negative_slope={slope})"
    for bits, integer, slope in itertools.product((2, 6, 8), (0, 2, 6), (0.0, 0.25, 0.5))
]
SPECS += [
    f"quantized_{name}({bits},symmetric={symmetric},use_real_{name}={real})"
    for name, bits, symmetric, real in itertools.product(("tanh", "sigmoid"), (2, 5, 8), (False, True), (False, True))
]
SPECS += [
    _spell("binary", use_01=use, alpha=alpha)
    for use, alpha in itertools.product((False, True), (None, 1, 0.5, "auto_po2"))
]
SPECS += [
    _spell("ternary", threshold=limit, alpha=alpha)
    for limit, alpha in itertools.product((None, 0.1, 0.7), (None, 1, 0.5))
]
SPECS += ["ternary(alpha='auto_po2')", "stochastic_ternary(alpha='auto_po2')", "stochastic_binary(alpha=1)"]
SPECS += [
    _spell("quantized_po2", bits=bits, max_value=maximum, quadratic_approximation=quadratic, log2_rounding=rounding)
    for bits, maximum, quadratic, rounding in itertools.product((3, 4, 6), (None, 1, 8), (0, 1), ("rnd", "floor"))
]
SPECS += [
    _spell("quantized_relu_po2", bits=bits, max_value=maximum, negative_slope=slope, quadratic_approximation=quadratic)
    for bits, maximum, slope, quadratic in itertools.product((3, 6), (None, 8), (0.0, 0.5), (0, 1))
]
INEXACT = ["binary(alpha='auto')", "binary(use_01=True,alpha='auto')", "ternary(alpha='auto')"]
"""Their scale is a mean, whose last bit depends on the order of summation."""
SPECS += INEXACT


def arrays():
    """A vector, a matrix with channels of very different size and one of zeros, a convolution's kernel, and a grid.

    None of the values is half-way between two powers of two, where TensorFlow's own results vary.
    """
    random = np.random.default_rng(3)
    matrix = random.normal(size=(40, 6)) * np.array([0.01, 0.3, 1, 5, 0, 20])
    grid = np.concatenate([np.arange(-81, 81, 2) / 16, np.arange(-40, 40) * 3.0])
    return {
        "vector": random.normal(size=30).astype(np.float32),
        "matrix": matrix.astype(np.float32),
        "kernel": random.normal(size=(3, 3, 4, 5)).astype(np.float32),
        "grid": grid.astype(np.float32),
    }
