"""Normalisation."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from engine.network.op import Op, Shape, param, register


@register
@dataclass(frozen=True, slots=True)
class BatchNorm(Op):
    """y = γ·(x − mean)/√(variance + ε) + β for each channel: one scale and one bias in hardware."""

    KIND: ClassVar[str] = "batch_norm"
    LABEL: ClassVar[str] = "Batch norm"
    GROUP: ClassVar[str] = "norm"
    HELP: ClassVar[str] = "Scales and shifts each channel. After a dense or convolution it melts into its weights."

    epsilon: float = param(1e-3, label="Epsilon", help="Added to the variance.", minimum=0.0)
    center: bool = param(True, label="Shift", help="Has a learnt offset β.")
    scale: bool = param(True, label="Scale", help="Has a learnt factor γ.")

    def weight_shapes(self, inputs: tuple[Shape, ...]) -> dict[str, Shape]:
        """gamma and beta where they exist, mean and variance: (channels,) each."""
        channels = (inputs[0][-1],)
        learnt = {"gamma": self.scale, "beta": self.center}
        roles = [role for role, present in learnt.items() if present]
        return dict.fromkeys([*roles, "mean", "variance"], channels)

    def macs(self, inputs: tuple[Shape, ...]) -> int:
        """One for each value."""
        return prod(inputs[0])
