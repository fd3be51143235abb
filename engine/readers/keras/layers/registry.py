"""Which function reads which class of Keras layers."""

import difflib
from collections.abc import Callable

from engine.network import NetworkError
from engine.readers.errors import ModelFileError
from engine.readers.keras.layer import KerasLayer, Step
from engine.readers.keras.layers.unsupported import REASONS

Reader = Callable[[KerasLayer], list[Step]]
_READERS: dict[str, Reader] = {}


def reads(*class_names: str) -> Callable[[Reader], Reader]:
    """Decorator: this function reads these classes. It returns the steps a layer becomes; none drops it."""

    def register(reader: Reader) -> Reader:
        _READERS.update(dict.fromkeys(class_names, reader))
        return reader

    return register


def translate(layer: KerasLayer) -> list[Step]:
    """What a layer becomes; unsupported things are refused on the layer. Raises ModelFileError for damage."""
    reader = _READERS.get(layer.class_name)
    if reader is None:
        layer.refuse(*_unsupported(layer.class_name))
        return []
    try:
        return reader(layer)
    except NetworkError as error:
        raise ModelFileError(str(error), layer.config.where, "Save the model again.") from error


def _unsupported(class_name: str) -> tuple[str, str]:
    if class_name in REASONS:
        return REASONS[class_name]
    near = difflib.get_close_matches(class_name, _READERS, n=1)
    remedy = f"The nearest supported layer is {near[0]}" if near else "Rebuild it from layers in the palette"
    return f"the layer class {class_name[:60]} is not supported", f"{remedy}."
