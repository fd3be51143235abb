"""What the values of an ONNX graph are here: constants, and what flows between layers."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network import Shape
from engine.precision.quantizer import Quantizer

Array = NDArray[Any]
Axes = tuple[int, ...]
Places = tuple[int | None, ...]
_SMALLEST, _LARGEST = 1e-60, 1e60


def number(value: float) -> Array:
    """One number as an array, as scales are."""
    return np.asarray(value, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Constant:
    """An array that does not depend on the input.

    Of a quantised one, `values` are `steps` (same shape) times what `quantizer` makes of `stored`.
    """

    values: Array
    stored: Array | None = None
    steps: Array | None = None
    quantizer: Quantizer | None = None

    @property
    def size(self) -> int:
        """Numbers that it keeps."""
        return sum(part.size for part in (self.values, self.stored, self.steps) if part is not None)


@dataclass(frozen=True, slots=True)
class Folded:
    """What a flat list was before: the shape in the network, and the ONNX order of its axes."""

    shape: Shape
    axes: Axes

    @property
    def order(self) -> NDArray[np.int64]:
        """Where each value of the list, as ONNX counts them, stands in the network's list."""
        return np.arange(int(np.prod(self.shape))).reshape(self.shape).transpose(self.axes).ravel()


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A value that depends on the input: `scale` · what a layer yields + `shift`.

    ONNX's axis i (without the batch) is the layer's axis `axes[i]`; so a transposition moves nothing. Scale and shift
    are single numbers or one for each of the layer's channels, its last axis.
    """

    layer: str
    shape: Shape
    """The layer's."""
    axes: Axes
    folded: Folded | None = None
    scale: Array = field(default_factory=lambda: number(1))
    shift: Array = field(default_factory=lambda: number(0))
    norm: str = ""
    """What a layer that scales and shifts it shall be called."""
    shared: bool = False
    """Whether other operations read it too."""

    @property
    def onnx_shape(self) -> Shape:
        """As the file has it, without the batch."""
        return tuple(self.shape[axis] for axis in self.axes)

    @property
    def whole_shape(self) -> Shape:
        """As the file has it, with one sample."""
        return (1, *self.onnx_shape)

    @property
    def size(self) -> int:
        """Numbers that it keeps."""
        return self.scale.size + self.shift.size

    @property
    def sound(self) -> bool:
        """Whether its numbers are such that types can be found for them."""
        sizes = np.abs(self.scale)
        found = (sizes == 0) | ((sizes > _SMALLEST) & (sizes < _LARGEST))
        return bool(np.all(found) and np.all(np.abs(self.shift) < _LARGEST))

    @property
    def plain(self) -> bool:
        """Whether it is what the layer yields."""
        return bool(np.all(self.scale == 1) and np.all(self.shift == 0))

    @property
    def proportional(self) -> bool:
        """Whether it is what the layer yields times one number above zero."""
        return np.size(self.scale) == 1 and bool(np.all(self.scale > 0)) and bool(np.all(self.shift == 0))


@dataclass(frozen=True, slots=True, eq=False)
class Turned:
    """A flow whose samples are not the first axis of the file, as recurrent operations have it.

    The file's axis i is the `places[i]`th that the flow would have there with its samples in front, as axis 0; None: an
    axis of one that the flow has not. `output` is which one of its operation's outputs it is.
    """

    flow: Flow
    places: Places
    output: int = 0

    @property
    def whole_shape(self) -> Shape:
        """As the file has it, with one sample."""
        shape = self.flow.whole_shape
        return tuple(1 if place is None else shape[place] for place in self.places)

    @property
    def size(self) -> int:
        """Numbers that it keeps."""
        return self.flow.size


Value = Constant | Flow | Turned


def placed(flow: Flow, places: Places) -> Flow | Turned:
    """A flow with the file's axes at these places; a plain one where its samples are in front and nothing is added."""
    if None in places or places[:1] != (0,):
        return Turned(flow, places)
    return replace(flow, axes=tuple(flow.axes[place - 1] for place in places[1:] if place is not None))


def channels_first(rank: int) -> Axes:
    """The axes of a value whose channels ONNX has first and the network last."""
    return (rank - 1, *range(rank - 1))


def is_power_of_two(value: float) -> bool:
    """Whether a number is a power of two."""
    return bool(np.isfinite(value) and value > 0 and np.frexp(value)[0] == 0.5)


def exponent(power: float) -> int:
    """Of a power of two."""
    return int(np.frexp(power)[1]) - 1
