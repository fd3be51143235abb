"""Simple recurrent layers, as Keras and hls4ml define them."""

from dataclasses import dataclass
from typing import ClassVar

from engine.network.kinds.windows import require_rank
from engine.network.op import Op, Shape, param, register


@dataclass(frozen=True, slots=True)
class _Recurrent(Op):
    """Kernel (n_in, gates · units), recurrent kernel (units, gates · units), bias."""

    GROUP: ClassVar[str] = "recurrent"
    GATES: ClassVar[int] = 1

    units: int = param(16, label="Units", help="Size of the state.", minimum=1)
    return_sequences: bool = param(False, label="Every step", help="Return the state of every step.")
    use_bias: bool = param(True, label="Bias", help="Add a constant to each gate.")
    activation: str = param("tanh", label="Activation", help="Applied to the candidate state.")
    recurrent_activation: str = param("sigmoid", label="Gate activation", help="Applied to the gates.")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """(units,), or (steps, units)."""
        require_rank(self.LABEL, inputs, 2, "steps × features")
        return (inputs[0][0], self.units) if self.return_sequences else (self.units,)

    def weight_shapes(self, inputs: tuple[Shape, ...]) -> dict[str, Shape]:
        """Kernel, recurrent kernel and bias."""
        width = self.GATES * self.units
        shapes: dict[str, Shape] = {
            "kernel": (inputs[0][-1], width),
            "recurrent_kernel": (self.units, width),
        }
        return shapes | {"bias": self._bias_shape()} if self.use_bias else shapes

    def _bias_shape(self) -> Shape:
        return (self.GATES * self.units,)

    def macs(self, inputs: tuple[Shape, ...]) -> int:
        """Both products at every step."""
        steps, features = inputs[0]
        return steps * self.GATES * self.units * (features + self.units)

    def subtitle(self) -> str:
        """`GRU · 16`."""
        return f"{self.LABEL} · {self.units}"


@register
@dataclass(frozen=True, slots=True)
class GRU(_Recurrent):
    """Gated recurrent unit; with `reset_after` the bias has two rows, as in Keras 2 and 3."""

    KIND: ClassVar[str] = "gru"
    LABEL: ClassVar[str] = "GRU"
    HELP: ClassVar[str] = "Reads a sequence step by step and keeps a gated memory of it."
    GATES: ClassVar[int] = 3

    reset_after: bool = param(True, label="Reset after", help="Apply the reset gate after the product.")

    def _bias_shape(self) -> Shape:
        return (2, 3 * self.units) if self.reset_after else (3 * self.units,)


@register
@dataclass(frozen=True, slots=True)
class LSTM(_Recurrent):
    """Long short-term memory."""

    KIND: ClassVar[str] = "lstm"
    LABEL: ClassVar[str] = "LSTM"
    HELP: ClassVar[str] = "Reads a sequence step by step with a long and a short memory."
    GATES: ClassVar[int] = 4


@register
@dataclass(frozen=True, slots=True)
class SimpleRNN(_Recurrent):
    """Fully connected recurrence without gates."""

    KIND: ClassVar[str] = "simple_rnn"
    LABEL: ClassVar[str] = "Simple RNN"
    HELP: ClassVar[str] = "Reads a sequence step by step, feeding its output back."
