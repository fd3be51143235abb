"""Where data enter."""

from engine.network.kinds import Input
from engine.readers.keras.layer import KerasLayer, Step
from engine.readers.keras.layers.registry import reads


@reads("InputLayer")
def _input(layer: KerasLayer) -> list[Step]:
    config = layer.config
    key = next((key for key in ("batch_shape", "batch_input_shape") if config.raw(key, None) is not None), None)
    if key is None:
        layer.refuse("the model does not state the shape of its input", "Add an Input layer and save it again.")
        return [Step(Input())]
    extents = config.elements(key)[1:]
    if not extents or None in extents:
        layer.refuse("an extent of the input is left open", "Give the Input layer a shape of fixed numbers.")
        return [Step(Input())]
    if config.raw("sparse", False) or config.raw("ragged", False):
        layer.refuse("sparse and ragged inputs are not supported", "Use dense inputs of one shape.")
    return [Step(Input(config.with_value("shape", extents).wholes("shape", None)))]
