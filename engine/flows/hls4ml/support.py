"""What hls4ml cannot build of a design, all at once, each with the nearest way that works."""

import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from engine.design import ACCUM, BIAS, PRECISIONS, RESULT, WEIGHT, Design, Effective, Origin, Target
from engine.flows.hls4ml.backends import ACCELERATOR_BOARDS, BACKENDS
from engine.flows.hls4ml.choices import model_precision
from engine.flows.hls4ml.limits import AMD, CATAPULT, INTEL, LIMITS, PARALLEL
from engine.flows.problem import Problem
from engine.network import UNCONNECTED, Layer, kinds
from engine.precision import FixedType, Overflow
from engine.precision.quantizer import QuantizerKind

_DEPTHWISE = (kinds.DepthwiseConv1D, kinds.DepthwiseConv2D, kinds.SeparableConv1D, kinds.SeparableConv2D)


def problems(design: Design) -> tuple[Problem, ...]:
    """Every reason why hls4ml would refuse this design or build something else; empty: it can be converted."""
    return (*unbuildable(design), *_without_values(design))


def unbuildable(design: Design) -> tuple[Problem, ...]:
    """Of these reasons, those that have nothing to do with weights."""
    return (*_of_design(design), *of_layers(design, design.network.layers))


def of_layers(design: Design, layers: Iterable[Layer]) -> tuple[Problem, ...]:
    """Of these, those of some layers: they follow from a layer's choices, and those of a batch normalisation also from
    the choices of what is in front of it."""
    return tuple(found for layer in layers for found in _of_layer(design, layer))


def _without_values(design: Design) -> Iterator[Problem]:
    for layer in design.network.layers:
        missing = _missing_weights(design, layer)
        if missing:
            yield Problem(layer.name, f"It has no values for its {missing}.", "Train the network, or import weights.")


def _of_design(design: Design) -> Iterator[Problem]:
    network, target = design.network, design.target
    backend = BACKENDS.get(target.flow)
    if backend is None:
        yield Problem("", f"'{target.flow}' is not a flow of hls4ml.", f"Choose one of {', '.join(BACKENDS)}.")
    if not network.inputs:
        yield Problem("", "The network has no input.", "Add an input layer.")
    elif not _computes(design):
        yield Problem("", "The network computes nothing.", "Add a layer that does, for example a dense one.")
    if _shut_out(design):
        reason = "hls4ml cannot compile depthwise convolutions over one and over two axes together in io_parallel."
        yield Problem("", reason, "Use io_stream.")
    if target.flow == "vivado_accelerator":
        yield from _of_accelerator(design)
    if target.flow == "libero" and not _has_libero():
        yield Problem("", "The installed hls4ml lacks files of its Libero back end.", "Choose another flow.")
    if target.flow == "libero" and target.io_type == "io_stream":
        yield Problem("", "hls4ml's Libero back end cannot write streamed designs.", "Use io_parallel.")


def _shut_out(design: Design) -> bool:
    """Whether hls4ml's headers for depthwise layers over one and over two axes meet: both are guarded by one name."""
    axes = {getattr(layer.op, "AXES", 0) for layer in design.network.layers if isinstance(layer.op, _DEPTHWISE)}
    return axes == {1, 2} and design.target.flow in AMD and design.target.io_type == PARALLEL


def _of_accelerator(design: Design) -> Iterator[Problem]:
    board, network = design.target.board, design.network
    if board.id not in ACCELERATOR_BOARDS:
        offered = ", ".join(sorted(ACCELERATOR_BOARDS))
        yield Problem("", f"Vivado Accelerator has no shell for {board.name}.", f"Choose one of {offered}, or Vitis.")
    if len(network.inputs) > 1 or len(network.outputs) > 1:
        yield Problem("", "Vivado Accelerator takes one input and one output.", "Choose the Vitis or Vivado flow.")


