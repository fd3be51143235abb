"""Which function writes which operation of the integer specification."""

from collections.abc import Callable
from typing import Any

from engine.emulate.exact.stage import Operation, Stage
from engine.writers.onnx.sketch import Sketch, Value

Writer = Callable[[Sketch, Stage, Any, list[Value]], Value]
_WRITERS: dict[type[Operation], Writer] = {}


class NotWrittenError(ValueError):
    """A layer that cannot be written: which, why, and what would do."""


def writes(kind: type[Operation]) -> Callable[[Writer], Writer]:
    """Decorator: this function writes an operation; what it yields is cast to the stage's type afterwards."""

    def register(writer: Writer) -> Writer:
        _WRITERS[kind] = writer
        return writer

    return register


def write_stage(sketch: Sketch, stage: Stage, inputs: list[Value]) -> Value:
    """The stage's operations, its type not yet kept. Raises NotWrittenError."""
    writer = _WRITERS.get(type(stage.operation))
    if writer is None:
        raise NotWrittenError(f"'{stage.name}' has no counterpart in QONNX. Export the hls4ml project instead.")
    return writer(sketch, stage, stage.operation, inputs)
