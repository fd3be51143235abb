"""One Keras layer on its way into a network, and what becomes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.network import Op, Shape
from engine.precision import FixedType
from engine.precision.quantizer import Quantizer
from engine.readers.errors import Problem
from engine.readers.fields import Fields
from engine.readers.keras.stored import Slot

Arrays = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Weights:
    """Which arrays a layer has, and how those in the file become those of the network (None: as they are)."""

    slots: tuple[Slot, ...]
    finish: Callable[[Arrays, Mapping[str, Shape]], Arrays] | None = None
    exact: bool = False
    """Whether the network's arrays keep their values as they are, in the narrowest types that do so."""
    type: Callable[[Arrays, str], tuple[FixedType, bool]] | None = None
    """The type of the layer's results, and whether the file has this one for all of them."""


@dataclass(frozen=True, slots=True)
class Step:
    """One layer of the network; `suffix` is appended to the name of the Keras layer it comes from."""

    op: Op
    weights: Weights | None = None
    quantizers: tuple[tuple[str, Quantizer], ...] = ()
    suffix: str = ""
    axis: int = -1
    """Axis it works along, counted with the batch or from the end; only the last one is supported."""


@dataclass(slots=True)
class KerasLayer:
    """A layer of the file; `refuse` and `note` collect what there is to say about it."""

    name: str
    class_name: str
    config: Fields
    keras: int
    """Major version of Keras that wrote the file."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def quantised(self) -> bool:
        """Whether it is one of QKeras's."""
        return self.class_name.startswith("Q")

    def refuse(self, what: str, remedy: str) -> None:
        """List something unsupported; reading goes on, to find all of it."""
        self.problems.append(Problem(self.name, what, remedy))

    def note(self, text: str) -> None:
        """Tell the person something about this layer."""
        self.notes.append(f"{self.name}: {text}")

    def want(self, key: str, allowed: tuple[object, ...], what: str, remedy: str) -> None:
        """Refuse the layer unless a setting is missing or one of the allowed values."""
        if self.config.raw(key, allowed[0]) not in allowed:
            self.refuse(what, remedy)
