"""Quantised activations as hls4ml keeps them: it drops linear ones, and cannot stream those behind a flattening."""

from dataclasses import replace

from engine.design.settings import EMPTY, RESULT, Settings
from engine.network import Layer, Network
from engine.network.kinds import Activation, Flatten
from engine.readers.model import ReadModel
from engine.readers.settled import CHOOSES, WIDE


def lasting(model: ReadModel) -> ReadModel:
    """The same model, whose answers hls4ml builds as the file has them."""
    network, notes = model.network, list(model.notes)
    while (late := _behind_flattening(network)) is not None:
        network = _swapped(network, late)
        notes.append(f"{late.name}: moved in front of {late.inputs[0]}, where a streamed design can have it.")
    settings = dict(model.settings)
    for layer in network.layers:
        if _is_quantiser(layer):
            _keep_type(network, layer, settings)
    return replace(model, network=network, notes=tuple(notes), settings=tuple(settings.items()))


def _behind_flattening(network: Network) -> Layer | None:
    """An activation that reads a flattening, which nobody else reads."""
    return next(
        (
            layer
            for layer in network.layers
            if isinstance(layer.op, Activation)
            and isinstance(network[layer.inputs[0]].op, Flatten)
            and network.consumers[layer.inputs[0]] == (layer.name,)
        ),
        None,
    )


def _swapped(network: Network, late: Layer) -> Network:
    (flattening,) = late.inputs
    (source,) = network[flattening].inputs
    inputs: dict[str, tuple[str, ...]] = {late.name: (source,), flattening: (late.name,)}
    for reader in network.consumers[late.name]:
        inputs[reader] = tuple(flattening if each == late.name else each for each in network[reader].inputs)
    return Network(tuple(replace(layer, inputs=inputs.get(layer.name, layer.inputs)) for layer in network.layers))


def _is_quantiser(layer: Layer) -> bool:
    """Whether a layer does nothing but round its values to a type."""
    return isinstance(layer.op, Activation) and layer.op.function == "linear" and layer.quantizer(RESULT) is not None


def _keep_type(network: Network, layer: Layer, settings: dict[str, Settings]) -> None:
    """hls4ml drops a linear layer behind one whose type it chooses: that one gets the type, or a wide one where others
    read it too."""
    (source,) = layer.inputs
    quantizer, known = layer.quantizer(RESULT), settings.get(source, EMPTY)
    chooses = network[source].op.GROUP in CHOOSES and network[source].quantizer(RESULT) is None
    if chooses and quantizer is not None and known.get(RESULT) is None:
        alone = network.consumers[source] == (layer.name,)
        settings[source] = known.with_(RESULT, quantizer.type() if alone else WIDE)
