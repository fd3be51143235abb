"""The window of a convolution or pool over one or two axes, as FINN sees it: rows and columns, always two."""

from engine.flows.finn.cost.window import Window
from engine.network import Op, Shape
from engine.network.kinds import Conv1D, Conv2D
from engine.network.kinds.windows import same_padding


def padded(op: Op, given: Shape) -> Shape:
    """Shape of the input with the zeros around it that 'same' needs."""
    if getattr(op, "padding", "valid") != "same":
        return given
    kernel, strides = kernel_of(op), _extents(op, "strides", 1)
    axes = zip(given[:-1], kernel, strides, strict=True)
    return (*(n + sum(same_padding(n, k, s)) for n, k, s in axes), given[-1])


def window_of(op: Op, given: Shape, bits: int) -> Window | None:
    """The sliding window over an input with its zeros; None where each pixel stands for itself."""
    kernel, strides, dilation = kernel_of(op), _extents(op, "strides", 1), _extents(op, "dilation", 1)
    if set(kernel) == {1} and set(strides) == {1}:
        return None
    reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    out = [(n - r) // s + 1 for n, r, s in zip(given[:-1], reach, strides, strict=True)]
    pixels, windows = _pair(given[:-1]), _pair(tuple(out))
    apart = not isinstance(op, Conv1D | Conv2D)
    return Window(pixels, windows, _pair(kernel), _pair(strides), _pair(dilation), given[-1], bits, apart)


def kernel_of(op: Op) -> tuple[int, ...]:
    """Extents of a convolution's or pool's window."""
    return _extents(op, "kernel", 0) or _extents(op, "pool", 0)


def _extents(op: Op, name: str, otherwise: int) -> tuple[int, ...]:
    found: tuple[int, ...] | None = getattr(op, name, None)
    if found is not None:
        return found
    return (otherwise,) * int(getattr(op, "AXES", 1)) if otherwise else ()


def _pair(extents: tuple[int, ...]) -> tuple[int, int]:
    """A sequence is a picture of one row."""
    return (1, extents[0]) if len(extents) == 1 else (extents[0], extents[1])
