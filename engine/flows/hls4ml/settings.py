"""Which settings each layer has in hls4ml, their legal values now, and why others are not legal."""

from functools import lru_cache
from math import prod

from engine.design import PARALLELIZATION_FACTOR, REUSE_FACTOR, STRATEGY, Design, Value
from engine.flows.factors import divisors
from engine.flows.flow import SettingSpec
from engine.flows.hls4ml.choices import CONV_IMPLEMENTATION, IMPLEMENTATION, SKIP, TABLE_SIZE, Choice
from engine.flows.hls4ml.class_names import class_name, is_pointwise
from engine.flows.hls4ml.cost.activation import TABLE_FUNCTIONS
from engine.flows.hls4ml.roles import roles
from engine.flows.hls4ml.rules import (
    Family,
    Fold,
    Strategy,
    built_strategy,
    folds,
    parallelisation_factors,
    reuse_factor_off,
    reuse_factors,
    strategy_off,
)
from engine.network import Layer, Network, Shape
from engine.network.kinds import (
    Flatten,
    Pad1D,
    Pad2D,
    Permute,
    Reshape,
    SeparableConv1D,
    SeparableConv2D,
    UpSample1D,
    UpSample2D,
)

_TYPES = {
    "weight": ("Weights", "Type of the weights."),
    "bias": ("Bias", "Type of the constants that are added."),
    "accum": ("Accumulator", "Type in which products are summed. Too narrow, and sums overflow."),
    "result": ("Result", "Type of what leaves the layer."),
    "scale": ("Scale", "Type of the factors."),
    "param": ("Slope", "Type of the slope or threshold."),
    "table": ("Table", "Type of the values in the function's table."),
    "exp_table": ("Exponential table", "Type of the exponentials in their table."),
    "inv_table": ("Inverse table", "Type of the inverses in their table."),
    "inv_inp": ("Inverse input", "Type of the sum that the inverse is looked up for."),
    "depthwise": ("Depthwise weights", "Type of the weights of the first step, channel by channel."),
    "pointwise": ("Pointwise weights", "Type of the weights of the second step, across channels."),
    "depthwise_accum": ("Depthwise accumulator", "Type in which the first step sums."),
    "pointwise_accum": ("Pointwise accumulator", "Type in which the second step sums."),
    "depthwise_result": ("Depthwise result", "Type of what passes from the first to the second step."),
    "recurrent_weight": ("State weights", "Type of the weights that the state is multiplied with."),
    "recurrent_bias": ("State bias", "Type of the constants added to the state's product."),
}
_STRATEGY_HELP = (
    "How products become hardware. Latency: weights become logic, fast. Resource: weights in memory, multipliers "
    "shared. Unrolled: Resource with its loops written out."
)
_UNCHECKED = "Off: hls4ml does not check it for 1×1 kernels, which fail on it."
_MOVES_VALUES = (Flatten, Reshape, Permute, Pad1D, Pad2D, UpSample1D, UpSample2D)
TABLE_SIZES = tuple(1 << bits for bits in range(4, 15))
IMPLEMENTATIONS = ("stable", "latency", "argmax", "legacy")


def specs(design: Design, layer: Layer, choice: Choice, *, vitis: bool) -> tuple[SettingSpec, ...]:
    """The settings of a layer; `vitis`: whether Vitis HLS builds it, which has other limits."""
    shapes = design.network.input_shapes(layer.name)
    io_type = design.target.io_type
    found = [_type_spec(role) for role in type_keys(layer)]
    if shapes is not None:
        layer_folds = folds(layer.op, shapes)
        if layer_folds:
            found += _fold_specs(layer_folds, choice, io_type, _ends_pointwise(layer, shapes), vitis)
        elif layer.op.KIND == "batch_norm" or (layer.op.GROUP == "pool" and io_type == "io_parallel"):
            found.append(_free_reuse(layer, design.network))
        if layer_folds and layer_folds[-1].family in (Family.CONV, Family.DEPTHWISE):
            found.append(_parallelisation(prod((design.network.shapes[layer.name] or (1,))[:-1]), io_type))
        if layer.op.GROUP in ("conv", "pool") and io_type == "io_stream":
            found.append(_implementation_of_windows(line_buffer_only=vitis))
    return (*found, *_table_specs(layer))


def type_keys(layer: Layer) -> tuple[str, ...]:
    """The types that a layer lets one choose."""
    if isinstance(layer.op, _MOVES_VALUES):
        return ()
    return (*roles(layer), *_tables(layer))


def _tables(layer: Layer) -> tuple[str, ...]:
    if layer.op.KIND == "softmax":
        return ("exp_table", "inv_table", "inv_inp")
    looked_up = getattr(layer.op, "function", "") in TABLE_FUNCTIONS
    return ("table",) if looked_up or layer.op.GROUP == "recurrent" else ()


def _type_spec(role: str) -> SettingSpec:
    label, text = _TYPES[role]
    return SettingSpec(role, label, "precision", text)


