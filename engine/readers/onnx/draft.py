"""The network on its way: layers are added one by one, with their weights, quantisers and types."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.design.settings import EMPTY, RESULT, Settings, Value
from engine.network import Layer, NetworkError, Op, Shape, TensorStore
from engine.precision.quantizer import Quantizer
from engine.readers.errors import ModelFileError
from engine.readers.names import free_name

_MOST_AXES = 8
_MOST_RESULTS = 1 << 26
"""Values that one layer yields."""
_MOST_EFFORT = 1 << 30
_KEPT = 4
"""How much more a value that is kept costs than one that is looked at."""


@dataclass(slots=True)
class Draft:
    """Layers by their names, in the order in which they were added."""

    store: TensorStore
    where: str
    layers: dict[str, Layer] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)
    settings: dict[str, Settings] = field(default_factory=dict)
    effort: int = 0

    def spend(self, read: int, kept: int) -> None:
        """Count values that are read and kept: few bytes of a file may ask for many. Raises ModelFileError."""
        self.effort += read + _KEPT * kept
        if self.effort > _MOST_EFFORT:
            limit = _MOST_EFFORT // _KEPT
            raise ModelFileError(
                f"Its weights and constants are more than {limit:,} numbers", self.where, "Open a smaller network."
            )

    def add(
        self,
        wish: str,
        op: Op,
        inputs: tuple[str, ...],
        weights: Mapping[str, NDArray[Any]] | None = None,
        quantizers: Mapping[str, Quantizer | None] | None = None,
    ) -> str:
        """Add a layer under a name like `wish` and return the name. Raises ModelFileError."""
        name = free_name(wish, self.layers)
        shapes = tuple(self.shapes[source] for source in inputs)
        try:
            self.shapes[name] = self._bounded(name, op.output_shape(shapes))
            needed = op.weight_shapes(shapes)
        except NetworkError as error:
            raise ModelFileError(f"'{name}': {error}", self.where, "Export the model again.") from error
        given = weights or {}
        stored = tuple((role, self.store.put(self._checked(name, role, given[role], needed[role]))) for role in needed)
        kept = tuple((role, each) for role, each in (quantizers or {}).items() if each is not None and role in needed)
        self.layers[name] = Layer(name, op, inputs, stored, kept)
        return name

    def give_bias(self, name: str, bias: NDArray[Any], quantizer: Quantizer | None) -> None:
        """Give a layer of products the bias that it has not yet."""
        layer = self.layers[name]
        op = replace(layer.op, use_bias=True)  # type: ignore[call-arg]
        units = self.shapes[name][-1]
        ref = self.store.put(self._checked(name, "bias", np.broadcast_to(bias, units), (units,)))
        quantizers = layer.quantizers if quantizer is None else (*layer.quantizers, ("bias", quantizer))
        self.layers[name] = replace(layer, op=op, weights=(*layer.weights, ("bias", ref)), quantizers=quantizers)

    def replace_op(self, name: str, op: Op) -> None:
        """Change a layer's parameters."""
        layer = self.layers[name]
        self.layers[name] = replace(layer, op=op)
        self.shapes[name] = op.output_shape(tuple(self.shapes[source] for source in layer.inputs))

    def remove(self, name: str) -> None:
        """Take away a layer that nothing reads."""
        del self.layers[name], self.shapes[name]

    def quantise(self, name: str, quantizer: Quantizer) -> None:
        """Let a layer's results go through a quantiser."""
        self.layers[name] = replace(self.layers[name], quantizers=(("result", quantizer),))

    def choose(self, name: str, key: str, value: Value) -> None:
        """Choose a setting of a layer."""
        self.settings[name] = self.settings.get(name, EMPTY).with_(key, value)

    def type_of(self, name: str) -> Value | None:
        """The type of a layer's results, where it is settled."""
        quantizer = self.layers[name].quantizer(RESULT)
        return self.settings.get(name, EMPTY).get(RESULT) if quantizer is None else quantizer.type()

    def _bounded(self, name: str, shape: Shape) -> Shape:
        if len(shape) > _MOST_AXES or prod(shape) > _MOST_RESULTS:
            raise ModelFileError(
                f"'{name}' yields {_by(shape)[:60]} values, more than can be read", self.where, "Use a smaller input."
            )
        return shape

    def _checked(self, name: str, role: str, values: NDArray[Any], shape: Shape) -> NDArray[np.float32]:
        given = np.shape(values)
        if given != shape:
            raise ModelFileError(
                f"The weights '{role}' of '{name}' have the shape {_by(given)}; the model needs {_by(shape)}",
                self.where,
                "Export the model again.",
            )
        self.spend(0, prod(shape))
        with np.errstate(over="ignore"):
            singles = np.asarray(values, np.float32)
        if not np.isfinite(singles).all():
            raise ModelFileError(
                f"The weights '{role}' of '{name}' hold values that are not numbers", self.where, "Train it again."
            )
        return singles


def _by(shape: Shape) -> str:
    return "×".join(map(str, shape)) or "a single number"
