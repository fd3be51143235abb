"""HGQ2's dense layers, convolutions, poolings, merges and softmax."""

from engine.network import Op
from engine.network.kinds import Conv1D, Conv2D, Dense, Softmax
from engine.readers.keras.layer import KerasLayer, Step
from engine.readers.keras.layers.activation import fused
from engine.readers.keras.layers.conv import window_settings
from engine.readers.keras.layers.dense import BIAS, KERNEL
from engine.readers.keras.layers.hgq_parts import between, flowing, rounded
from engine.readers.keras.layers.merge import merge
from engine.readers.keras.layers.pooling import global_pool, pool
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
    return flowing(layer, "config", "", "")


@reads("hgq>QSoftmax")
def _softmax(layer: KerasLayer) -> list[Step]:
    axes = layer.config.raw("axes", [-1])
    if not isinstance(axes, list) or len(axes) != 1 or not isinstance(axes[0], int):
        layer.refuse("a softmax over several axes is not supported", "Use Flatten before it.")
        axes = [-1]
    if layer.config.number("input_scaler", 1.0) != 1:
        layer.refuse("a factor before the softmax is not supported", "Use input_scaler=1 and scale the layer before.")
    layer.note("its tables are hls4ml's, in the types chosen here; those of the file are not taken over.")
    return between(layer, [Step(Softmax(), axis=axes[0])])


@reads("hgq>QMaxPooling1D", "hgq>QMaxPooling2D", "hgq>QAveragePooling1D", "hgq>QAveragePooling2D")
def _pool(layer: KerasLayer) -> list[Step]:
    return between(layer, pool(layer))


@reads(
    "hgq>QGlobalMaxPooling1D",
    "hgq>QGlobalMaxPooling2D",
    "hgq>QGlobalAveragePooling1D",
    "hgq>QGlobalAveragePooling2D",
)
def _global_pool(layer: KerasLayer) -> list[Step]:
    return between(layer, global_pool(layer))


@reads("hgq>QAdd", "hgq>QSubtract", "hgq>QMultiply", "hgq>QMaximum", "hgq>QMinimum")
def _merge(layer: KerasLayer) -> list[Step]:
    if layer.config.flag("enable_iq", True):
        layer.refuse("a quantiser for each branch is not supported", "Use enable_iq=False and a Quantizer before it.")
    layer.class_name = layer.class_name.removeprefix("hgq>Q")
    return [*merge(layer), *flowing(layer, "oq_conf", "oq", "_oq")]


def _products(layer: KerasLayer, op: Op) -> list[Step]:
    slots = (KERNEL, BIAS) if getattr(op, "use_bias", False) else (KERNEL,)
    return between(layer, [Step(op, rounded(layer, slots)), *fused(layer)])
