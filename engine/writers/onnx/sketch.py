"""The graph on its way: operations, constants, and which numbers each value may have."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.numbers import Exact
from engine.network import Shape
from engine.onnx import Node, Tensor
from engine.precision import FixedType, Overflow, Rounding

QONNX = "qonnx.custom_op.general"
_SINGLE = 24
"""Bits of whole numbers that float32, in which executors compute, holds exactly."""

_ROUNDINGS = {
    Rounding.TRN: ("FLOOR", 0.0),
    Rounding.TRN_ZERO: ("DOWN", 0.0),
    Rounding.RND_CONV: ("ROUND", 0.0),
    Rounding.RND_INF: ("HALF_UP", 0.0),
    Rounding.RND_ZERO: ("HALF_DOWN", 0.0),
    Rounding.RND: ("FLOOR", 0.5),
    Rounding.RND_MIN_INF: ("CEIL", -0.5),
}
"""QONNX's rounding mode, and what is added in steps before it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the graph: whole numbers from `lowest` to `highest` times 2^-fraction; None: any number.

    `shape` is that of the network. `first` says that the graph has its channels in front.
    """

    name: str
    shape: Shape
    fraction: int | None
    lowest: int = 0
    highest: int = 0
    first: bool = False

    @property
    def onnx_shape(self) -> Shape:
        """As the graph has it, with the batch."""
        return (1, self.shape[-1], *self.shape[:-1]) if self.first else (1, *self.shape)


@dataclass(slots=True)
class Sketch:
    """Operations and constants; `stage` names what is being written."""

    nodes: list[Node] = field(default_factory=list)
    tensors: list[Tensor] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stage: str = ""
    _turned: dict[tuple[str, bool], Value] = field(default_factory=dict)

    def constant(self, values: Any, what: str) -> str:
        """A constant; its name."""
        array = np.asarray(values)
        array = array.astype(np.int64 if array.dtype.kind in "iu" else np.float32)
        self.tensors.append(Tensor(f"{self.stage}_{what}_{len(self.tensors)}", array))
        return self.tensors[-1].name

    def node(self, op_type: str, inputs: list[str], suffix: str = "", output: int = 0, **attributes: Any) -> str:
        """An operation; the name of what it yields at one of its outputs. Nothing reads those before it."""
        name = f"{self.stage}{suffix}"
        taken = {node.name for node in self.nodes}
        name = name if name not in taken else f"{name}_{len(self.nodes)}"
        # qonnx wants to know the shapes of these too, by a name.
        unread = [f"{name}_unread{place}" for place in range(output)]
        domain = QONNX if op_type in ("Quant", "BipolarQuant", "MultiThreshold") else ""
        self.nodes.append(Node(op_type, tuple(inputs), (*unread, f"{name}_out"), name, domain, attributes))
        return f"{name}_out"

    def quant(self, value: str, type_: FixedType, mode: str = "ROUND", suffix: str = "_quant") -> str:
        """QONNX's quantiser to a type that saturates."""
        inputs = [value]
        inputs += [self.constant(each, "grid") for each in (type_.step, 0.0, float(type_.width))]
        narrow = int(type_.signed and type_.overflow is Overflow.SAT_SYM)
        return self.node("Quant", inputs, suffix, signed=int(type_.signed), narrow=narrow, rounding_mode=mode)

    def weights(self, exact: Exact, what: str, array: NDArray[Any], type_: FixedType) -> str:
        """Constants behind a quantiser that leaves them as they are: of their type, or of one that holds them.

        `array` holds the numbers of `exact` as the operation takes them.
        """
        stored = self.constant(np.ldexp(array.astype(np.float64), -exact.fraction), what)
        return self.quant(stored, _grid(exact, type_), suffix=f"_{what}_quant")

    def cast(self, value: Value, type_: FixedType) -> Value:
        """The value as a type holds it; no operation where it is held already."""
        if self.fits(value, type_):
            return value
        mode, added = _ROUNDINGS[type_.rounding]
        bounds = _bounds(type_)
        lowest, highest = bounds if value.fraction is None else _reach(value, type_)
        if type_.overflow not in (Overflow.SAT, Overflow.SAT_SYM) and (lowest < bounds[0] or highest > bounds[1]):
            self.note(f"sums beyond {type_.canonical} wrap in hardware; here they saturate")
        name = value.name
        if added:
            name = self.node("Add", [name, self.constant(added * type_.step, "half")], "_half")
        name = self.quant(name, type_, mode)
        limited = max(lowest, bounds[0]), min(highest, bounds[1])
        return replace(value, name=name, fraction=type_.fraction, lowest=limited[0], highest=limited[1])

    def fits(self, value: Value, type_: FixedType) -> bool:
        """Whether a type holds all that a value may be."""
        lowest, highest = _bounds(type_)
        if value.fraction is None or value.fraction > type_.fraction:
            return False
        raised = type_.fraction - value.fraction
        return value.lowest << raised >= lowest and value.highest << raised <= highest

    def result(self, name: str, shape: Shape, fraction: int, lowest: int, highest: int, first: bool = False) -> Value:
        """What an operation yields exactly; noted where executors cannot compute it so."""
        bits = max(abs(lowest), abs(highest)).bit_length()
        if bits > _SINGLE:
            self.note(f"needs {bits} bits; executors that compute in float32 hold {_SINGLE}")
        return Value(name, shape, fraction, lowest, highest, first)

    def note(self, text: str) -> None:
        """Say something about what is being written, once."""
        line = f"{self.stage}: {text}."
        if line not in self.notes:
            self.notes.append(line)

    def turned(self, value: Value, first: bool) -> Value:
        """The value with its channels in front or at the end."""
        if len(value.shape) == 1 or value.first == first:
            return value
        key = (value.name, first)
        if key not in self._turned:
            rank = len(value.shape) + 1
            order = [0, rank - 1, *range(1, rank - 1)] if first else [0, *range(2, rank), 1]
            suffix = "_first" if first else "_last"
            name = self.node("Transpose", [value.name], suffix, perm=order)
            self._turned[key] = replace(value, name=name, first=first)
        return self._turned[key]

    def reshaped(self, value: Value, shape: Shape) -> Value:
        """The value in another shape of the network."""
        if shape == value.shape:
            return value
        last = self.turned(value, first=False)
        name = self.node("Reshape", [last.name, self.constant(np.array((-1, *shape)), "shape")], "_shape")
        return replace(last, name=name, shape=shape)


