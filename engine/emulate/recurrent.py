"""Recurrent layers in floating point, as Keras defines them: (batch, steps, features) → state after each step."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.functions import function
from engine.network.kinds import GRU, LSTM, SimpleRNN

Array = NDArray[Any]
Weights = dict[str, Array]


def simple_rnn(op: SimpleRNN, x: Array, weights: Weights) -> Array:
    """h = f(x·W + h·U + b)."""
    act = function(op.activation)
    state, states = _zeros(x, op.units), []
    for step in range(x.shape[1]):
        state = act(x[:, step] @ weights["kernel"] + state @ weights["recurrent_kernel"] + weights.get("bias", 0.0))
        states.append(state)
    return _returned(states, op.return_sequences)


def lstm(op: LSTM, x: Array, weights: Weights) -> Array:
    """Gates i, f, c, o in Keras's order."""
    act, gate = function(op.activation), function(op.recurrent_activation)
    state, memory, states = _zeros(x, op.units), _zeros(x, op.units), []
    for step in range(x.shape[1]):
        sums = x[:, step] @ weights["kernel"] + state @ weights["recurrent_kernel"] + weights.get("bias", 0.0)
        keep_in, forget, candidate, out = np.split(sums, 4, axis=-1)
        memory = gate(forget) * memory + gate(keep_in) * act(candidate)
        state = gate(out) * act(memory)
        states.append(state)
    return _returned(states, op.return_sequences)


def gru(op: GRU, x: Array, weights: Weights) -> Array:
    """Gates z, r, h in Keras's order; with `reset_after` the bias has a row for the state's product."""
    act, gate = function(op.activation), function(op.recurrent_activation)
    kernel, recurrent = weights["kernel"], weights["recurrent_kernel"]
    bias = np.broadcast_to(weights.get("bias", np.zeros(3 * op.units)), (2 if op.reset_after else 1, 3 * op.units))
    state, states, units = _zeros(x, op.units), [], op.units
    for step in range(x.shape[1]):
        update, reset, candidate = np.split(x[:, step] @ kernel + bias[0], 3, axis=-1)
        if op.reset_after:
            inner = np.split(state @ recurrent + bias[1], 3, axis=-1)
            update, reset = gate(update + inner[0]), gate(reset + inner[1])
            fresh = act(candidate + reset * inner[2])
        else:
            inner = np.split(state @ recurrent[:, : 2 * units], 2, axis=-1)
            update, reset = gate(update + inner[0]), gate(reset + inner[1])
            fresh = act(candidate + (reset * state) @ recurrent[:, 2 * units :])
        state = update * state + (1.0 - update) * fresh
        states.append(state)
    return _returned(states, op.return_sequences)


def _zeros(x: Array, units: int) -> Array:
    return np.zeros((x.shape[0], units))


def _returned(states: list[Array], every: bool) -> Array:
    return np.stack(states, axis=1) if every else states[-1]
