"""Which settings each layer has in FINN's flow, their legal values, and what is built."""

from collections.abc import Iterator

from engine.design import MULTIPLIERS, PE, RESULT, SIMD, WEIGHT, Design, Effective, Origin, Value
from engine.flows.finn.choices import (
    DEFAULT_TYPE,
    DEPTHWISE_PE,
    FOLDS,
    FUSED,
    MEMORY,
    RAM,
    SEPARATE,
    THRESHOLDS,
    WINDOW_RAM,
    WINDOW_SIMD,
    WORDS,
    Choices,
)
from engine.flows.finn.folded import Folded, legal
from engine.flows.finn.unit import MATRICES, Kind, Unit
from engine.flows.flow import SettingSpec
from engine.flows.hls4ml.settings import type_keys
from engine.network import Layer
from engine.network.kinds import Activation, Input, ParametricActivation, SeparableConv1D, SeparableConv2D
from engine.precision import FixedType

_FOLD_WORDS = {
    PE: ("PE", "Outputs computed at once (processing elements). Each one has multipliers and an adder tree."),
    SIMD: ("SIMD", "Inputs multiplied at once for each output. Cycles are inputs / SIMD × outputs / PE × pixels."),
    WINDOW_SIMD: ("Window SIMD", "Channels that the sliding window in front moves at once."),
    DEPTHWISE_PE: ("Depthwise PE", "Channels that the depthwise half computes at once."),
}
_CHOICE_WORDS = {
    MEMORY: (
        "Weights",
        "Decoupled: a memory beside the unit. Embedded: constants in its code. External: streamed in from outside.",
    ),
    RAM: ("Weights in", "What a decoupled memory is made of; auto leaves it to the tool."),
    MULTIPLIERS: ("Multipliers", "What products are made of. In DSPs FINN takes its own Verilog where widths allow."),
    THRESHOLDS: (
        "Thresholds",
        "Fused: all compared at once within the unit. Separate: searched one after the other behind it, far smaller "
        "for more than a few bits.",
    ),
    WINDOW_RAM: ("Window in", "What holds the rows that wait in the sliding window."),
}
_TYPES = {
    WEIGHT: ("Weights", "Type of the weights; its bits are FINN's weight type."),
    "depthwise": ("Depthwise weights", "Type of the weights of the first step, channel by channel."),
    "pointwise": ("Pointwise weights", "Type of the weights of the second step, across channels."),
    RESULT: ("Result", "Type of what leaves the layer: 2^bits − 1 thresholds a channel."),
}
_SEPARABLE = (SeparableConv1D, SeparableConv2D)


def specs(layer: Layer, units: list[Unit]) -> tuple[SettingSpec, ...]:
    """The settings of a layer; `units` are those that its cost counts to."""
    return (*_types(layer), *_folds(layer, units), *_choices(units, layer))


def _types(layer: Layer) -> Iterator[SettingSpec]:
    for key in type_roles(layer):
        label, text = _TYPES[key]
        yield SettingSpec(key, label, "precision", text)


def type_roles(layer: Layer) -> tuple[str, ...]:
    """The types that a layer lets one choose."""
    if isinstance(layer.op, Input | Activation | ParametricActivation):
        return (RESULT,)
    return tuple(key for key in type_keys(layer) if key in ("weight", "depthwise", "pointwise"))


def _folds(layer: Layer, units: list[Unit]) -> Iterator[SettingSpec]:
    for key, (label, text) in _FOLD_WORDS.items():
        found = [values for unit in units if (values := legal(unit, key))]
        if found and len(found[0]) > 1:
            yield SettingSpec(key, label, "number", text, tuple(found[0]))


def _choices(units: list[Unit], layer: Layer) -> Iterator[SettingSpec]:
    has = {
        MEMORY: any(unit.kind in MATRICES for unit in units),
        RAM: any(unit.kind in MATRICES for unit in units),
        MULTIPLIERS: any(unit.kind in MATRICES for unit in units),
        THRESHOLDS: any(unit.kind in MATRICES for unit in units),
        WINDOW_RAM: any(unit.kind is Kind.WINDOW for unit in units),
    }
    for key, (label, text) in _CHOICE_WORDS.items():
        if has[key]:
            yield SettingSpec(key, label, "choice", text, WORDS[key])


def resolved(design: Design, layer: Layer, key: str, units: list[Folded], ends_in: Folded | None) -> Effective | None:
    """The value that is built of a setting; None where the layer has no such setting."""
    choices = Choices(design)
    if key == RESULT:
        return _result(choices, layer, ends_in)
    if key in type_roles(layer):
        return _chosen_type(choices, layer, key) or Effective(DEFAULT_TYPE, Origin.CONVERTER)
    return _built(choices, layer, key, units)


def _result(choices: Choices, layer: Layer, ends_in: Folded | None) -> Effective | None:
    """The chosen type where the layer has one; else as many bits as its unit's results have."""
    if ends_in is None:
        return None
    chosen = _chosen_type(choices, layer, RESULT) if RESULT in type_roles(layer) else None
    if chosen is not None:
        return chosen
    values = ends_in.unit.values
    return Effective(FixedType(values.bits, values.bits, values.signed), Origin.CONVERTER)


def _chosen_type(choices: Choices, layer: Layer, key: str) -> Effective | None:
    """A chosen type; numbers that are −1 or 1 have one bit."""
    chosen = choices.chosen(layer, key)
    if chosen is None or not isinstance(chosen.value, FixedType):
        return None
    return Effective(FixedType(1, 1), chosen.origin) if choices.bits(layer, key) == 1 else chosen


def _built(choices: Choices, layer: Layer, key: str, units: list[Folded]) -> Effective | None:
    value = next((found for each in units if (found := _of_unit(each, key)) is not None), None)
    if value is None:
        return None
    chosen = choices.chosen(layer, key)
    if chosen is None:
        return Effective(value, Origin.CONVERTER)
    return Effective(value, chosen.origin, None if chosen.value == value else chosen.value)


def _of_unit(each: Folded, key: str) -> Value | None:
    unit = each.unit
    if key in FOLDS:
        if not legal(unit, key):
            return None
        return each.folding.simd if key in (SIMD, WINDOW_SIMD) else each.folding.pe
    if unit.kind is Kind.WINDOW and key == WINDOW_RAM:
        return each.build.ram.value
    if unit.matrix is None:
        return None
    words: dict[str, Value] = {
        MEMORY: each.build.memory.value,
        RAM: each.build.ram.value,
        MULTIPLIERS: each.build.multipliers.value,
        THRESHOLDS: FUSED if unit.threshold_bits else SEPARATE,
    }
    return words.get(key)
