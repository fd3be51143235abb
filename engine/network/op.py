"""What a layer computes, as a value. One subclass per kind; its fields are its parameters.

A field made with `param` carries its label, range and help, which drive validation here and the inspector's
controls there, so that a new kind needs no code in the window.
"""

from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar

from engine.network.errors import NetworkError

Shape = tuple[int, ...]
"""Extents without the batch axis, channels last: (features,), (steps, channels), (rows, columns, channels)."""


@dataclass(frozen=True, slots=True)
class Param:
    """How a parameter of a layer kind is named, bounded and explained."""

    label: str
    help: str
    minimum: int | float | None = None
    choices: tuple[str, ...] = ()
    free: bool = False
    """Of lists: any number of entries, not one for each axis as in the default."""


def param(
    default: Any = MISSING,
    *,
    label: str,
    help: str,
    minimum: int | float | None = None,
    choices: tuple[str, ...] = (),
    free: bool = False,
) -> Any:
    """A dataclass field with a Param in its metadata under the key 'param'."""
    return field(default=default, metadata={"param": Param(label, help, minimum, choices, free)})


@dataclass(frozen=True, slots=True)
class Op:
    """Base of all layer kinds."""

    KIND: ClassVar[str] = ""
    LABEL: ClassVar[str] = ""
    GROUP: ClassVar[str] = "shape"
    """One of io, conv, dense, recurrent, norm, activation, pool, merge, shape."""
    HELP: ClassVar[str] = ""
    PORTS: ClassVar[tuple[int, int | None]] = (1, 1)
    """Fewest and most inputs; None: any number."""

    def __post_init__(self) -> None:
        for item in fields(self):
            spec = item.metadata.get("param")
            if spec is not None:
                _check(self.LABEL, spec, getattr(self, item.name), item.default)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Shape of the output for these input shapes; raises ShapeError."""
        return inputs[0]

    def weight_shapes(self, inputs: tuple[Shape, ...]) -> dict[str, Shape]:
        """Role of each weight tensor (kernel, bias, ...) and its shape."""
        return {}

    def macs(self, inputs: tuple[Shape, ...]) -> int:
        """Multiply-accumulates of one inference."""
        return 0

    def subtitle(self) -> str:
        """What stands under the layer's name, e.g. `Conv2D 3×3 · 16`."""
        return self.LABEL


def _check(label: str, spec: Param, value: Any, default: Any) -> None:
    parts = value if isinstance(value, tuple) else (value,)
    if not parts or (isinstance(default, tuple) and not spec.free and len(parts) != len(default)):
        wanted = "at least one number" if spec.free else f"{len(default)} numbers"
        raise NetworkError(f"{label}: {spec.label.lower()} has {len(parts)} entries; it needs {wanted}.")
    for part in parts:
        if spec.choices and part not in spec.choices:
            raise NetworkError(f"{label}: {spec.label.lower()} '{part}' is not one of {', '.join(spec.choices)}.")
        if spec.minimum is not None and part < spec.minimum:
            raise NetworkError(f"{label}: {spec.label.lower()} is {part}; it must be at least {spec.minimum}.")


KINDS: dict[str, type[Op]] = {}
"""Every layer kind by its id, in the order in which the palette shows them."""


def register(kind: type[Op]) -> type[Op]:
    """Class decorator: enter a layer kind into KINDS."""
    KINDS[kind.KIND] = kind
    return kind
