"""How many bits the real weights need, and the sums that they can make: FINN's minimisation of both."""

from functools import lru_cache

from engine.design import WEIGHT, Origin
from engine.flows.finn.choices import Choices
from engine.flows.finn.streamline.grid import Array, Grid, NotWholeError, sums, whole
from engine.flows.finn.unit import Values
from engine.network import Layer, MissingTensorError, TensorStore
from engine.network.weights import effective_weight
from engine.precision import FixedType
from engine.precision.quantize import cast


def kernel_of(layer: Layer, choices: Choices, tensors: TensorStore, role: str = "kernel") -> Array:
    """The kernel as it is stored: by the quantiser it was trained with, or by the type that was chosen instead."""
    chosen = choices.chosen(layer, WEIGHT if role == "kernel" else role)
    typed = chosen is not None and chosen.origin is not Origin.MODEL and isinstance(chosen.value, FixedType)
    return _kernel(layer, role, chosen.value if typed and chosen is not None else None, tensors)


@lru_cache(maxsize=512)
def _kernel(layer: Layer, role: str, type_: FixedType | None, tensors: TensorStore) -> Array:
    kernel = effective_weight(layer, role, tensors)
    return kernel if type_ is None else cast(kernel, type_)


def matrix_of(kernel: Array, depthwise: bool) -> Array:
    """(inputs, outputs) of a kernel; depthwise each channel has a window of its own."""
    outputs = kernel.shape[-2] * kernel.shape[-1] if depthwise else kernel.shape[-1]
    return kernel.reshape(-1, outputs)


def real_widths(
    layer: Layer, choices: Choices, tensors: TensorStore | None, values: Values, depthwise: bool
) -> tuple[int, int] | None:
    """Bits of the weights and of their sums over all inputs; None where the weights are not known or not whole."""
    if tensors is None or layer.weight("kernel") is None:
        return None
    try:
        return _widths(layer, choices, tensors, values, depthwise)
    except (NotWholeError, MissingTensorError, ValueError):
        return None


def _widths(layer: Layer, choices: Choices, tensors: TensorStore, values: Values, depthwise: bool) -> tuple[int, int]:
    counts, _ = whole(kernel_of(layer, choices, tensors), layer.name)
    low, high = sums(matrix_of(counts, depthwise), range_of(values))
    weights = Grid(1.0, int(counts.min()), int(counts.max()))
    return weights.bits, Grid(1.0, min(int(low.min()), 0), int(high.max())).bits


def range_of(values: Values) -> Grid:
    """Whole numbers that a stream may carry; those of one bit with a sign are −1 and 1."""
    if values.signed and values.bits == 1:
        return Grid(1.0, -1, 1)
    half = 1 << (values.bits - values.signed)
    return Grid(1.0, -half if values.signed else 0, half - 1)
