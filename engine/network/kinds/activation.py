"""Element-wise functions, and softmax."""

from dataclasses import dataclass
from typing import ClassVar

from engine.network.errors import ShapeError
from engine.network.op import Op, Shape, param, register

FUNCTIONS = (
    "linear",
    "relu",
    "relu6",
    "sigmoid",
    "tanh",
    "hard_sigmoid",
    "hard_tanh",
    "softplus",
    "softsign",
    "selu",
    "elu",
    "swish",
    "binary_tanh",
    "ternary_tanh",
)
PARAMETRIC = ("leaky_relu", "thresholded_relu", "elu", "prelu")


@register
@dataclass(frozen=True, slots=True)
class Activation(Op):
    """A function without parameters. A quantised activation is one with a result quantiser on its layer."""

    KIND: ClassVar[str] = "activation"
    LABEL: ClassVar[str] = "Activation"
    GROUP: ClassVar[str] = "activation"
    HELP: ClassVar[str] = "ReLU, sigmoid, tanh…: bends each value. Without it, layers in a row would be one layer."

    function: str = param("relu", label="Function", help="What is applied to each value.", choices=FUNCTIONS)

    def subtitle(self) -> str:
        """`ReLU`, `Sigmoid`."""
        return {"relu": "ReLU", "relu6": "ReLU 6", "selu": "SELU", "elu": "ELU"}.get(
            self.function, self.function.replace("_", " ").capitalize()
        )


@register
@dataclass(frozen=True, slots=True)
class ParametricActivation(Op):
    """LeakyReLU, thresholded ReLU and ELU with their constant; PReLU with one learnt slope a value."""

    KIND: ClassVar[str] = "parametric_activation"
    LABEL: ClassVar[str] = "Leaky ReLU"
    GROUP: ClassVar[str] = "activation"
    HELP: ClassVar[str] = "A ReLU that lets a share of negative values through."

    function: str = param("leaky_relu", label="Function", help="What is applied to each value.", choices=PARAMETRIC)
    alpha: float = param(0.3, label="Slope", help="Slope below zero, or the threshold.")

    def weight_shapes(self, inputs: tuple[Shape, ...]) -> dict[str, Shape]:
        """PReLU: one slope for each input value."""
        return {"alpha": inputs[0]} if self.function == "prelu" else {}

    def subtitle(self) -> str:
        """`Leaky ReLU 0.3`."""
        name = self.function.replace("_", " ").replace("relu", "ReLU").capitalize().replace("relu", "ReLU")
        return name if self.function == "prelu" else f"{name} {self.alpha:g}"


@register
@dataclass(frozen=True, slots=True)
class Softmax(Op):
    """exp(x) / Σ exp(x) over the last axis."""

    KIND: ClassVar[str] = "softmax"
    LABEL: ClassVar[str] = "Softmax"
    GROUP: ClassVar[str] = "activation"
    HELP: ClassVar[str] = "Turns scores into shares that sum to one. The largest stays the largest: it can go."

    axis: int = param(-1, label="Axis", help="Axis over which the shares sum to one.")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """As the input's."""
        if not -len(inputs[0]) <= self.axis < len(inputs[0]):
            raise ShapeError(f"Softmax: axis {self.axis} is not one of the {len(inputs[0])} axes.")
        return inputs[0]
