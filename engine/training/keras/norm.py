"""Batch normalisation in training with the hardware's arithmetic: one factor and one offset for each channel.

Its statistics stand still, as hardware has them: they are those of the float training before. Where hardware merges
the norm into the layer in front, the merged weights are what is quantised, so that training sees what is built.
"""

from collections.abc import Callable
from typing import Any

import tensorflow as tf
from tf_keras import layers

from engine.network import Shape
from engine.network.kinds import BatchNorm

Tensor = Any
Function = Callable[[Tensor], Tensor]


class Norm(layers.Layer):  # type: ignore[misc]
    """y = factor · x + offset, both quantised."""

    def __init__(self, op: BatchNorm, channels: int, factor: Function | None, offset: Function | None) -> None:
        super().__init__()
        self.op = op
        self._quantise_factor, self._quantise_offset = factor or tf.identity, offset or tf.identity
        self.gamma = self.add_weight("gamma", (channels,), initializer="ones", trainable=op.scale)
        self.beta = self.add_weight("beta", (channels,), initializer="zeros", trainable=op.center)
        self.moving_mean = self.add_weight("mean", (channels,), initializer="zeros", trainable=False)
        self.moving_variance = self.add_weight("variance", (channels,), initializer="ones", trainable=False)

    def call(self, x: Tensor) -> Tensor:
        """Scale and shift."""
        return x * self._quantise_factor(self.factor()) + self._quantise_offset(self.offset(0.0))

    def factor(self) -> Tensor:
        """γ / √(variance + ε)."""
        return self.gamma * tf.math.rsqrt(self.moving_variance + self.op.epsilon)

    def offset(self, bias: Tensor) -> Tensor:
        """What a bias in front becomes."""
        return (bias - self.moving_mean) * self.factor() + self.beta


class MergedKernel:
    """Quantises a kernel with the factor of the norm behind it; `shape` is how the factor meets the last axes."""

    def __init__(self, norm: Norm, quantise: Function | None, shape: Shape) -> None:
        self._norm, self._quantise, self._shape = norm, quantise or tf.identity, shape

    def __call__(self, kernel: Tensor) -> Tensor:
        return self._quantise(kernel * tf.reshape(self._norm.factor(), self._shape))


class MergedBias:
    """Quantises a bias moved through the norm behind it."""

    def __init__(self, norm: Norm, quantise: Function | None) -> None:
        self._norm, self._quantise = norm, quantise or tf.identity

    def __call__(self, bias: Tensor) -> Tensor:
        return self._quantise(self._norm.offset(bias))