def _of_layer(design: Design, layer: Layer) -> Iterator[Problem]:
    network, target, choices = design.network, design.target, design.choices(layer.name)
    if UNCONNECTED in layer.inputs:
        yield Problem(layer.name, "An input is not connected.", "Connect it, or delete the layer.")
    if any(type_.overflow is Overflow.WRAP_SM for type_ in _types(choices)):
        yield Problem(layer.name, "hls4ml does not know the overflow mode WRAP_SM.", "Use WRAP or SAT.")
    if isinstance(layer.op, kinds.Conv1D | kinds.Conv2D) and _kernel_kind(layer, choices) in _without_products(target):
        reason = "This back end has no convolution with weights of this quantiser."
        yield Problem(layer.name, reason, "Set the layer's weight type to a fixed-point one.")
    if isinstance(layer.op, kinds.LSTM) and target.flow in AMD and not _has_one_state_type(design, layer):
        reason = "hls4ml's LSTM does not compile where its accumulator and its result differ in type."
        yield Problem(layer.name, reason, "Give both the same type.")
    spoilt = _spoilt_norm(design, layer)
    if spoilt:
        remedy = f"Set the result type of '{spoilt}': the normalisation then stays a layer of its own."
        yield Problem(layer.name, f"hls4ml melts it into '{spoilt}' wrongly.", remedy)
    for limit in LIMITS:
        applies = target.flow in limit.flows and target.io_type in limit.io_types
        if applies and limit.matches(layer, network):
            yield Problem(layer.name, limit.reason, limit.remedy)


def _has_one_state_type(design: Design, layer: Layer) -> bool:
    chosen = [design.chosen(layer.name, key) for key in (ACCUM, RESULT)]
    types = [each.value if each and isinstance(each.value, FixedType) else model_precision(design) for each in chosen]
    return types[0] == types[1]


def _spoilt_norm(design: Design, layer: Layer) -> str:
    """The layer that hls4ml 1.3 melts a batch normalisation into wrongly, or ''.

    It scales depthwise weights along the wrong axis, and forgets the scaled weights of a dense layer over pixels or
    steps when it makes a convolution of it.
    """
    if not isinstance(layer.op, kinds.BatchNorm) or layer.inputs[0] not in design.network:
        return ""
    before = design.network[layer.inputs[0]]
    chosen = design.chosen(before.name, RESULT)
    typed = chosen is not None and isinstance(chosen.value, FixedType)
    if typed or len(design.network.consumers[before.name]) > 1:
        return ""
    if isinstance(before.op, kinds.BatchNorm):
        return _spoilt_norm(design, before)
    keys = ((WEIGHT, "kernel"), (BIAS, "bias"))
    if any(before.quantizer(role) is not None and _from_model(design, before, key) for key, role in keys):
        return ""
    shape = design.network.shapes[before.name] or ()
    depthwise = isinstance(before.op, kinds.DepthwiseConv1D | kinds.DepthwiseConv2D) and shape[-1:] > (1,)
    return before.name if depthwise or (isinstance(before.op, kinds.Dense) and len(shape) > 1) else ""


def _from_model(design: Design, layer: Layer, key: str) -> bool:
    effective = design.chosen(layer.name, key)
    return effective is not None and effective.origin is Origin.MODEL


def _missing_weights(design: Design, layer: Layer) -> str:
    shapes = design.network.input_shapes(layer.name)
    roles = layer.op.weight_shapes(shapes) if shapes is not None else {}
    return " and ".join(role.replace("_", " ") for role in roles if layer.weight(role) is None)


def _types(choices: Mapping[str, Effective]) -> Iterator[FixedType]:
    for key in PRECISIONS:
        effective = choices.get(key)
        if effective is not None and isinstance(effective.value, FixedType):
            yield effective.value


def _kernel_kind(layer: Layer, choices: Mapping[str, Effective]) -> QuantizerKind | None:
    """The quantiser of the weights, if it is in force."""
    quantizer, chosen = layer.quantizer("kernel"), choices.get(WEIGHT)
    in_force = chosen is not None and chosen.origin is Origin.MODEL
    return quantizer.kind if quantizer is not None and in_force else None


def _without_products(target: Target) -> tuple[QuantizerKind, ...]:
    """Quantisers whose special products the back end's convolutions lack."""
    if target.flow in INTEL:
        return (QuantizerKind.POWER_OF_TWO,)
    if target.flow in CATAPULT and target.io_type == PARALLEL:
        return (QuantizerKind.BINARY, QuantizerKind.TERNARY, QuantizerKind.POWER_OF_TWO)
    return ()


def _computes(design: Design) -> bool:
    """Whether anything is left once hls4ml has dropped what only renames values."""
    return any(not _only_renames(layer) for layer in design.network.layers)


def _only_renames(layer: Layer) -> bool:
    linear = (
        isinstance(layer.op, kinds.Activation) and layer.op.function == "linear" and layer.quantizer("result") is None
    )
    return linear or isinstance(layer.op, kinds.Input | kinds.Flatten | kinds.Reshape)


def _has_libero() -> bool:
    spec = importlib.util.find_spec("hls4ml")
    origin = Path(spec.origin) if spec and spec.origin else Path()
    return (origin.parent / "templates/libero/build_lib.sh").exists()
