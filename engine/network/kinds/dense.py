"""Fully connected layers."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from engine.network.op import Op, Shape, param, register


@register
@dataclass(frozen=True, slots=True)
class Dense(Op):
    """y = x·W + b on the last axis; kernel (n_in, units), bias (units,)."""

    KIND: ClassVar[str] = "dense"
    LABEL: ClassVar[str] = "Dense"
    GROUP: ClassVar[str] = "dense"
    HELP: ClassVar[str] = "Every output sees every input: one multiplication for each pair of them."

    units: int = param(16, label="Units", help="Number of outputs.", minimum=1)
    use_bias: bool = param(True, label="Bias", help="Add a constant to each output.")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """The last axis becomes `units`."""
        return (*inputs[0][:-1], self.units)

    def weight_shapes(self, inputs: tuple[Shape, ...]) -> dict[str, Shape]:
        """Kernel (n_in, units) and bias (units,)."""
        shapes: dict[str, Shape] = {"kernel": (inputs[0][-1], self.units)}
        return shapes | {"bias": (self.units,)} if self.use_bias else shapes

    def macs(self, inputs: tuple[Shape, ...]) -> int:
        """Product of all input extents and the units."""
        return prod(inputs[0]) * self.units

    def subtitle(self) -> str:
        """`Dense · 64`."""
        return f"Dense · {self.units}"
