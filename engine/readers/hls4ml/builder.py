"""The network of an hls4ml project, from the calls of its top function."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from engine.design.settings import EMPTY, RESULT, Settings
from engine.network import Layer, Network, NetworkError, Shape, TensorRef, TensorStore
from engine.network.kinds import Flatten, Input, Reshape
from engine.readers.errors import ModelFileError, Problem, UnsupportedModelError
from engine.readers.hls4ml.arrays import read_array
from engine.readers.hls4ml.built import built_settings, with_type
from engine.readers.hls4ml.operations import NoCounterpartError, Operation, input_shape, operation, padding
from engine.readers.hls4ml.source import Call, Source, Struct
from engine.readers.names import free_name

_PASSING = ("clone_stream", "repack_stream", "broadcast_stream")
"""Calls that only hand values on."""
_AGAIN = "Write the project again."
_CONSTANTS = {"mean": 0.0, "variance": 1.0}
"""Of a normalisation whose scale and bias are all it has."""


@dataclass(slots=True)
class Builder:
    """Makes layers of calls, one after the other."""

    source: Source
    facts: Mapping[str, Any]
    weights: Path
    store: TensorStore
    transposed: bool = False
    """Whether kernels have the last axis first whatever the strategy."""
    settings: dict[str, Settings] = field(default_factory=dict)
    _ends: dict[str, str] = field(default_factory=dict)
    """The layer behind each variable."""
    _layers: list[Layer] = field(default_factory=list)

    def network(self, where: str) -> Network:
        """The network of all calls. Raises ModelFileError or UnsupportedModelError."""
        if not self.source.calls:
            raise ModelFileError("The project has no layers", where, _AGAIN)
        try:
            problems = [problem for call in self.source.calls if (problem := self._problem(call)) is not None]
            if problems:
                raise UnsupportedModelError(tuple(problems))
            for call in self.source.calls:
                self._add(call)
            return Network(tuple(self._layers))
        except NetworkError as error:
            raise ModelFileError(f"The layers do not fit together: {error}", where, _AGAIN) from error

    def _problem(self, call: Call) -> Problem | None:
        if call.function in _PASSING:
            return None
        try:
            operation(call, self.source.struct(call.types[-1]))
        except NoCounterpartError as error:
            return Problem(call.name, str(error), error.remedy)
        return None

    def _add(self, call: Call) -> None:
        files = [name for name in call.variables if (self.weights / f"{name}.h").is_file()]
        flowing = [name for name in call.variables if name not in files]
        if not flowing:
            raise ModelFileError(f"'{call.name}' reads nothing", "the top function", _AGAIN)
        if call.function in _PASSING:
            self._ends.update(dict.fromkeys(flowing[1:], self._end(flowing[0], call)))
            return
        struct = self.source.struct(call.types[-1])
        work = operation(call, struct)
        inputs = tuple(self._fed(name, call, struct, work) for name in flowing[: work.inputs])
        layer = Layer(self._free(call.name), work.op, inputs)
        shapes = tuple(self._shape(name) for name in inputs)
        self._layers.append(replace(layer, weights=self._stored(work, files, struct, shapes)))
        self._ends.update(dict.fromkeys(flowing[work.inputs :], layer.name))
        self.settings[layer.name] = built_settings(
            struct, call.types[-2] if len(call.types) > 1 else "", self.source.types
        )

    def _end(self, variable: str, call: Call) -> str:
        """The layer behind a variable; an input of the whole gets its layer when it is first read."""
        real = self._real(variable)
        if real not in self._ends and real in self.source.parameters:
            self._layers.append(Layer(self._free(real), Input(shape=self._input_shape(real, call))))
            self._ends[real] = self._layers[-1].name
            kind = self.source.parameters[real].type
            self.settings[real] = with_type(EMPTY, RESULT, kind, self.source.types)
        if real not in self._ends:
            raise ModelFileError(f"'{call.name}' reads '{real}', which nothing writes", "the top function", _AGAIN)
        return self._ends[real]

    def _real(self, variable: str) -> str:
        for _ in range(len(self.source.references) + 1):
            variable = self.source.references.get(variable, variable)
        return variable

    def _input_shape(self, name: str, call: Call) -> Shape:
        stated = (self.facts.get("InputShapes") or {}) if isinstance(self.facts.get("InputShapes"), dict) else {}
        extents = stated.get(name)
        if isinstance(extents, list) and extents and all(type(extent) is int for extent in extents):
            return tuple(extents)
        return self.source.parameters[name].extents or input_shape(self.source.struct(call.types[-1]))

    def _fed(self, variable: str, call: Call, struct: Struct, work: Operation) -> str:
        """The layer that a call reads; where its values change shape silently, a layer says so."""
        name = self._end(variable, call)
        given = self._shape(name)
        wanted = input_shape(struct) if work.op.KIND in ("dense", "conv1d", "conv2d") else given
        if wanted == given or prod(wanted) != prod(given):
            return name
        op = Flatten() if len(wanted) == 1 else Reshape(target=wanted)
        self._layers.append(Layer(self._free(f"{call.name}_input"), op, (name,)))
        return self._layers[-1].name

    def _shape(self, name: str) -> Shape:
        shape = Network(tuple(self._layers)).shapes[name]
        assert shape is not None
        return shape

    def _stored(
        self, work: Operation, files: list[str], struct: Struct, shapes: tuple[Shape, ...]
    ) -> tuple[tuple[str, TensorRef], ...]:
        needed = work.op.weight_shapes(shapes)
        turned = self.transposed or struct.word("strategy").startswith("resource")
        found = {
            role: self.store.put(
                read_array(self.weights, file, needed[role], turned and role == "kernel", padding(struct))
            )
            for role, file in zip(work.roles, files, strict=False)
        }
        missing = set(needed) - set(found) - set(_CONSTANTS)
        if missing:
            raise ModelFileError(f"The weights '{min(missing)}' of {struct.name} are missing", "weights", _AGAIN)
        return tuple(
            (role, found[role] if role in found else self.store.put(np.full(shape, _CONSTANTS[role])))
            for role, shape in needed.items()
        )

    def _free(self, wish: str) -> str:
        return free_name(wish, {layer.name for layer in self._layers})
