"""LSTM, GRU and simple RNN step by step, with the types in which hls4ml's kernels hold what passes between them.

QKeras's own cells know no accumulator, and round states only as they enter the next step.
"""

from dataclasses import dataclass
from typing import Any

import tensorflow as tf
from tensorflow_model_optimization.python.core.sparsity.keras.prunable_layer import PrunableLayer
from tf_keras import layers

from engine.network import Shape
from engine.network.kinds import GRU, LSTM, SimpleRNN
from engine.precision import FixedType
from engine.training.held import NOT_HELD, Held
from engine.training.keras.products import limit
from engine.training.keras.quantizers import Fixed, quantizer_of

Tensor = Any


@dataclass(frozen=True, slots=True)
class Steps:
    """How weights by role, sums and states are held; a GRU's state has a bias of its own, `recurrent_bias`."""

    weights: dict[str, Held]
    recurrent_bias: Held = NOT_HELD
    accum: FixedType | None = None
    state: FixedType | None = None


def recurrent(op: LSTM | GRU | SimpleRNN, shapes: dict[str, Shape], steps: Steps) -> layers.RNN:
    """The layer of an operation whose weights have these shapes."""
    kind = _CELLS[type(op)]
    return _Recurrent(kind(op, shapes, steps), return_sequences=op.return_sequences)


class _Recurrent(layers.RNN, PrunableLayer):  # type: ignore[misc]
    """Keras's, whose kernels may become zero."""

    def get_prunable_weights(self) -> list[Any]:
        """What may."""
        return [self.cell.kernel, self.cell.recurrent_kernel]


class _Cell(layers.Layer):  # type: ignore[misc]
    """What all share: weights as hardware holds them, and functions between values of the sum's type."""

    def __init__(self, op: LSTM | GRU | SimpleRNN, shapes: dict[str, Shape], steps: Steps) -> None:
        super().__init__()
        first = {"kernel": "glorot_uniform", "recurrent_kernel": "orthogonal", "bias": "zeros"}
        for role, shape in shapes.items():
            held = steps.weights[role]
            setattr(self, role, self.add_weight(role, shape, initializer=first[role], constraint=limit(held)))
        self.output_size = op.units
        self._held = {role: quantizer_of(held) or tf.identity for role, held in steps.weights.items()}
        self._back_bias = quantizer_of(steps.recurrent_bias) or tf.identity
        self._sum, self._hold = (tf.identity if each is None else Fixed(each) for each in (steps.accum, steps.state))
        self._functions = [layers.Activation(each) for each in (op.activation, op.recurrent_activation)]

    def _products(self, x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Of the input and of the state, with what is added to each."""
        ahead, back = x @ self._weight("kernel"), state @ self._weight("recurrent_kernel")
        if "bias" in self._held:
            if len(self.bias.shape) > 1:
                ahead, back = ahead + self._held["bias"](self.bias[0]), back + self._back_bias(self.bias[1])
            else:
                ahead += self._weight("bias")
        return self._sum(ahead), self._sum(back)

    def _weight(self, role: str) -> Tensor:
        return self._held[role](getattr(self, role))

    def _bent(self, values: Tensor) -> Tensor:
        return self._sum(self._functions[0](self._sum(values)))

    def _gate(self, sums: Tensor) -> Tensor:
        return self._sum(self._functions[1](self._sum(sums)))


class _LongShortTerm(_Cell):
    """Gates i, f, c, o."""

    @property
    def state_size(self) -> list[int]:
        """State and memory."""
        return [self.output_size, self.output_size]

    def call(self, x: Tensor, states: list[Tensor]) -> tuple[Tensor, list[Tensor]]:
        """State and memory after a step."""
        state, memory = states
        ahead, back = self._products(x, state)
        enter, forget, candidate, leave = tf.split(ahead + back, 4, axis=-1)
        memory = self._hold(self._bent(candidate) * self._gate(enter) + memory * self._gate(forget))
        state = self._hold(self._gate(leave) * self._bent(memory))
        return state, [state, memory]


class _Gated(_Cell):
    """Gates z, r, h; the reset gate acts behind the product."""

    @property
    def state_size(self) -> int:
        """The state."""
        return self.output_size

    def call(self, x: Tensor, states: list[Tensor]) -> tuple[Tensor, list[Tensor]]:
        """The state after a step."""
        state = states[0]
        ahead, back = (tf.split(each, 3, axis=-1) for each in self._products(x, state))
        update, reset = self._gate(ahead[0] + back[0]), self._gate(ahead[1] + back[1])
        candidate = self._bent(ahead[2] + self._sum(reset * back[2]))
        state = self._hold(candidate * (1 - update) + state * update)
        return state, [state]


class _Simple(_Cell):
    """No gates."""

    @property
    def state_size(self) -> int:
        """The state."""
        return self.output_size

    def call(self, x: Tensor, states: list[Tensor]) -> tuple[Tensor, list[Tensor]]:
        """The state after a step."""
        ahead, back = self._products(x, states[0])
        state = self._hold(self._bent(ahead + back))
        return state, [state]


_CELLS: dict[type, type[_Cell]] = {LSTM: _LongShortTerm, GRU: _Gated, SimpleRNN: _Simple}
