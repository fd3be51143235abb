"""What the hardware of a design computes, bit for bit as hls4ml's compiled C++ does, without a compiler."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.design import Design
from engine.emulate.data import Samples
from engine.emulate.exact.evaluate import Kept, run
from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.hls4ml.exact.lower import Lowering
from engine.network import TensorStore

__all__ = ["Evaluation", "Evaluator", "NoExactModelError", "evaluate"]

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Arrays (samples, *shape), float64, by the user's layers; `traces` holds those asked for that are built, `types`
    how these are spelled."""

    outputs: Mapping[str, Array]
    traces: Mapping[str, Array]
    types: Mapping[str, str]


def evaluate(design: Design, tensors: TensorStore, samples: Samples, *, traces: bool = False) -> Evaluation:
    """The outputs of one design, with `traces` those of every layer that is built.

    Raises NoExactModelError, naming the layer, for what has no bit-exact model; MissingTensorError without weights.
    """
    return Evaluator(tensors, samples).evaluate(design, traces=traces)


class Evaluator:
    """Evaluates one design after the other on the same samples; only what an edit changed is computed again."""

    def __init__(self, tensors: TensorStore, samples: Samples) -> None:
        self.kept = Kept()
        self._lowering = Lowering(tensors)
        self._inputs = {name: np.asarray(values, np.float64) for name, values in samples.inputs.items()}

    def evaluate(self, design: Design, *, traces: bool = False) -> Evaluation:
        """As the function `evaluate`."""
        specification = self._lowering.lower(design)
        ends = specification.ends() if traces else {}
        found = run(specification, self._inputs, {*specification.outputs.values(), *ends.values()}, self.kept)
        return Evaluation(
            {layer: found[stage] for layer, stage in specification.outputs.items()},
            {layer: found[stage] for layer, stage in ends.items()},
            {layer: specification.by_name[stage].result.canonical for layer, stage in ends.items()},
        )
