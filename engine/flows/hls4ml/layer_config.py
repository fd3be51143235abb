"""What was chosen for each layer, as hls4ml's configuration spells it. A type that nobody chose is `auto`."""

from typing import Any

from engine.design import MULTIPLIERS, PRECISIONS, Design, Origin, Value
from engine.flows.hls4ml.choices import OTHER_KEYS
from engine.flows.hls4ml.roles import SOFTMAX_ACCUM, TABLES, chosen_type, roles
from engine.network.kinds import Softmax
from engine.precision import Auto, FixedType

DEFAULT_PRECISION = "ap_fixed<16,6>"
"""hls4ml's own default for what it cannot infer."""

DEFAULT_TYPE_KEY = "precision"
"""Key in a design's defaults that replaces DEFAULT_PRECISION."""

_IN_MODEL = ("reuse_factor", "strategy")
"""Keys that hls4ml looks up in `Model` where a layer has none."""

Config = dict[str, Any]


def model_config(design: Design) -> Config:
    """The `Model` part: defaults for what is set nowhere."""
    precision = design.defaults.get(DEFAULT_TYPE_KEY)
    reuse_factor = design.defaults.get("reuse_factor")
    strategy = design.defaults.get("strategy")
    return {
        "Precision": {"default": str(precision) if isinstance(precision, FixedType) else DEFAULT_PRECISION},
        "ReuseFactor": reuse_factor if isinstance(reuse_factor, int) else 1,
        "Strategy": pascal(str(strategy or "latency")),
    }


def layer_config(design: Design, name: str) -> Config:
    """One entry of `LayerName`."""
    layer = design.network[name]
    config: Config = {"Precision": {role: type_text(design, name, role) for role in roles(layer)}}
    for key in _chosen_keys(design, name):
        effective = design.chosen(name, key)
        in_model = key in _IN_MODEL and effective is not None and effective.origin is Origin.DEFAULT
        if effective is None or key in PRECISIONS or in_model:
            continue
        if key in TABLES:
            config[f"{key}_t"] = str(effective.value)
        elif not isinstance(effective.value, FixedType | Auto):
            config[pascal(key)] = _plain(key, effective.value)
    return config


def pascal(key: str) -> str:
    """`reuse_factor` → `ReuseFactor`."""
    return "".join(word.capitalize() for word in key.split("_"))


def _chosen_keys(design: Design, name: str) -> list[str]:
    """Those of hls4ml's own settings that something is chosen for."""
    kind = design.network[name].op.KIND
    settings = (design.of_layer(name), design.of_kind(kind), design.defaults)
    keys = {key for each in settings for key, _ in each.items}
    return sorted(keys & (OTHER_KEYS | set(TABLES)) - {MULTIPLIERS})


def type_text(design: Design, name: str, role: str) -> str:
    """A layer's type as the configuration has it; `auto` leaves it to the converter."""
    effective = chosen_type(design.choices(name), role)
    if effective is not None:
        return str(effective.value)
    is_softmax_sum = role == "accum" and isinstance(design.network[name].op, Softmax)
    return SOFTMAX_ACCUM if is_softmax_sum else "auto"


def _plain(key: str, value: Value) -> Value:
    if key == "conv_implementation":
        return {"linebuffer": "LineBuffer", "encoded": "Encoded"}.get(str(value).lower(), value)
    return pascal(str(value)) if key == "strategy" else value
