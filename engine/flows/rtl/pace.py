"""How fast a design is at best, and how many values at once keep up with that."""

from math import prod

from engine.emulate.exact.lookups import Softmax
from engine.emulate.exact.merging import Dot
from engine.emulate.exact.products import Sum
from engine.emulate.exact.stage import Specification, Stage


def pace(specification: Specification) -> int:
    """Cycles from frame to frame that the slowest of the layers with products needs."""
    return max(map(cycles, specification.stages), default=1)


def lanes(values: int, within: int) -> int:
    """As few values a word as bring all of a frame within some cycles."""
    return next(count for count in range(1, values + 1) if values % count == 0 and values // count <= within)


def cycles(stage: Stage) -> int:
    """Cycles that a layer with products needs for a frame; 1 for others."""
    operation = stage.operation
    if isinstance(operation, Sum):
        n_out: int = operation.weights.codes.shape[-1]
        return prod(stage.shape) // n_out * max(stage.reuse_factors, default=1)
    if isinstance(operation, Softmax | Dot):
        return prod(stage.input_shapes[0])
    return 1
