"""Where hls4ml 1.3 fails or computes something else, as a table.

Each line was found by compiling its generated code for every kind of layer, interface and back end and comparing
the output with the float network; none of these cases is refused by hls4ml itself in words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from engine.network import Layer, Network, kinds
from engine.precision.quantizer import QuantizerKind

PARALLEL, STREAM = "io_parallel", "io_stream"
BOTH = (PARALLEL, STREAM)
AMD = ("vitis", "vivado", "vivado_accelerator")
CATAPULT = ("catapult",)
INTEL = ("quartus", "oneapi")
ALL = (*AMD, *CATAPULT, *INTEL, "libero")

Matches = Callable[[Layer, Network], bool]


@dataclass(frozen=True, slots=True)
class Limit:
    """Layers that a back end cannot build with an interface, why, and the nearest way that works."""

    flows: tuple[str, ...]
    io_types: tuple[str, ...]
    matches: Matches
    reason: str
    remedy: str


def _kind(*ops: type) -> Matches:
    return lambda layer, network: isinstance(layer.op, ops)


def _function(name: str) -> Matches:
    return lambda layer, network: isinstance(layer.op, kinds.Activation) and layer.op.function == name


def _merges(operation: str) -> Matches:
    return lambda layer, network: isinstance(layer.op, kinds.Merge) and layer.op.operation == operation


def _dilated(layer: Layer, network: Network) -> bool:
    return any(step > 1 for step in getattr(layer.op, "dilation", ()))


def _multiplied(layer: Layer, network: Network) -> bool:
    return getattr(layer.op, "depth_multiplier", 1) > 1


def _ragged_pool(layer: Layer, network: Network) -> bool:
    op = layer.op
    return isinstance(op, kinds.Pool1D | kinds.Pool2D) and (op.padding == "same" or op.pool != op.strides)


def _inner_softmax(layer: Layer, network: Network) -> bool:
    rank = len(network.shapes[layer.name] or ())
    return isinstance(layer.op, kinds.Softmax) and layer.op.axis % max(rank, 1) != rank - 1


def _many_axes(kind: type, most: int) -> Matches:
    return lambda layer, network: isinstance(layer.op, kind) and len(network.shapes[layer.name] or ()) > most


def _many_inputs(layer: Layer, network: Network) -> bool:
    return isinstance(layer.op, kinds.Merge | kinds.Concatenate) and len(layer.inputs) > 2


def _unequal(layer: Layer, network: Network) -> bool:
    return isinstance(layer.op, kinds.Merge) and len(set(network.input_shapes(layer.name) or ())) > 1


def _unequal_in_front(layer: Layer, network: Network) -> bool:
    """Inputs that differ elsewhere than in leading axes of extent 1, over which hls4ml repeats the smaller one."""
    shapes = network.input_shapes(layer.name) or ()
    if not _unequal(layer, network) or len(shapes) != 2:
        return False
    pairs = list(zip(*sorted(shapes, key=prod), strict=True))
    while pairs and pairs[0][0] == 1:
        pairs.pop(0)
    return any(smaller != larger for smaller, larger in pairs)


def _unequal_pictures(layer: Layer, network: Network) -> bool:
    """Inputs of unlike shapes, other than one value for each channel or for each pixel of a picture."""
    shapes = sorted(network.input_shapes(layer.name) or (), key=prod)
    if not _unequal(layer, network) or len(shapes) != 2:
        return False
    smaller, larger = shapes
    copies = ((1, 1, larger[-1]), (*larger[:-1], 1))
    return len(larger) != 3 or smaller not in copies


def _behind_flattening(layer: Layer, network: Network) -> bool:
    """Layers that work word by word on a list whose words are still the pixels that were flattened."""
    works = isinstance(layer.op, kinds.BatchNorm | kinds.ParametricActivation | kinds.Softmax | kinds.Merge)
    works = works or (isinstance(layer.op, kinds.Activation) and layer.op.function != "linear")
    return works and any(_words_of_list(network, name) > 1 for name in layer.inputs)


def _words_of_list(network: Network, name: str) -> int:
    """Words in which a flattened tensor comes; 1 for one that was a list all along."""
    if name not in network or not isinstance(network[name].op, kinds.Flatten | kinds.Reshape):
        return 1
    source = network[name].inputs[0]
    shape = network.shapes[source] if source in network else None
    if len(network.shapes[name] or ()) != 1 or not shape:
        return 1
    return prod(shape[:-1]) if len(shape) > 1 else _words_of_list(network, source)


def _power_of_two_result(layer: Layer, network: Network) -> bool:
    quantizer = layer.quantizer("result")
    powers = (QuantizerKind.POWER_OF_TWO, QuantizerKind.RELU_POWER_OF_TWO)
    return quantizer is not None and quantizer.kind in powers


def _straight_pieces(layer: Layer, network: Network) -> bool:
    quantizer = layer.quantizer("result")
    if quantizer is not None and quantizer.kind in (QuantizerKind.TANH, QuantizerKind.SIGMOID):
        return not quantizer.real
    return isinstance(layer.op, kinds.Activation) and layer.op.function in ("hard_sigmoid", "hard_tanh")


def _plain_ternary(layer: Layer, network: Network) -> bool:
    quantizer = layer.quantizer("result")
    if quantizer is not None and quantizer.kind is QuantizerKind.TERNARY:
        return quantizer.threshold == 0.5
    return _function("ternary_tanh")(layer, network)


def _last_state(layer: Layer, network: Network) -> bool:
    return isinstance(layer.op, kinds.LSTM | kinds.GRU) and not layer.op.return_sequences


_DEPTHWISE = (kinds.DepthwiseConv1D, kinds.DepthwiseConv2D, kinds.SeparableConv1D, kinds.SeparableConv2D)
_PARALLEL_REMEDY = "Use io_parallel."
_AMD_REMEDY = "Choose the Vitis or Vivado flow."

LIMITS = (
    Limit(ALL, BOTH, _dilated, "hls4ml builds no dilated convolutions.", "Set the dilation to 1."),
    Limit(ALL, BOTH, _multiplied, "hls4ml builds a depth multiplier of 1 only.", "Use more filters behind it instead."),
    Limit(ALL, BOTH, _many_inputs, "hls4ml merges two branches at a time.", "Chain two layers of two inputs each."),
    Limit(
        ALL,
        BOTH,
        _power_of_two_result,
        "hls4ml has no activations in powers of two.",
        "Quantise its result to fixed point; weights may be powers of two.",
    ),
    Limit(
        AMD,
        (STREAM,),
        _behind_flattening,
        "Behind a streamed flattening hls4ml reads one word as if it were all, and a run hangs.",
        "Put this layer in front of the flattening, or use io_parallel.",
    ),
    Limit(ALL, BOTH, _function("swish"), "hls4ml has no swish.", "Multiply the input by its sigmoid, or use ReLU."),
    Limit(
        (*AMD, *CATAPULT),
        BOTH,
        _kind(kinds.SimpleRNN),
        "This back end has no simple RNN.",
        "Use a GRU or an LSTM instead.",
    ),
    Limit(
        INTEL,
        (STREAM,),
        _kind(kinds.SimpleRNN, kinds.LSTM),
        "This back end has no streamed kernel for it.",
        _PARALLEL_REMEDY,
    ),
    Limit(CATAPULT, BOTH, _last_state, "This back end returns every step only.", "Turn 'Every step' on."),
    Limit(
        ALL,
        BOTH,
        lambda layer, network: isinstance(layer.op, kinds.GRU) and not layer.op.reset_after,
        "hls4ml applies the reset gate after the product, whatever it is told.",
        "Turn 'Reset after' on and train again.",
    ),
    Limit(
        ("quartus",), BOTH, _kind(*_DEPTHWISE), "This back end computes depthwise convolutions wrongly.", _AMD_REMEDY
    ),
    Limit(
        CATAPULT,
        (PARALLEL,),
        _kind(*_DEPTHWISE),
        "This back end has no depthwise convolutions in io_parallel that work.",
        "Use io_stream.",
    ),
    Limit(
        ALL,
        (STREAM,),
        _ragged_pool,
        "Streamed pooling takes windows that neither overlap nor reach over the edge.",
        "Set the stride to the window and the padding to 'valid', or use io_parallel.",
    ),
    Limit(ALL, (STREAM,), _inner_softmax, "Streamed softmax works on the last axis only.", _PARALLEL_REMEDY),
    Limit(
        (*CATAPULT, *INTEL),
        (PARALLEL,),
        _many_axes(kinds.Softmax, 1),
        "This back end builds softmax on vectors only in io_parallel.",
        "Use io_stream, or flatten first.",
    ),
    Limit(
        tuple(flow for flow in ALL if flow != "vivado"),
        (STREAM,),
        _unequal,
        "Streamed merges need inputs of one shape.",
        "Use io_parallel, or equal shapes.",
    ),
    Limit(
        ("vivado",),
        (STREAM,),
        _unequal_pictures,
        "Streamed merges copy one value for each channel or pixel of a picture only.",
        "Use io_parallel, or equal shapes.",
    ),
    Limit(
        ALL,
        (PARALLEL,),
        _unequal_in_front,
        "hls4ml repeats the smaller input over leading axes only.",
        "Bring both inputs to the same shape.",
    ),
    Limit(ALL, (STREAM,), _merges("dot"), "There is no streamed dot product.", _PARALLEL_REMEDY),
    Limit(CATAPULT, (PARALLEL,), _merges("average"), "This back end averages wrongly.", "Use io_stream."),
    Limit(
        CATAPULT,
        (STREAM,),
        lambda layer, network: (
            isinstance(layer.op, kinds.Concatenate) and not _many_axes(kinds.Concatenate, 1)(layer, network)
        ),
        "This back end concatenates streamed vectors wrongly.",
        _PARALLEL_REMEDY,
    ),
    Limit(
        INTEL,
        (STREAM,),
        _many_axes(kinds.Permute, 2),
        "There is no streamed permutation of pictures.",
        _PARALLEL_REMEDY,
    ),
    Limit(ALL, (STREAM,), _function("relu6"), "There is no streamed ReLU 6.", "Use ReLU with a narrower type."),
    Limit(
        CATAPULT,
        (STREAM,),
        lambda layer, network: _merges("maximum")(layer, network) or _merges("minimum")(layer, network),
        "This back end's streamed maximum and minimum do not compile.",
        _PARALLEL_REMEDY,
    ),
    Limit(CATAPULT, (STREAM,), _kind(kinds.Permute), "This back end has no streamed permutation.", _PARALLEL_REMEDY),
    Limit(
        CATAPULT,
        BOTH,
        _straight_pieces,
        "This back end computes hard sigmoid and tanh wrongly.",
        "Use the true functions, or choose the Vitis or Vivado flow.",
    ),
    Limit(
        ALL,
        (STREAM,),
        _plain_ternary,
        "hls4ml's streamed ternary tanh switches at ±1, not at ±0.5.",
        "Use io_parallel, or a threshold other than 0.5.",
    ),
)
