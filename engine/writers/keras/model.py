"""A design as a functional Keras model: its description, and its weights in Keras's order."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.design import RESULT, WEIGHT, Design, Effective, Origin
from engine.network import UNCONNECTED, Layer, MissingTensorError, Network, TensorStore
from engine.network.kinds import Activation
from engine.network.weights import effective_weight
from engine.precision import FixedType
from engine.precision.quantizer import Quantizer
from engine.writers.keras.layers import KerasForm, NotInKerasError, form
from engine.writers.keras.quantisers import nearest, spelled

Array = NDArray[np.float32]
_SETTINGS = {
    "kernel": "kernel_quantizer",
    "depthwise": "depthwise_quantizer",
    "pointwise": "pointwise_quantizer",
    "bias": "bias_quantizer",
    "gamma": "gamma_quantizer",
    "beta": "beta_quantizer",
    "mean": "mean_quantizer",
    "variance": "variance_quantizer",
}


@dataclass(frozen=True, slots=True)
class KerasLayer:
    """One layer: its class, settings, what it reads, and its weights by Keras's names."""

    name: str
    class_name: str
    settings: dict[str, Any]
    inputs: tuple[str, ...]
    weights: tuple[tuple[str, Array], ...]
    holder: str = ""


@dataclass(frozen=True, slots=True)
class KerasModel:
    """All layers, each behind what it reads."""

    name: str
    layers: tuple[KerasLayer, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def keras_model(design: Design, tensors: TensorStore) -> KerasModel:
    """The model of a design; types that were chosen become quantisers.

    Raises NotInKerasError, which says the layer and what would do.
    """
    network = design.network
    names = _names(network.order)
    layers = tuple(_layer(design, network[name], names, tensors) for name in _in_keras_order(network))
    ends = [tuple(names[each] for each in group) for group in (network.inputs, network.outputs)]
    return KerasModel(_named(design.name), layers, ends[0], ends[1])


def _in_keras_order(network: Network) -> list[str]:
    """Layers as a loaded model counts them, and its weights: the farthest from the outputs first, then as they are met
    going back from the outputs (tf_keras, `engine/functional.py`, `_map_graph_network`)."""
    depths: dict[str, int] = {}
    for name in reversed(network.order):
        depths[name] = max((depths[reader] + 1 for reader in network.consumers[name]), default=0)
    met: dict[str, int] = {}
    waiting = list(reversed(network.outputs))
    while waiting:
        name = waiting.pop()
        if name not in met and name != UNCONNECTED:
            met[name] = len(met)
            waiting += reversed(network[name].inputs)
    return sorted(network.order, key=lambda name: (-depths[name], met[name]))


def _names(order: tuple[str, ...]) -> dict[str, str]:
    """Names without the slashes that part Keras's own."""
    found: dict[str, str] = {}
    for name in order:
        wish = name.replace("/", "_")
        while wish in found.values():
            wish += "_"
        found[name] = wish
    return found


def _named(name: str) -> str:
    clean = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name)
    return clean if clean[:1].isalpha() else f"model_{clean}"


def _layer(design: Design, layer: Layer, names: dict[str, str], tensors: TensorStore) -> KerasLayer:
    shapes = design.network.input_shapes(layer.name)
    if shapes is None:
        raise NotInKerasError(f"'{layer.name}' reads nothing. Connect its input.")
    try:
        kind = form(layer.op, shapes)
    except NotInKerasError as error:
        raise NotInKerasError(f"'{layer.name}': {error}") from None
    quantizers = _quantizers(design, layer)
    quantised = bool(quantizers) and bool(kind.quantised)
    settings = kind.settings | (_quantised(layer, quantizers) if quantised else {})
    class_name = kind.quantised if quantised else kind.class_name
    if not class_name:
        raise NotInKerasError(f"'{layer.name}': Keras has no {layer.op.subtitle()}. Use tanh or sigmoid.")
    inputs = tuple(names[source] for source in layer.inputs)
    weights = _weights(layer, kind, tensors, as_rounded=bool(quantizers) and not quantised)
    return KerasLayer(names[layer.name], class_name, settings, inputs, weights, kind.holder)


def _quantizers(design: Design, layer: Layer) -> dict[str, Quantizer]:
    """By role: those that the network was trained with where no other type was chosen, and those of chosen types."""
    found = dict(layer.quantizers)
    chosen = design.choices(layer.name)
    for role in ("kernel", "depthwise", "pointwise", "bias"):
        effective = chosen.get(WEIGHT if role == "kernel" else role)
        has_role = role in layer.op.weight_shapes(design.network.input_shapes(layer.name) or ())
        if has_role and effective is not None and isinstance(effective.value, FixedType) and not _trained(effective):
            found[role] = nearest(effective.value)
    result = chosen.get(RESULT)
    bends = isinstance(layer.op, Activation) and layer.op.function in ("relu", "linear")
    if bends and result is not None and isinstance(result.value, FixedType) and not _trained(result):
        found[RESULT] = nearest(result.value, layer.op.function == "relu")  # type: ignore[attr-defined]
    return {role: each for role, each in found.items() if role != RESULT or isinstance(layer.op, Activation)}


def _trained(effective: Effective) -> bool:
    return effective.origin is Origin.MODEL


def _quantised(layer: Layer, quantizers: dict[str, Quantizer]) -> dict[str, Any]:
    if RESULT in quantizers:
        return {"activation": spelled(quantizers[RESULT])}
    roles = layer.op.GROUP in ("conv",) and type(layer.op).__name__.startswith("Depthwise")
    names = _SETTINGS | ({"kernel": "depthwise_quantizer"} if roles else {})
    return {names[role]: spelled(each) for role, each in quantizers.items()}


def _weights(layer: Layer, kind: KerasForm, tensors: TensorStore, as_rounded: bool) -> tuple[tuple[str, Array], ...]:
    """As they are trained; where QKeras has no layer that rounds them, as they are rounded."""
    found = []
    for role, name in kind.variables.items():
        ref = layer.weight(role)
        try:
            if ref is None:
                raise MissingTensorError
            values = effective_weight(layer, role, tensors) if as_rounded else tensors.get(ref)
        except MissingTensorError:
            raise NotInKerasError(
                f"'{layer.name}' has no values for its {role}. Open its weights, or train it."
            ) from None
        found.append((name, np.asarray(values, np.float32)))
    return tuple(found)
