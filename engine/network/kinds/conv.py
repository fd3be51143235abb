"""Convolutions: ordinary, depthwise and separable, over one or two axes."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from engine.network.kinds.windows import PADDINGS, require_rank, window_extent
from engine.network.op import Op, Shape, param, register

_FORMS = {1: "steps × channels", 2: "rows × columns × channels"}


@dataclass(frozen=True, slots=True)
class _Conv(Op):
    """What all convolutions share; `kernel`, `strides` and `dilation` have one entry an axis."""

    GROUP: ClassVar[str] = "conv"
    AXES: ClassVar[int] = 2

    kernel: tuple[int, ...] = param((3, 3), label="Kernel", help="Size of the window.", minimum=1)
    strides: tuple[int, ...] = param((1, 1), label="Stride", help="Step of the window.", minimum=1)
    padding: str = param("valid", label="Padding", help="'same' adds zeros around the edges.", choices=PADDINGS)
    dilation: tuple[int, ...] = param((1, 1), label="Dilation", help="Distance of the taps.", minimum=1)
    use_bias: bool = param(True, label="Bias", help="Add a constant to each channel.")

    def _pixels(self, inputs: tuple[Shape, ...]) -> Shape:
        require_rank(self.LABEL, inputs, self.AXES + 1, _FORMS[self.AXES])
        axes = zip(inputs[0][:-1], self.kernel, self.strides, self.dilation, strict=True)
        return tuple(window_extent(n, k, s, self.padding, d) for n, k, s, d in axes)

    def _name(self, channels: str) -> str:
        return f"{self.LABEL} {'×'.join(map(str, self.kernel))}{channels}"

    def _with_bias(self, shapes: dict[str, Shape], channels: int) -> dict[str, Shape]:
        return shapes | {"bias": (channels,)} if self.use_bias else shapes


@dataclass(frozen=True, slots=True)
class _FilterConv(_Conv):
    """Kernel (*kernel, channels, filters), bias (filters,)."""

    filters: int = param(16, label="Filters", help="Number of output channels.", minimum=1)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Window positions × filters."""
        return (*self._pixels(inputs), self.filters)

    def weight_shapes(self, inputs: tuple[Shape, ...]) -> dict[str, Shape]:
        """Kernel and bias."""
        return self._with_bias({"kernel": (*self.kernel, inputs[0][-1], self.filters)}, self.filters)

    def macs(self, inputs: tuple[Shape, ...]) -> int:
        """Window positions × window size × channels in × filters."""
        return prod(self._pixels(inputs)) * prod(self.kernel) * inputs[0][-1] * self.filters

    def subtitle(self) -> str:
        """`Conv2D 3×3 · 16`."""
        return self._name(f" · {self.filters}")


@register
@dataclass(frozen=True, slots=True)
class Conv2D(_FilterConv):
    """Convolution over rows and columns."""

    KIND: ClassVar[str] = "conv2d"
    LABEL: ClassVar[str] = "Conv2D"
    HELP: ClassVar[str] = "Slides a small dense layer over a picture; the same weights at every place."


@register
@dataclass(frozen=True, slots=True)
class Conv1D(_FilterConv):
    """Convolution over steps."""

    KIND: ClassVar[str] = "conv1d"
    LABEL: ClassVar[str] = "Conv1D"
    HELP: ClassVar[str] = "Slides a small dense layer along a sequence; the same weights at every step."
    AXES: ClassVar[int] = 1

    kernel: tuple[int, ...] = param((3,), label="Kernel", help="Size of the window.", minimum=1)
    strides: tuple[int, ...] = param((1,), label="Stride", help="Step of the window.", minimum=1)
    dilation: tuple[int, ...] = param((1,), label="Dilation", help="Distance of the taps.", minimum=1)


