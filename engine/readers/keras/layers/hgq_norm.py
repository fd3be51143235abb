"""HGQ2's batch normalisations: alone, and folded into kernel and bias as HGQ2 folds them when it is not training.

Source: HGQ2 0.2. A dense layer normalises what comes in, by γ / √(variance + ε) of each input, and takes the mean times
the kernel from its bias; an einsum normalises what goes out, with Keras's own ε.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.network import Shape
from engine.network.kinds import BatchNorm, Dense
from engine.readers.errors import ModelFileError
from engine.readers.keras.bitwidths import bit_widths
from engine.readers.keras.layer import Arrays, KerasLayer, Step, Weights
from engine.readers.keras.layers.activation import fused
from engine.readers.keras.layers.dense import BIAS, KERNEL
from engine.readers.keras.layers.hgq_parts import between, rounded
from engine.readers.keras.layers.registry import reads
from engine.readers.keras.layers.variance import above_zero
from engine.readers.keras.stored import Slot

_EINSUM_EPSILON = 1e-7
"""Keras's, which HGQ2 0.2 takes in place of the layer's own."""
_COUNTED = 2
"""Numbers about cost that a layer keeps before mean and variance."""


@reads("hgq>QBatchNormDense")
def _norm_dense(layer: KerasLayer) -> list[Step]:
    epsilon = layer.config.number("epsilon", 1e-3)

    def fold(arrays: Arrays, shapes: Mapping[str, Shape]) -> Arrays:
        kernel = arrays["kernel"]
        scale = _scale(arrays, epsilon, kernel.shape[0], layer)
        return {"kernel": scale[:, None] * kernel, "bias": arrays["bias"] - arrays["moving_mean"] @ kernel}

    layer.note("batch normalisation is folded into the weights, as HGQ2 does; hls4ml sees one layer.")
    op = Dense(layer.config.whole("units", lowest=1))
    slots = (KERNEL, BIAS, *statistics(layer))
    return between(layer, [Step(op, rounded(layer, slots, fold)), *fused(layer)])


@reads("hgq>QBatchNormalization")
def _batch_norm(layer: KerasLayer) -> list[Step]:
    epsilon, where = layer.config.number("epsilon", 1e-3), layer.config.where
    learnt = {"gamma": layer.config.flag("scale", True), "beta": layer.config.flag("center", True)}
    if not learnt["beta"]:
        layer.refuse("HGQ2 adds one where center=False", "Use center=True.")
    names = [*(name for name, present in learnt.items() if present), "moving_mean", "moving_variance"]
    widths = {
        role: bit_widths(layer, *key) for role, key in (("gamma", ("kq_conf", "kq")), ("beta", ("bq_conf", "bq")))
    }
    inner = tuple(slot for each in widths.values() if each is not None for slot in each.slots("variance"))

    def finish(arrays: Arrays, shapes: Mapping[str, Shape]) -> Arrays:
        scale = _scale(arrays, epsilon, arrays["moving_mean"].size, layer)
        found = {"gamma": scale, "beta": arrays["beta"] - arrays["moving_mean"] * scale}
        for role, each in widths.items():
            found[role] = found[role] if each is None else each.quantised(found[role], arrays, where)
        return found | {"mean": np.zeros_like(scale), "variance": np.ones_like(scale)}

    slots = tuple(Slot(name, (name,), number, like="variance") for number, name in enumerate(names))
    # Scale and shift are rounded: statistics that change nothing leave them as they are.
    return between(layer, [Step(BatchNorm(epsilon=0.0), Weights((*slots, *inner), finish, exact=True))])


def statistics(layer: KerasLayer) -> tuple[Slot, ...]:
    """Where γ, mean and variance of a layer with a kernel and a bias stand."""
    scaled = layer.config.flag("scale", True)
    place = 2 + scaled + (_COUNTED if layer.config.flag("enable_ebops", True) else 0)
    gamma = (Slot("gamma", ("gamma", "bn_gamma"), 2),) if scaled else ()
    return (
        *gamma,
        Slot("moving_mean", ("moving_mean",), place),
        Slot("moving_variance", ("moving_variance",), place + 1),
    )


def folded_outputs(layer: KerasLayer, arrays: Arrays) -> Arrays:
    """Kernel (inputs, outputs) and bias of an einsum with its normalisation folded in."""
    scale = _scale(arrays, _EINSUM_EPSILON, arrays["kernel"].shape[-1], layer)
    return {"kernel": arrays["kernel"] * scale, "bias": arrays["bias"] - arrays["moving_mean"] * scale}


def _scale(arrays: Arrays, epsilon: float, size: int, layer: KerasLayer) -> NDArray[np.float32]:
    """γ / √(variance + ε), in single precision, of so many channels."""
    where = layer.config.where
    if any(arrays[name].shape != (size,) for name in ("gamma", "moving_mean", "moving_variance") if name in arrays):
        raise ModelFileError(f"The batch normalisation of '{layer.name}' is damaged", where, "Save the model again.")
    root = np.sqrt(above_zero(arrays["moving_variance"], epsilon, where))
    found: NDArray[np.float32] = np.asarray(arrays.get("gamma", np.float32(1)) / root, np.float32)
    return found
