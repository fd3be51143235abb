"""Layers that move values."""

from typing import Any

from engine.network.kinds import Flatten, Pad1D, Pad2D, Permute, Reshape, UpSample1D, UpSample2D
from engine.readers.keras.layer import KerasLayer, Step
from engine.readers.keras.layers.registry import reads
from engine.readers.keras.layers.windows import require_channels_last


@reads("Flatten")
def _flatten(layer: KerasLayer) -> list[Step]:
    require_channels_last(layer)
    return [Step(Flatten())]


@reads("Reshape")
def _reshape(layer: KerasLayer) -> list[Step]:
    return [Step(Reshape(layer.config.wholes("target_shape", None, lowest=-1)))]


@reads("Permute")
def _permute(layer: KerasLayer) -> list[Step]:
    return [Step(Permute(layer.config.wholes("dims", None)))]


@reads("ZeroPadding1D")
def _pad1d(layer: KerasLayer) -> list[Step]:
    require_channels_last(layer)
    return [Step(Pad1D(layer.config.wholes("padding", 2, 1, lowest=0)))]


@reads("ZeroPadding2D")
def _pad2d(layer: KerasLayer) -> list[Step]:
    require_channels_last(layer)
    stated = layer.config.raw("padding", 1)
    pairs = stated if isinstance(stated, list) and len(stated) == 2 else [stated, stated]
    flat = [extent for pair in pairs for extent in _pair(pair)]
    return [Step(Pad2D(layer.config.with_value("padding", flat).wholes("padding", 4, lowest=0)))]


@reads("UpSampling1D")
def _up_sample1d(layer: KerasLayer) -> list[Step]:
    return [Step(UpSample1D(layer.config.whole("size", 2, lowest=1)))]


@reads("UpSampling2D")
def _up_sample2d(layer: KerasLayer) -> list[Step]:
    require_channels_last(layer)
    layer.want(
        "interpolation", ("nearest",), "only nearest-neighbour up-sampling is supported", "Use interpolation='nearest'."
    )
    return [Step(UpSample2D(layer.config.wholes("size", 2, 2)))]


def _pair(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value, value]
