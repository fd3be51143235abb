"""One operation of the graph on its way into a network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.network import Op
from engine.network.kinds import Flatten, Permute, Reshape
from engine.onnx import Node, Tensor
from engine.readers.errors import ModelFileError
from engine.readers.onnx.draft import Draft
from engine.readers.onnx.values import Axes, Constant, Flow, Places, Turned, Value, channels_first

_LARGEST = 10_000_000
_MOST_LISTED = 64
_AGAIN = "Export the model again."


class RefusedError(Exception):
    """An operation that has no counterpart here: why, and what would do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads each value of the graph; `ends` are the graph's outputs."""

    nodes: Mapping[str, tuple[Node, ...]]
    ends: frozenset[str]

    def alone(self, value: str) -> Node | None:
        """The one operation that reads a value; None where there are others, or it is an output.

        Who asks for its shape alone does not count.
        """
        nodes = [node for node in self.nodes.get(value, ()) if node.op_type != "Shape"]
        return nodes[0] if len(nodes) == 1 and value not in self.ends else None


@dataclass(frozen=True, slots=True)
class Site:
    """An operation, what it reads, and the network that it becomes part of."""

    node: Node
    opset: int
    values: Mapping[str, Value]
    readers: Readers
    draft: Draft

    @property
    def name(self) -> str:
        """What its layer shall be called."""
        return self.node.name.strip("/") or f"{self.node.op_type}_{self.node.outputs[0]}"

    @property
    def where(self) -> str:
        """For messages."""
        return f"{self.draft.where}, {self.node.op_type} '{self.name}'"

    def value(self, port: int) -> Value | None:
        """What one port reads; None where it is left out."""
        name = self.node.inputs[port] if port < len(self.node.inputs) else ""
        if not name:
            return None
        value = self.values[name]
        if isinstance(value, Constant) or self.readers.alone(name) is not None:
            return value
        if isinstance(value, Turned):
            return replace(value, flow=replace(value.flow, shared=True))
        return replace(value, shared=True)

    def flow(self, port: int = 0) -> Flow:
        """What one port reads, where it depends on the input."""
        value = self.value(port)
        if isinstance(value, Flow):
            return value
        if isinstance(value, Turned):
            raise RefusedError("its samples are not the first axis", "Export the model with batch_first=True.")
        raise RefusedError(
            f"its input {port + 1} does not depend on the data", "Export the model with constants folded."
        )

    def placed(self) -> tuple[Flow, Places]:
        """What the first port reads, wherever its samples are: a flow, and where the file has its axes."""
        value = self.value(0)
        if isinstance(value, Turned):
            return value.flow, value.places
        flow = self.flow()
        return flow, tuple(range(len(flow.axes) + 1))

    def flows(self) -> list[Flow]:
        """All inputs, one at least, which depend on the data."""
        if not self.node.inputs:
            raise self.damaged("It reads nothing")
        return [self.flow(port) for port in range(len(self.node.inputs))]

    def constant(self, port: int, what: str) -> Constant:
        """What one port reads, where it must be known beforehand."""
        value = self.value(port)
        if isinstance(value, Constant):
            return value
        remedy = "Export the model with constants folded and its weights inside."
        raise RefusedError(f"its {what} depends on the data or is missing", remedy)

    def optional(self, port: int, what: str) -> Constant | None:
        """The same for a port that may be left out."""
        return None if self.value(port) is None else self.constant(port, what)

    def listed(self, port: int, what: str) -> tuple[int, ...] | None:
        """A short list of whole numbers; None where the port is left out."""
        constant = self.optional(port, what)
        if constant is None:
            return None
        if constant.values.dtype.kind not in "iu" or constant.values.size > _MOST_LISTED:
            raise self.damaged(f"Its {what} is no short list of whole numbers")
        return tuple(int(each) for each in constant.values.ravel())

    def whole(self, key: str, default: int) -> int:
        """An attribute that is a whole number of sensible size."""
        value = self.node.attributes.get(key, default)
        if type(value) is not int or abs(value) > _LARGEST:
            raise self.wrong(key, value)
        return value

    def flag(self, key: str, default: bool) -> bool:
        """An attribute that is 0 or 1."""
        return bool(self.whole(key, int(default)))

    def wholes(self, key: str, default: Sequence[int]) -> tuple[int, ...]:
        """An attribute that is a list of as many whole numbers as `default` has; any number where that is empty."""
        value = self.node.attributes.get(key, list(default))
        if not isinstance(value, list) or (default and len(value) != len(default)):
            raise self.wrong(key, value)
        if any(type(each) is not int or abs(each) > _LARGEST for each in value):
            raise self.wrong(key, value)
        return tuple(value)

    def number(self, key: str, default: float) -> float:
        """An attribute that is a finite number."""
        value = self.node.attributes.get(key, default)
        if not isinstance(value, int | float) or not np.isfinite(value):
            raise self.wrong(key, value)
        return float(value)

    def text(self, key: str, default: str) -> str:
        """An attribute that is a text."""
        value = self.node.attributes.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, value)
        return value

    def tensor(self, key: str) -> Tensor | None:
        """An attribute that is an array."""
        value = self.node.attributes.get(key)
        return value if isinstance(value, Tensor) else None

    def wrong(self, key: str, value: Any) -> ModelFileError:
        """The error for an attribute that cannot be."""
        return ModelFileError(f"'{key}' is {str(value)[:60]}", self.where, _AGAIN)

    def damaged(self, what: str) -> ModelFileError:
        """The error for an operation that cannot be as it stands there."""
        return ModelFileError(what, self.where, _AGAIN)

    def add(self, op: Op, *sources: Flow, suffix: str = "", **weights: Any) -> Flow:
        """Add a layer that reads what the layers behind `sources` yield; axes and scale are those of the first."""
        return self.layer(self.name + suffix, op, *sources, **weights)

    def layer(self, name: str, op: Op, *sources: Flow, **weights: Any) -> Flow:
        """The same under a name of its own."""
        name = self.draft.add(name, op, tuple(source.layer for source in sources), weights)
        return replace(sources[0], layer=name, shape=self.draft.shapes[name], shared=False)

    def laid_out(self, flow: Flow, axes: Axes) -> Flow:
        """The same values with ONNX's axis i at the layer's `axes[i]`; a layer that moves them if need be."""
        if flow.folded is not None:
            flow = self._unfolded(flow)
        if flow.axes == axes:
            return flow
        if np.size(flow.scale) > 1 or np.size(flow.shift) > 1:
            raise RefusedError("values that are scaled channel by channel change places", "Scale them behind it.")
        order = tuple(flow.axes[axes.index(place)] + 1 for place in range(len(axes)))
        return replace(self.add(Permute(order), flow, suffix="_turned"), axes=axes)

    def straight(self, flow: Flow) -> Flow:
        """The same values in ONNX's order."""
        return self.laid_out(flow, tuple(range(len(flow.shape))))

    def with_channels_last(self, flow: Flow) -> Flow:
        """The same values with ONNX's first axis as the layer's last, where the file has its channels first."""
        rank = len(flow.shape)
        last = self.node.domain.endswith("channels_last")
        return self.laid_out(flow, tuple(range(rank)) if last else channels_first(rank))

    def _unfolded(self, flow: Flow) -> Flow:
        folded = flow.folded
        assert folded is not None
        if np.size(flow.scale) > 1 or np.size(flow.shift) > 1:
            raise RefusedError("a flattened picture that is scaled value by value changes places", "Scale it before.")
        shaped = self.add(Reshape(folded.shape), flow, suffix="_unfolded")
        turned = self.add(Permute(tuple(axis + 1 for axis in folded.axes)), shaped, suffix="_turned")
        return replace(self.add(Flatten(), turned, suffix="_flat"), folded=None)
