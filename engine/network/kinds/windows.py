"""Arithmetic of sliding windows, shared by convolutions and pooling."""

from math import ceil

from engine.network.errors import ShapeError

PADDINGS = ("valid", "same")


def window_extent(size: int, kernel: int, stride: int, padding: str, dilation: int = 1) -> int:
    """Output extent along one axis, as Keras defines 'valid' and 'same'. Raises ShapeError."""
    if padding == "same":
        return ceil(size / stride)
    reach = dilation * (kernel - 1) + 1
    if reach > size:
        raise ShapeError(f"A window of {reach} does not fit into an extent of {size}; use padding 'same'.")
    return (size - reach) // stride + 1


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Zeros before and after along one axis that 'same' adds; the odd one goes after."""
    total = max((ceil(size / stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def require_rank(label: str, inputs: tuple[tuple[int, ...], ...], rank: int, form: str) -> None:
    """Raise ShapeError unless the first input has `rank` axes; `form` names them for the message."""
    if len(inputs[0]) != rank:
        shape = "×".join(map(str, inputs[0]))
        raise ShapeError(f"{label} needs an input of {form}; this one is {shape}.")
