"""Fully connected layers."""

from engine.network.kinds import Dense
from engine.readers.keras.layer import KerasLayer, Step, Weights
from engine.readers.keras.layers.activation import fused
from engine.readers.keras.layers.folded import folding
from engine.readers.keras.layers.quantised import weight_quantizers
from engine.readers.keras.layers.registry import reads
from engine.readers.keras.stored import Slot

KERNEL, BIAS = Slot("kernel", ("kernel",), 0), Slot("bias", ("bias",), 1)
QUANTIZERS = {"kernel": "kernel_quantizer", "bias": "bias_quantizer"}


@reads("Dense", "QDense")
def _dense(layer: KerasLayer) -> list[Step]:
    op = Dense(layer.config.whole("units", lowest=1), layer.config.flag("use_bias", True))
    slots = (KERNEL, BIAS) if op.use_bias else (KERNEL,)
    return [Step(op, Weights(slots), weight_quantizers(layer, QUANTIZERS)), *fused(layer)]


@reads("QDenseBatchnorm")
def _dense_batchnorm(layer: KerasLayer) -> list[Step]:
    op = Dense(layer.config.whole("units", lowest=1))
    slots = (KERNEL, BIAS) if layer.config.flag("use_bias", True) else (KERNEL,)
    return [Step(op, folding(layer, slots), weight_quantizers(layer, QUANTIZERS)), *fused(layer)]
