"""Batch normalisation inside a QKeras layer, folded into its kernel and bias as QKeras folds it at inference.

    inv = γ / √(moving variance + ε);  kernel' = inv · kernel;  bias' = inv · (bias − moving mean) + β

in single precision and in this order; the layer's quantisers act on the folded values. The reciprocal root is
correctly rounded, TensorFlow's may be off in the last bit.
(QKeras 0.9, qconv2d_batchnorm.py and qdepthwiseconv2d_batchnorm.py; QDenseBatchnorm of later versions alike.)
"""

from collections.abc import Mapping

import numpy as np

from engine.network import Shape
from engine.readers.keras.layer import Arrays, KerasLayer, Weights
from engine.readers.keras.layers.variance import above_zero
from engine.readers.keras.stored import Slot

_HOLDER = "batchnorm"


def folding(layer: KerasLayer, slots: tuple[Slot, ...]) -> Weights:
    """The arrays of a layer with batch normalisation inside, and the function that folds them."""
    layer.note("batch normalisation is folded into the weights, as QKeras does; hls4ml sees one layer.")
    layer.want("renorm", (False, None), "batch renormalisation is not supported", "Use plain batch normalisation.")
    epsilon = layer.config.number("epsilon", 1e-3)
    learnt = {"gamma": layer.config.flag("scale", True), "beta": layer.config.flag("center", True)}
    names = [name for name, present in learnt.items() if present] + ["moving_mean", "moving_variance"]
    inner = tuple(Slot(name, (name,), number, _HOLDER, like="bias") for number, name in enumerate(names))

    def fold(arrays: Arrays, shapes: Mapping[str, Shape]) -> Arrays:
        variance = above_zero(arrays["moving_variance"], epsilon, layer.config.where)
        inverse = (1 / np.sqrt(variance.astype(np.float64))).astype(np.float32)
        if "gamma" in arrays:
            inverse = inverse * arrays["gamma"]
        kernel = arrays["kernel"]
        bias = inverse * (arrays.get("bias", np.float32(0)) - arrays["moving_mean"]) + arrays.get("beta", np.float32(0))
        # A depthwise kernel has its channels on the last two axes.
        columns = kernel.shape[-1:] if kernel.shape[-1] == inverse.size else kernel.shape[-2:]
        return {"kernel": inverse.reshape(columns) * kernel, "bias": bias}

    return Weights((*slots, *inner), fold)
