"""Where branches meet."""

from dataclasses import dataclass
from typing import ClassVar

from engine.network.errors import ShapeError
from engine.network.op import Op, Shape, param, register

OPERATIONS = ("add", "subtract", "multiply", "average", "maximum", "minimum", "dot")


@register
@dataclass(frozen=True, slots=True)
class Merge(Op):
    """Element-wise on inputs of one shape (an input of extent 1 is broadcast)."""

    KIND: ClassVar[str] = "merge"
    LABEL: ClassVar[str] = "Add"
    GROUP: ClassVar[str] = "merge"
    HELP: ClassVar[str] = "Joins two branches value by value. Both must have the same shape."
    PORTS: ClassVar[tuple[int, int | None]] = (2, None)

    operation: str = param("add", label="Operation", help="How two values become one.", choices=OPERATIONS)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """The common shape; a dot product of vectors gives (1,)."""
        if self.operation == "dot":
            return self._dot_shape(inputs)
        if self.operation == "subtract" and len(inputs) != 2:
            raise ShapeError("A difference is of two inputs.")
        if len({len(shape) for shape in inputs}) != 1:
            raise ShapeError(_unlike(inputs))
        extents = [set(axis) - {1} for axis in zip(*inputs, strict=True)]
        if any(len(extent) > 1 for extent in extents):
            raise ShapeError(_unlike(inputs))
        return tuple(extent.pop() if extent else 1 for extent in extents)

    def _dot_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        if len(inputs) != 2 or inputs[0] != inputs[1] or len(inputs[0]) != 1:
            raise ShapeError("A dot product needs two vectors of the same length.")
        return (1,)

    def subtitle(self) -> str:
        """`Add`."""
        return self.operation.capitalize()


@register
@dataclass(frozen=True, slots=True)
class Concatenate(Op):
    """Puts inputs side by side along one axis (counted without the batch axis; −1 is the channels)."""

    KIND: ClassVar[str] = "concatenate"
    LABEL: ClassVar[str] = "Concatenate"
    GROUP: ClassVar[str] = "merge"
    HELP: ClassVar[str] = "Puts branches side by side."
    PORTS: ClassVar[tuple[int, int | None]] = (2, None)

    axis: int = param(-1, label="Axis", help="Axis along which inputs are put together; −1: channels.")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """The sum along the axis; all other extents must agree."""
        rank = len(inputs[0])
        if not -rank <= self.axis < rank:
            raise ShapeError(f"Concatenate: axis {self.axis} is not one of the {rank} axes.")
        axis = self.axis % rank
        rests = {(len(shape), shape[:axis], shape[axis + 1 :]) for shape in inputs}
        if len(rests) != 1:
            raise ShapeError(_unlike(inputs))
        return (*inputs[0][:axis], sum(shape[axis] for shape in inputs), *inputs[0][axis + 1 :])


def _unlike(inputs: tuple[Shape, ...]) -> str:
    shapes = " and ".join("×".join(map(str, shape)) for shape in inputs)
    return f"Shapes {shapes} cannot be joined."
