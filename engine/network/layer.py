"""A layer: a name, what it computes, where its inputs come from, and its trained values."""

from dataclasses import dataclass

from engine.network.op import Op
from engine.network.tensors import TensorRef
from engine.precision.quantizer import Quantizer

UNCONNECTED = ""
"""Stands in `Layer.inputs` for a port that nothing is connected to."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One node of the graph; `inputs` names the layer behind each port, in port order."""

    name: str
    op: Op
    inputs: tuple[str, ...] = ()
    weights: tuple[tuple[str, TensorRef], ...] = ()
    quantizers: tuple[tuple[str, Quantizer], ...] = ()
    """By role: a weight's (kernel, bias, ...), or 'result' for the activations."""

    def weight(self, role: str) -> TensorRef | None:
        """Reference to one weight array, if it is known."""
        return next((ref for name, ref in self.weights if name == role), None)

    def quantizer(self, role: str) -> Quantizer | None:
        """The quantiser of one role, if there is one."""
        return next((quantizer for name, quantizer in self.quantizers if name == role), None)
