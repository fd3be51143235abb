"""Pooling."""

from engine.network.kinds import GlobalPool, Pool1D, Pool2D
from engine.readers.keras.layer import KerasLayer, Step
from engine.readers.keras.layers.registry import reads
from engine.readers.keras.layers.windows import padding, require_channels_last


@reads("MaxPooling1D", "MaxPooling2D", "AveragePooling1D", "AveragePooling2D")
def pool(layer: KerasLayer) -> list[Step]:
    """Windows reduced to one value each."""
    require_channels_last(layer)
    axes = 1 if layer.class_name.endswith("1D") else 2
    size = layer.config.wholes("pool_size", axes, 2)
    strides = size if layer.config.raw("strides", None) is None else layer.config.wholes("strides", axes)
    kind = Pool1D if axes == 1 else Pool2D
    return [Step(kind(mode=_mode(layer), pool=size, strides=strides, padding=padding(layer)))]


@reads("GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalAveragePooling1D", "GlobalAveragePooling2D")
def global_pool(layer: KerasLayer) -> list[Step]:
    """All places of a channel reduced to one value."""
    require_channels_last(layer)
    return [Step(GlobalPool(_mode(layer), layer.config.flag("keepdims", False)))]


def _mode(layer: KerasLayer) -> str:
    return "max" if "Max" in layer.class_name else "average"
