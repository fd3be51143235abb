"""The quantisers of a QKeras layer's weights."""

from collections.abc import Mapping

from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.readers.keras.layer import KerasLayer
from engine.readers.specs import SpecError, read_spec, to_quantizer

_FOR_WEIGHTS = (QuantizerKind.BITS, QuantizerKind.BINARY, QuantizerKind.TERNARY, QuantizerKind.POWER_OF_TWO)
Quantizers = tuple[tuple[str, Quantizer], ...]


def weight_quantizers(
    layer: KerasLayer,
    settings: Mapping[str, str],
    trained: frozenset[str] = frozenset({"kernel", "depthwise", "pointwise"}),
    allowed: tuple[QuantizerKind, ...] = _FOR_WEIGHTS,
) -> Quantizers:
    """The quantisers of weights, by role; `settings` says which setting belongs to which role.

    QKeras finds a scale for those of `trained` roles where none is given.
    """
    if not layer.quantised:
        return ()
    read = ((role, _quantizer(layer, setting, role in trained, allowed)) for role, setting in settings.items())
    return tuple((role, quantizer) for role, quantizer in read if quantizer is not None)


def _quantizer(layer: KerasLayer, setting: str, trained: bool, allowed: tuple[QuantizerKind, ...]) -> Quantizer | None:
    try:
        spec = read_spec(layer.config.raw(setting, None), layer.config.where)
        if spec is None:
            return None
        quantizer = to_quantizer(spec, layer.config.where, trained)
        if quantizer.kind not in allowed:
            raise SpecError(f"{quantizer.kind} is not for weights")
    except SpecError as error:
        layer.refuse(f"{setting}: {error}", error.remedy)
        return None
    return quantizer
