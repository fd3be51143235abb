"""HGQ2's layers: a quantiser before each, and weights whose bits differ from number to number."""

from collections.abc import Mapping

from engine.network import Op, Shape
from engine.network.kinds import Activation, Conv1D, Conv2D, Dense
from engine.readers.keras.bitwidths import bit_widths
from engine.readers.keras.layer import Arrays, KerasLayer, Step, Weights
from engine.readers.keras.layers.activation import fused
from engine.readers.keras.layers.conv import window_settings
from engine.readers.keras.layers.dense import BIAS, KERNEL
from engine.readers.keras.layers.merge import merge
from engine.readers.keras.layers.pooling import pool
from engine.readers.keras.layers.registry import reads


@reads("hgq>QDense")
def _dense(layer: KerasLayer) -> list[Step]:
    return _products(layer, Dense(layer.config.whole("units", lowest=1), layer.config.flag("use_bias", True)))


@reads("hgq>QConv1D", "hgq>QConv2D")
def _conv(layer: KerasLayer) -> list[Step]:
    axes = 1 if layer.class_name.endswith("1D") else 2
    kind = Conv1D if axes == 1 else Conv2D
    return _products(layer, kind(filters=layer.config.whole("filters", lowest=1), **window_settings(layer, axes)))


@reads("hgq>Quantizer")
def _quantizer(layer: KerasLayer) -> list[Step]:
    return _flowing(layer, "config", "", "")


@reads("hgq>QMaxPooling1D", "hgq>QMaxPooling2D", "hgq>QAveragePooling1D", "hgq>QAveragePooling2D")
def _pool(layer: KerasLayer) -> list[Step]:
    return _between(layer, pool(layer))


@reads("hgq>QAdd", "hgq>QSubtract", "hgq>QMultiply", "hgq>QMaximum", "hgq>QMinimum")
def _merge(layer: KerasLayer) -> list[Step]:
    if layer.config.flag("enable_iq", True):
        layer.refuse("a quantiser for each branch is not supported", "Use enable_iq=False and a Quantizer before it.")
    layer.class_name = layer.class_name.removeprefix("hgq>Q")
    return [*merge(layer), *_flowing(layer, "oq_conf", "oq", "_oq")]


def _products(layer: KerasLayer, op: Op) -> list[Step]:
    kernel, bias = bit_widths(layer, "kq_conf", "kq"), bit_widths(layer, "bq_conf", "bq")
    slots = (KERNEL, BIAS) if getattr(op, "use_bias", False) else (KERNEL,)
    widths = {"kernel": kernel, "bias": bias if len(slots) > 1 else None}
    inner = tuple(slot for role, each in widths.items() if each is not None for slot in each.slots(role))
    where = layer.config.where

    def finish(arrays: Arrays, shapes: Mapping[str, Shape]) -> Arrays:
        return {
            role: arrays[role] if each is None else each.quantised(arrays[role], arrays, where)
            for role, each in widths.items()
            if role in arrays
        }

    weights = Weights((*slots, *inner), finish, exact=True)
    return _between(layer, [Step(op, weights), *fused(layer)])


def _between(layer: KerasLayer, steps: list[Step]) -> list[Step]:
    """A layer with the quantisers before and behind it."""
    before = _flowing(layer, "iq_conf", "iq", "_iq") if layer.config.flag("enable_iq", True) else []
    behind = _flowing(layer, "oq_conf", "oq", "_oq") if layer.config.flag("enable_oq", False) else []
    return [*before, *steps, *behind]


def _flowing(layer: KerasLayer, key: str, holder: str, suffix: str) -> list[Step]:
    """A quantiser of what flows, as a layer that passes it on in its type."""
    widths = bit_widths(layer, key, holder)
    if widths is None:
        return []
    return [Step(Activation("linear"), Weights(widths.slots(), type=widths.type), suffix=suffix)]
