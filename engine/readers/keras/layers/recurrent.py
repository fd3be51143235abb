"""Recurrent layers."""

from typing import Any

from engine.network.kinds import GRU, LSTM, SimpleRNN
from engine.network.kinds.activation import FUNCTIONS
from engine.readers.keras.layer import KerasLayer, Step, Weights
from engine.readers.keras.layers.registry import reads
from engine.readers.keras.stored import Slot

_NAMES = ("kernel", "recurrent_kernel", "bias")
_HARD = ("hard_sigmoid", "hard_tanh")


@reads("SimpleRNN")
def _simple_rnn(layer: KerasLayer) -> list[Step]:
    return _recurrent(layer, SimpleRNN(**_common(layer)))


@reads("LSTM")
def _lstm(layer: KerasLayer) -> list[Step]:
    return _recurrent(layer, LSTM(**_common(layer), recurrent_activation=_gates(layer)))


@reads("GRU")
def _gru(layer: KerasLayer) -> list[Step]:
    reset_after = layer.config.flag("reset_after", False)
    return _recurrent(layer, GRU(**_common(layer), recurrent_activation=_gates(layer), reset_after=reset_after))


def _recurrent(layer: KerasLayer, op: SimpleRNN | LSTM | GRU) -> list[Step]:
    layer.want("return_state", (False, None), "the state as an output is not supported", "Use return_state=False.")
    layer.want("go_backwards", (False, None), "reading backwards is not supported", "Reverse the data instead.")
    layer.want("stateful", (False, None), "a state kept between samples is not supported", "Use stateful=False.")
    layer.want("time_major", (False, None), "time as the first axis is not supported", "Use time_major=False.")
    names = _NAMES if op.use_bias else _NAMES[:2]
    return [Step(op, Weights(tuple(Slot(name, (name,), number, "cell") for number, name in enumerate(names))))]


def _common(layer: KerasLayer) -> dict[str, Any]:
    config = layer.config
    return {
        "units": config.whole("units", lowest=1),
        "return_sequences": config.flag("return_sequences", False),
        "use_bias": config.flag("use_bias", True),
        "activation": _function(layer, "activation", "tanh"),
    }


def _gates(layer: KerasLayer) -> str:
    return _function(layer, "recurrent_activation", "sigmoid")


def _function(layer: KerasLayer, key: str, default: str) -> str:
    name = layer.config.raw(key, default)
    if name not in FUNCTIONS or (layer.keras >= 3 and name in _HARD):
        layer.refuse(f"the {key.replace('_', ' ')} {str(name)[:40]} is not supported", "Use tanh, sigmoid or relu.")
        return default
    return str(name)