@dataclass(frozen=True, slots=True)
class _Depthwise(_Conv):
    """Kernel (*kernel, channels, depth multiplier), bias (channels · multiplier,)."""

    depth_multiplier: int = param(
        1, label="Depth multiplier", help="Output channels for each input channel.", minimum=1
    )

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Window positions × (channels · multiplier)."""
        return (*self._pixels(inputs), inputs[0][-1] * self.depth_multiplier)

    def weight_shapes(self, inputs: tuple[Shape, ...]) -> dict[str, Shape]:
        """Kernel and bias."""
        channels = inputs[0][-1]
        kernel = {"kernel": (*self.kernel, channels, self.depth_multiplier)}
        return self._with_bias(kernel, channels * self.depth_multiplier)

    def macs(self, inputs: tuple[Shape, ...]) -> int:
        """Output values × window size."""
        return prod(self.output_shape(inputs)) * prod(self.kernel)

    def subtitle(self) -> str:
        """`Depthwise 2D 3×3`."""
        return self._name("")


@register
@dataclass(frozen=True, slots=True)
class DepthwiseConv2D(_Depthwise):
    """One filter for each channel, over rows and columns."""

    KIND: ClassVar[str] = "depthwise_conv2d"
    LABEL: ClassVar[str] = "Depthwise 2D"
    HELP: ClassVar[str] = "Filters each channel by itself: far fewer multiplications than a convolution."


@register
@dataclass(frozen=True, slots=True)
class DepthwiseConv1D(_Depthwise):
    """One filter for each channel, over steps."""

    KIND: ClassVar[str] = "depthwise_conv1d"
    LABEL: ClassVar[str] = "Depthwise 1D"
    HELP: ClassVar[str] = "Filters each channel of a sequence by itself."
    AXES: ClassVar[int] = 1

    kernel: tuple[int, ...] = param((3,), label="Kernel", help="Size of the window.", minimum=1)
    strides: tuple[int, ...] = param((1,), label="Stride", help="Step of the window.", minimum=1)
    dilation: tuple[int, ...] = param((1,), label="Dilation", help="Distance of the taps.", minimum=1)


@dataclass(frozen=True, slots=True)
class _Separable(_FilterConv):
    """A depthwise convolution and a 1×1 convolution: depthwise kernel, pointwise kernel, one bias."""

    depth_multiplier: int = param(
        1, label="Depth multiplier", help="Intermediate channels for each input channel.", minimum=1
    )

    def weight_shapes(self, inputs: tuple[Shape, ...]) -> dict[str, Shape]:
        """Depthwise (*kernel, channels, multiplier), pointwise (1.., channels · multiplier, filters)."""
        channels = inputs[0][-1]
        ones = (1,) * self.AXES
        shapes = {
            "depthwise": (*self.kernel, channels, self.depth_multiplier),
            "pointwise": (*ones, channels * self.depth_multiplier, self.filters),
        }
        return self._with_bias(shapes, self.filters)

    def macs(self, inputs: tuple[Shape, ...]) -> int:
        """Depthwise plus pointwise products."""
        middle = inputs[0][-1] * self.depth_multiplier
        return prod(self._pixels(inputs)) * middle * (prod(self.kernel) + self.filters)


@register
@dataclass(frozen=True, slots=True)
class SeparableConv2D(_Separable):
    """Depthwise, then pointwise, over rows and columns."""

    KIND: ClassVar[str] = "separable_conv2d"
    LABEL: ClassVar[str] = "Separable 2D"
    HELP: ClassVar[str] = "A convolution in two cheap steps: each channel by itself, then across channels."


@register
@dataclass(frozen=True, slots=True)
class SeparableConv1D(_Separable):
    """Depthwise, then pointwise, over steps."""

    KIND: ClassVar[str] = "separable_conv1d"
    LABEL: ClassVar[str] = "Separable 1D"
    HELP: ClassVar[str] = "A sequence convolution in two cheap steps."
    AXES: ClassVar[int] = 1

    kernel: tuple[int, ...] = param((3,), label="Kernel", help="Size of the window.", minimum=1)
    strides: tuple[int, ...] = param((1,), label="Stride", help="Step of the window.", minimum=1)
    dilation: tuple[int, ...] = param((1,), label="Dilation", help="Distance of the taps.", minimum=1)
