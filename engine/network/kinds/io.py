"""Where data enter a network."""

from dataclasses import dataclass
from typing import ClassVar

from engine.network.op import Op, Shape, param, register


@register
@dataclass(frozen=True, slots=True)
class Input(Op):
    """An input of the network; its shape has no batch axis."""

    KIND: ClassVar[str] = "input"
    LABEL: ClassVar[str] = "Input"
    GROUP: ClassVar[str] = "io"
    HELP: ClassVar[str] = "Where samples enter. Its type is what the sensor or the driver delivers."
    PORTS: ClassVar[tuple[int, int | None]] = (0, 0)

    shape: Shape = param((16,), label="Shape", help="Extents of one sample, channels last.", minimum=1, free=True)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """The declared shape."""
        return self.shape
