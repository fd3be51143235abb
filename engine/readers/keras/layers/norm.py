"""Batch normalisation as a layer of its own."""

from collections.abc import Mapping

from engine.network import Shape
from engine.network.kinds import BatchNorm
from engine.precision.quantizer import QuantizerKind
from engine.readers.keras.layer import Arrays, KerasLayer, Step, Weights
from engine.readers.keras.layers.quantised import weight_quantizers
from engine.readers.keras.layers.registry import reads
from engine.readers.keras.layers.variance import above_zero
from engine.readers.keras.stored import Slot

_NAMES = {"gamma": "gamma", "beta": "beta", "mean": "moving_mean", "variance": "moving_variance"}
_ALLOWED = (QuantizerKind.BITS, QuantizerKind.POWER_OF_TWO, QuantizerKind.RELU_POWER_OF_TWO)


@reads("BatchNormalization", "QBatchNormalization", "SyncBatchNormalization")
def _batch_norm(layer: KerasLayer) -> list[Step]:
    config = layer.config
    layer.want("renorm", (False, None), "batch renormalisation is not supported", "Use plain BatchNormalization.")
    op = BatchNorm(config.number("epsilon", 1e-3), config.flag("center", True), config.flag("scale", True))
    present = {"gamma": op.scale, "beta": op.center, "mean": True, "variance": True}
    roles = [role for role in _NAMES if present[role]]
    slots = tuple(Slot(role, (_NAMES[role],), number) for number, role in enumerate(roles))
    settings = {role: f"{role}_quantizer" for role in roles}
    quantizers = weight_quantizers(layer, settings, frozenset({"gamma", "variance"}), _ALLOWED)

    def checked(arrays: Arrays, shapes: Mapping[str, Shape]) -> Arrays:
        _ = above_zero(arrays["variance"], op.epsilon, config.where)
        return arrays

    return [Step(op, Weights(slots, checked), quantizers, axis=_axis(layer))]


def _axis(layer: KerasLayer) -> int:
    axis = layer.config.raw("axis", -1)
    if isinstance(axis, list) and len(axis) == 1:
        axis = axis[0]
    if not isinstance(axis, int):
        layer.refuse("it normalises several axes at once", "Normalise the channels only (axis=-1).")
        return -1
    return axis