def _ends_pointwise(layer: Layer, shapes: tuple[Shape, ...]) -> bool:
    """Whether hls4ml builds a convolution of kernel 1 of a layer, or of its second half."""
    return isinstance(layer.op, SeparableConv1D | SeparableConv2D) or is_pointwise(class_name(layer, shapes))


def _fold_specs(
    layer_folds: tuple[Fold, ...], choice: Choice, io_type: str, ends_pointwise: bool, vitis: bool
) -> list[SettingSpec]:
    strategy = built_strategy(layer_folds[-1], io_type, choice.strategy, 2)
    legal, off = legal_reuse(layer_folds, strategy)
    asked = choice.number(REUSE_FACTOR, 1)
    if strategy is Strategy.LATENCY and asked not in legal:
        below = sum(1 for each in legal if isinstance(each, int) and each < asked)
        legal = (*legal[:below], asked, *legal[below:])
    elif ends_pointwise and choice.own(REUSE_FACTOR) and not {asked} & {*legal, *(value for value, _ in off)}:
        off = (*off, (asked, _UNCHECKED))
    return [
        SettingSpec(
            STRATEGY,
            "Strategy",
            "choice",
            _STRATEGY_HELP,
            *_strategies(layer_folds, io_type, vitis),
        ),
        SettingSpec(
            REUSE_FACTOR,
            "Reuse factor",
            "number",
            "How often each multiplier is used for one result: more means fewer multipliers and more cycles.",
            legal,
            off,
        ),
    ]


@lru_cache(maxsize=2048)
def _strategies(
    layer_folds: tuple[Fold, ...], io_type: str, vitis: bool
) -> tuple[tuple[Value, ...], tuple[tuple[Value, str], ...]]:
    """Legal strategies, and the others with the reason."""
    reasons: dict[Value, str] = {}
    for strategy in Strategy:
        why = next(filter(None, (strategy_off(fold, io_type, strategy, vitis=vitis) for fold in layer_folds)), "")
        reasons[strategy.value] = why
    legal = tuple(strategy for strategy, why in reasons.items() if not why)
    return legal, tuple((strategy, why) for strategy, why in reasons.items() if why)


@lru_cache(maxsize=2048)
def legal_reuse(
    layer_folds: tuple[Fold, ...], strategy: Strategy
) -> tuple[tuple[Value, ...], tuple[tuple[Value, str], ...]]:
    """Reuse factors that all parts of a layer are built with as asked, and those that only synthesis refuses."""
    common = set.intersection(*(set(reuse_factors(fold, strategy)) for fold in layer_folds)) or {1}
    legal: list[Value] = []
    off: list[tuple[Value, str]] = []
    for factor in sorted(common):
        why = next(filter(None, (reuse_factor_off(fold, strategy, factor) for fold in layer_folds)), "")
        if why:
            off.append((factor, why))
        else:
            legal.append(factor)
    return tuple(legal), tuple(off)


def _free_reuse(layer: Layer, network: Network) -> SettingSpec:
    values = prod(network.shapes[layer.name] or (1,))
    text = "How often each unit is used for one result: more means fewer units and more cycles."
    return SettingSpec(REUSE_FACTOR, "Reuse factor", "number", text, divisors(values))


def _parallelisation(pixels: int, io_type: str) -> SettingSpec:
    legal = parallelisation_factors(pixels)
    text = "How many output pixels are computed at once: more means fewer cycles and as many times the hardware."
    if io_type == "io_parallel":
        return SettingSpec(PARALLELIZATION_FACTOR, "Pixels at once", "number", text, legal)
    why = "Several pixels at once need io_parallel: a stream brings one after the other."
    off = tuple((each, why) for each in legal[1:])
    return SettingSpec(PARALLELIZATION_FACTOR, "Pixels at once", "number", text, legal[:1], off)


def _implementation_of_windows(*, line_buffer_only: bool) -> SettingSpec:
    text = "How a streamed window is gathered. The line buffer is the better one in most cases."
    why = "Encoded is off: Vitis HLS builds line buffers only."
    legal, off = (("linebuffer",), (("encoded", why),)) if line_buffer_only else (("linebuffer", "encoded"), ())
    return SettingSpec(CONV_IMPLEMENTATION, "Window", "choice", text, legal, off)


def _table_specs(layer: Layer) -> tuple[SettingSpec, ...]:
    if not _tables(layer):
        return ()
    size = SettingSpec(TABLE_SIZE, "Table size", "number", "Values in the function's table.", TABLE_SIZES)
    if layer.op.KIND != "softmax":
        return (size,)
    how = "stable: exact for large scores; latency: faster; argmax: marks the largest only; legacy: as hls4ml once did."
    return (
        SettingSpec(IMPLEMENTATION, "Softmax", "choice", how, IMPLEMENTATIONS),
        SettingSpec(SKIP, "Leave out", "choice", "Build no softmax: the scores leave as they are.", (False, True)),
        size,
    )
