"""The depthwise convolution over steps, which QKeras lacks."""

from collections.abc import Callable
from typing import Any

import tensorflow as tf
from tensorflow_model_optimization.python.core.sparsity.keras.prunable_layer import PrunableLayer
from tf_keras import layers

Tensor = Any
Function = Callable[[Tensor], Tensor]


class QDepthwiseConv1D(layers.DepthwiseConv1D, PrunableLayer):  # type: ignore[misc]
    """Keras's, with quantisers."""

    def __init__(
        self, *arguments: Any, depthwise_quantizer: Function | None = None, bias_quantizer: Function | None, **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self._quantise_kernel, self._quantise_bias = depthwise_quantizer or tf.identity, bias_quantizer or tf.identity

    def call(self, x: Tensor) -> Tensor:
        """As a picture of one row."""
        found = tf.nn.depthwise_conv2d(
            x[:, tf.newaxis],
            self._quantise_kernel(self.depthwise_kernel)[tf.newaxis],
            strides=(1, *self.strides * 2, 1),
            padding=self.padding.upper(),
            dilations=(1, *self.dilation_rate),
        )[:, 0]
        return found + self._quantise_bias(self.bias) if self.use_bias else found

    def get_prunable_weights(self) -> list[Any]:
        """What may become zero."""
        return [self.depthwise_kernel]
