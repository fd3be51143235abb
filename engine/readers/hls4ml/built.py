"""What an hls4ml project was built with, layer by layer: the types and foldings that its firmware states."""

from collections.abc import Mapping

from engine.design.settings import ACCUM, BIAS, EMPTY, RESULT, REUSE_FACTOR, STRATEGY, WEIGHT, Settings
from engine.precision import PrecisionError, parse
from engine.readers.hls4ml.source import Struct

_ROLES = {WEIGHT: "weight_t", BIAS: "bias_t", ACCUM: "accum_t"} | {
    name: f"{name}_t" for name in ("scale", "exp_table", "inv_table", "inv_inp")
}
_STRATEGIES = ("latency", "resource")


def built_settings(struct: Struct, result: str, types: Mapping[str, str]) -> Settings:
    """The settings of one layer; `result` is the type it yields, by name or spelled out."""
    settings = with_type(EMPTY, RESULT, result, types)
    for key, role in _ROLES.items():
        settings = with_type(settings, key, str(struct.values.get(role, "")), types)
    if "weight_t" in struct.values or "scale_t" in struct.values:
        reuse = struct.values.get("reuse_factor")
        settings = settings.with_(REUSE_FACTOR, reuse if isinstance(reuse, int) and reuse > 0 else None)
    strategy = struct.word("strategy")
    return settings.with_(STRATEGY, strategy) if strategy in _STRATEGIES else settings


def with_type(settings: Settings, key: str, name: str, types: Mapping[str, str]) -> Settings:
    """The settings with one type more, if it is one that can be understood."""
    try:
        return settings.with_(key, parse(types.get(name, name)))
    except PrecisionError:
        return settings
