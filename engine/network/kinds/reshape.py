"""Layers that move values without computing: flatten, reshape, permute, padding, up-sampling."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from engine.network.errors import ShapeError
from engine.network.kinds.windows import require_rank
from engine.network.op import Op, Shape, param, register


@register
@dataclass(frozen=True, slots=True)
class Flatten(Op):
    """All axes in one."""

    KIND: ClassVar[str] = "flatten"
    LABEL: ClassVar[str] = "Flatten"
    HELP: ClassVar[str] = "Writes a picture as one list of numbers. Costs nothing in hardware."

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """(number of values,)."""
        return (prod(inputs[0]),)


@register
@dataclass(frozen=True, slots=True)
class Reshape(Op):
    """The same values in another shape."""

    KIND: ClassVar[str] = "reshape"
    LABEL: ClassVar[str] = "Reshape"
    HELP: ClassVar[str] = "The same values in the same order, read as another shape."

    target: Shape = param((4, 4), label="Shape", help="New extents; one may be −1.", minimum=-1, free=True)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """The target, −1 filled in."""
        total = prod(inputs[0])
        known = prod(extent for extent in self.target if extent != -1)
        if self.target.count(-1) == 1 and known and total % known == 0:
            return tuple(total // known if extent == -1 else extent for extent in self.target)
        if known != total or -1 in self.target:
            raise ShapeError(f"{total} values cannot be read as {'×'.join(map(str, self.target))}.")
        return self.target


@register
@dataclass(frozen=True, slots=True)
class Permute(Op):
    """Axes in another order, counted from 1 as in Keras."""

    KIND: ClassVar[str] = "permute"
    LABEL: ClassVar[str] = "Permute"
    HELP: ClassVar[str] = "Swaps axes, for example channels first to channels last."

    order: tuple[int, ...] = param((2, 1), label="Order", help="New order of axes 1, 2, ...", minimum=1, free=True)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """The extents in the new order."""
        if sorted(self.order) != list(range(1, len(inputs[0]) + 1)):
            raise ShapeError(f"Permute: {self.order} is not an order of {len(inputs[0])} axes.")
        return tuple(inputs[0][axis - 1] for axis in self.order)


@register
@dataclass(frozen=True, slots=True)
class Pad2D(Op):
    """Zeros around a picture."""

    KIND: ClassVar[str] = "pad2d"
    LABEL: ClassVar[str] = "Zero padding 2D"
    HELP: ClassVar[str] = "Adds rows and columns of zeros around a picture."

    padding: tuple[int, ...] = param((1, 1, 1, 1), label="Zeros", help="Top, bottom, left, right.", minimum=0)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Rows and columns grow by the zeros."""
        require_rank(self.LABEL, inputs, 3, "rows × columns × channels")
        top, bottom, left, right = self.padding
        rows, columns, channels = inputs[0]
        return (rows + top + bottom, columns + left + right, channels)


@register
@dataclass(frozen=True, slots=True)
class Pad1D(Op):
    """Zeros around a sequence."""

    KIND: ClassVar[str] = "pad1d"
    LABEL: ClassVar[str] = "Zero padding 1D"
    HELP: ClassVar[str] = "Adds zeros before and after a sequence."

    padding: tuple[int, ...] = param((1, 1), label="Zeros", help="Before, after.", minimum=0)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Steps grow by the zeros."""
        require_rank(self.LABEL, inputs, 2, "steps × channels")
        return (inputs[0][0] + sum(self.padding), inputs[0][1])


@register
@dataclass(frozen=True, slots=True)
class UpSample2D(Op):
    """Repeats rows and columns (nearest neighbour)."""

    KIND: ClassVar[str] = "upsample2d"
    LABEL: ClassVar[str] = "Up-sample 2D"
    HELP: ClassVar[str] = "Enlarges a picture by repeating its pixels."

    size: tuple[int, ...] = param((2, 2), label="Factors", help="Rows, columns.", minimum=1)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Rows and columns times their factors."""
        require_rank(self.LABEL, inputs, 3, "rows × columns × channels")
        rows, columns, channels = inputs[0]
        return (rows * self.size[0], columns * self.size[1], channels)


@register
@dataclass(frozen=True, slots=True)
class UpSample1D(Op):
    """Repeats steps."""

    KIND: ClassVar[str] = "upsample1d"
    LABEL: ClassVar[str] = "Up-sample 1D"
    HELP: ClassVar[str] = "Lengthens a sequence by repeating its steps."

    size: int = param(2, label="Factor", help="How often each step is repeated.", minimum=1)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Steps times the factor."""
        require_rank(self.LABEL, inputs, 2, "steps × channels")
        return (inputs[0][0] * self.size, inputs[0][1])
