"""Where an operation is made: a built layer with what it reads and what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.emulate.exact.stage import Stage
from engine.flows.hls4ml.exact.errors import OTHERWISE, NoExactModelError
from engine.flows.hls4ml.exact.frozen import Weights
from engine.flows.hls4ml.hardware import Unit
from engine.flows.hls4ml.nodes import Node
from engine.network import Op
from engine.precision import FixedType, Rounding


def is_whole(type_: FixedType) -> bool:
    """Whether a type is spelled, and built, as C++'s ap_int or ap_uint."""
    return type_.text.removeprefix("ap_").lstrip("u").startswith("int")


def is_bit_type(type_: FixedType) -> bool:
    """Whether a type is C++'s ap_uint<1>."""
    return is_whole(type_) and type_.width == 1 and not type_.signed


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One built layer; `sources` are the stages that it reads, `streamed` the interface.

    `taken_width` is the width that hls4ml takes for the input's: behind the copy of a stream, that of its default type.
    """

    unit: Unit
    sources: tuple[Stage, ...]
    weights: Weights
    streamed: bool
    taken_width: int

    @property
    def node(self) -> Node:
        """The built layer."""
        return self.unit.node

    @property
    def op(self) -> Op:
        """The user's layer."""
        return self.unit.node.layer.op

    @property
    def entry(self) -> Mapping[str, Any]:
        """What hls4ml is told of it."""
        return self.weights.entry(self.node.layer)

    @property
    def source(self) -> FixedType:
        """The type of what the first input brings."""
        return self.sources[0].result

    @property
    def reads_bits(self) -> bool:
        """Whether the input is bits that stand for −1 and 1."""
        return self.sources[0].is_bits

    def type(self, role: str) -> FixedType:
        """One of the layer's types. C++'s whole-number types drop what is behind the point towards zero."""
        found = self.unit.types[role]
        return replace(found, rounding=Rounding.TRN_ZERO) if is_whole(found) else found

    def refused(self, reason: str, remedy: str) -> NoExactModelError:
        """The error that says why there is no model of this layer."""
        return NoExactModelError(self.node.layer.name, reason, f"{remedy} {OTHERWISE}")

    def whole_words(self) -> None:
        """Refuse a streamed layer that takes its values in other words than its source sends them."""
        if self.streamed and self.unit.lanes_in != self.unit.lanes:
            raise self.refused(
                "Streamed behind a flattening, hls4ml's own code for this layer reads past the words it gets.",
                "Put it in front of the flattening, or use io_parallel.",
            )
