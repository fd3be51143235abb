"""Layers that do nothing at inference."""

from engine.readers.keras.layer import KerasLayer, Step
from engine.readers.keras.layers.registry import reads


@reads(
    "Dropout",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "AlphaDropout",
    "GaussianDropout",
    "GaussianNoise",
    "ActivityRegularization",
    "Identity",
)
def _dropped(layer: KerasLayer) -> list[Step]:
    layer.note(f"{layer.class_name} is left out: it changes nothing at inference.")
    return []
