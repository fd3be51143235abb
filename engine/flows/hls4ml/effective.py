"""The value that the built hardware has for a setting, and where it comes from."""

from math import prod

from engine.design import PARALLELIZATION_FACTOR, REUSE_FACTOR, STRATEGY, Design, Effective, Origin, Value
from engine.flows.hls4ml.choices import (
    CONV_IMPLEMENTATION,
    IMPLEMENTATION,
    MODEL_PRECISION,
    SKIP,
    TABLE_SIZE,
    Choice,
    model_precision,
)
from engine.flows.hls4ml.cost.activation import softmax_table_size
from engine.flows.hls4ml.hardware import Hardware, Unit
from engine.flows.hls4ml.nodes import DEPTHWISE, POINTWISE, SCALE
from engine.precision import FixedType

_PLACES = {
    "depthwise": (DEPTHWISE, "weight"),
    "depthwise_accum": (DEPTHWISE, "accum"),
    "depthwise_result": (DEPTHWISE, "result"),
    "pointwise": (POINTWISE, "weight"),
    "pointwise_accum": (POINTWISE, "accum"),
}
"""Where the types of a layer that is built in two are found: which part, and its own name for them."""

_DEFAULTS: dict[str, Value] = {CONV_IMPLEMENTATION: "linebuffer", IMPLEMENTATION: "stable", SKIP: False}
_PASSES_TYPES_ON = frozenset(
    [
        "Reshape",
        "Repack",
        "Pooling1D",
        "Pooling2D",
        "Merge",
        "Concatenate",
        "PReLU",
        "ZeroPadding1D",
        "ZeroPadding2D",
        "Resize",
        "Transpose",
    ]
)


def units_of(hardware: Hardware, layer: str) -> list[Unit]:
    """The built layers that carry a layer's own settings; none where it was merged into another or left out."""
    nodes = hardware.plan.by_source.get(layer, ())
    units = [hardware.units[node.name] for node in nodes if node.layer.name == layer]
    return [unit for unit in units if unit.node.note != "inserted" or unit.node.half == SCALE]


def effective_type(design: Design, hardware: Hardware, layer: str, key: str) -> Effective | None:
    """The type in force for one of a layer's types."""
    choice, default = hardware.choices[layer], model_precision(design)
    half, role = _PLACES.get(key, ("", key))
    for unit in reversed(units_of(hardware, layer)):
        if (not half or unit.node.half == half) and role in unit.types:
            return _effective_type(unit, choice, key, unit.types[role], default, design)
    return None


def _effective_type(
    unit: Unit, choice: Choice, key: str, value: FixedType, default: FixedType, design: Design
) -> Effective:
    chosen = choice.chosen.get(key)
    if chosen is not None and isinstance(chosen.value, FixedType):
        return Effective(value, chosen.origin, None if chosen.value == value else chosen.value)
    inherited = value is default and unit.node.kind not in _PASSES_TYPES_ON
    of_design = inherited and design.defaults.get(MODEL_PRECISION) is not None
    return Effective(value, Origin.DEFAULT if of_design else Origin.CONVERTER)


def effective_value(design: Design, hardware: Hardware, layer: str, key: str) -> Effective | None:
    """The value in force for a setting that is no type; None where the layer has no such setting."""
    units = units_of(hardware, layer)
    choice = hardware.choices[layer]
    if key == SKIP and choice.layer.op.KIND == "softmax":
        return _from(choice, key, choice.skips_softmax)
    if not units:
        return None
    unit = units[-1]
    if key in (STRATEGY, REUSE_FACTOR):
        return _folding(units, choice, key)
    if key == PARALLELIZATION_FACTOR and "Conv" in unit.node.kind:
        streamed = design.target.io_type == "io_stream"
        return _from(choice, key, 1 if streamed else prod(unit.node.shape[:-1]) // unit.partitions)
    if key == TABLE_SIZE:
        return _table_size(unit, choice)
    if key == CONV_IMPLEMENTATION and choice.layer.op.GROUP in ("conv", "pool"):
        return _from(choice, key, choice.word(key, str(_DEFAULTS[key])))
    if key == IMPLEMENTATION and unit.node.kind == "Softmax":
        return _from(choice, key, choice.word(key, str(_DEFAULTS[key])))
    return None


def _folding(units: list[Unit], choice: Choice, key: str) -> Effective | None:
    folded = [each for unit in units for each in unit.folded]
    if not folded:
        takes_any = choice.layer.op.GROUP in ("norm", "pool")
        return _from(choice, key, choice.number(key, 1)) if takes_any and key == REUSE_FACTOR else None
    if key == STRATEGY:
        return _from(choice, key, folded[-1].strategy.value)
    factors = [each.reuse_factor for each in folded]
    asked = choice.number(key, 1)
    # Two parts may be built with different factors: show the one that was not built as asked.
    return _from(choice, key, next((factor for factor in factors if factor != asked), factors[0]))


def _table_size(unit: Unit, choice: Choice) -> Effective | None:
    if unit.node.kind == "Softmax":
        return _from(choice, TABLE_SIZE, softmax_table_size(unit))
    return _from(choice, TABLE_SIZE, choice.number(TABLE_SIZE, 1024)) if "table" in unit.types else None


def _from(choice: Choice, key: str, value: Value) -> Effective:
    chosen = choice.chosen.get(key)
    if chosen is None:
        return Effective(value, Origin.CONVERTER)
    asked = chosen.value.lower() if isinstance(chosen.value, str) else chosen.value
    return Effective(value, chosen.origin, None if asked == value else chosen.value)