def _bounds(type_: FixedType) -> tuple[int, int]:
    """Smallest and largest code."""
    lowest = -(1 << (type_.width - 1)) + (type_.overflow is Overflow.SAT_SYM) if type_.signed else 0
    return lowest, (1 << (type_.width - type_.signed)) - 1


def _reach(value: Value, type_: FixedType) -> tuple[int, int]:
    """What a value may be as codes of a type, before the range is kept; one more on either side for rounding."""
    assert value.fraction is not None
    shift = type_.fraction - value.fraction
    if shift >= 0:
        return value.lowest << shift, value.highest << shift
    lowest = value.lowest >> -shift
    highest = value.highest >> -shift
    finer = type_.rounding is not Rounding.TRN
    return (lowest, highest + finer) if value.lowest < 0 else (0, highest + finer)


def _grid(exact: Exact, type_: FixedType) -> FixedType:
    lowest, highest = int(exact.codes.min(initial=0)), int(exact.codes.max(initial=0))
    bounds = _bounds(type_)
    if type_.fraction == exact.fraction and bounds[0] <= lowest and highest <= bounds[1] and type_.width > 1:
        return FixedType(type_.width, type_.integer, type_.signed, overflow=type_.overflow)
    width = max(max(-lowest - 1, highest, 1).bit_length() + 1, 2)
    return FixedType(width, width - exact.fraction)
