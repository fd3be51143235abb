"""Where branches meet."""

from engine.network.kinds import Concatenate, Merge
from engine.readers.keras.layer import KerasLayer, Step
from engine.readers.keras.layers.registry import reads


@reads("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")
def merge(layer: KerasLayer) -> list[Step]:
    """Branches joined value by value."""
    return [Step(Merge(layer.class_name.lower()))]


@reads("Dot")
def _dot(layer: KerasLayer) -> list[Step]:
    layer.want("normalize", (False, None), "a normalised dot product is not supported", "Use normalize=False.")
    layer.want("axes", (1, -1, [1, 1], [-1, -1]), "it multiplies along other axes", "Use Dot(axes=1) of two vectors.")
    return [Step(Merge("dot"))]


@reads("Concatenate")
def _concatenate(layer: KerasLayer) -> list[Step]:
    axis = layer.config.whole("axis", -1)
    if axis == 0:
        layer.refuse("it puts samples side by side", "Concatenate along the channels (axis=-1).")
    # Keras counts the batch as axis 0.
    return [Step(Concatenate(axis - 1 if axis > 0 else axis or -1))]
