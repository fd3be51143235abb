"""Pooling: windows reduced to their maximum or average."""

from dataclasses import dataclass
from typing import ClassVar

from engine.network.errors import ShapeError
from engine.network.kinds.windows import PADDINGS, require_rank, window_extent
from engine.network.op import Op, Shape, param, register

_MODES = ("max", "average")
_SHORT = {"max": "Max", "average": "Avg"}


@dataclass(frozen=True, slots=True)
class _Pool(Op):
    GROUP: ClassVar[str] = "pool"
    HELP: ClassVar[str] = "Shrinks a picture by keeping the largest or the mean value of each window."
    AXES: ClassVar[int] = 2

    mode: str = param("max", label="Takes the", help="Maximum or average of each window.", choices=_MODES)
    pool: tuple[int, ...] = param((2, 2), label="Window", help="Size of the window.", minimum=1)
    strides: tuple[int, ...] = param((2, 2), label="Stride", help="Step of the window.", minimum=1)
    padding: str = param(
        "valid", label="Padding", help="'same' also pools windows that overlap the edge.", choices=PADDINGS
    )

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Window positions × channels."""
        require_rank(self.LABEL, inputs, self.AXES + 1, f"{self.AXES} axes and channels")
        axes = zip(inputs[0][:-1], self.pool, self.strides, strict=True)
        return (*(window_extent(n, k, s, self.padding) for n, k, s in axes), inputs[0][-1])

    def subtitle(self) -> str:
        """`Max pool 2×2`."""
        return f"{_SHORT[self.mode]} pool {'×'.join(map(str, self.pool))}"


@register
@dataclass(frozen=True, slots=True)
class Pool2D(_Pool):
    """Pooling over rows and columns."""

    KIND: ClassVar[str] = "pool2d"
    LABEL: ClassVar[str] = "Pool 2D"


@register
@dataclass(frozen=True, slots=True)
class Pool1D(_Pool):
    """Pooling over steps."""

    KIND: ClassVar[str] = "pool1d"
    LABEL: ClassVar[str] = "Pool 1D"
    AXES: ClassVar[int] = 1

    pool: tuple[int, ...] = param((2,), label="Window", help="Size of the window.", minimum=1)
    strides: tuple[int, ...] = param((2,), label="Stride", help="Step of the window.", minimum=1)


@register
@dataclass(frozen=True, slots=True)
class GlobalPool(Op):
    """Reduces all axes but the channels, over one or two axes."""

    KIND: ClassVar[str] = "global_pool"
    LABEL: ClassVar[str] = "Global pool"
    GROUP: ClassVar[str] = "pool"
    HELP: ClassVar[str] = "Keeps one value for each channel: the largest or the mean over the whole picture."

    mode: str = param("average", label="Takes the", help="Maximum or average.", choices=_MODES)
    keepdims: bool = param(False, label="Keep axes", help="Keep the reduced axes with extent 1.")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """(channels,), or with ones in front."""
        if len(inputs[0]) not in (2, 3):
            raise ShapeError("Global pool needs steps or rows and columns in front of the channels.")
        ones = (1,) * (len(inputs[0]) - 1) if self.keepdims else ()
        return (*ones, inputs[0][-1])

    def subtitle(self) -> str:
        """`Global avg pool`."""
        return f"Global {_SHORT[self.mode].lower()} pool"
