"""Designs evaluated bit for bit without a compiler, and compared with the float network as an emulation is."""

from pathlib import Path
from typing import Any

from engine.data.choice import Given, samples_for
from engine.design import Design
from engine.emulate.data import Samples
from engine.flows.hls4ml.comparison import (
    TRACED,
    compare_layer,
    compare_output,
    flat,
    judged,
    reference,
    summary,
)
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.hls4ml.golden import Evaluator
from engine.network import Network, TensorStore

MOST = 1000
"""Samples evaluated unless more are asked for: enough to know a share within 2.6 points."""


class Comparer:
    """Compares one design after the other with the float network on the same samples.

    What an edit left alone is not worked out again, in the hardware and in the float network.
    """

    def __init__(self, tensors: TensorStore) -> None:
        self._tensors = tensors
        self._lowering = Lowering(tensors)
        self._key: object = None
        self._run: _Run | None = None

    def compare(self, design: Design, data: Path | None = None, most: int | None = None) -> dict[str, Any]:
        """On samples from a file, else of the design's data set, else of the example, else on made-up ones; at most
        `most`, or MOST.

        The result is an emulate job's without `warnings` and `file`. Raises ValueErrors: NoExactModelError for what
        has no bit-exact model or no weights, DataError for a file that does not fit.
        """
        return self._prepared(design, data or design.data, most or MOST).compare(design)

    def _prepared(self, design: Design, data: Given | None, most: int) -> "_Run":
        """The samples of the design's network with what is kept of them."""
        specification = self._lowering.lower(design)
        types = {layer: specification.by_name[stage].result for layer, stage in specification.entries.items()}
        key = (design.network, data, most, types if data is None else None)
        if self._run is None or self._key != key:
            samples, source = samples_for(design.network, data, most, types)
            self._run, self._key = _Run(design.network, self._tensors, samples, source), key
        return self._run


class _Run:
    """Samples, what the float network makes of them, and what is kept of the hardware's layers."""

    def __init__(self, network: Network, tensors: TensorStore, samples: Samples, source: str) -> None:
        self._samples, self._source = samples, source
        traced = samples.part(0, TRACED)
        self._whole, self._part = Evaluator(tensors, samples), Evaluator(tensors, traced)
        self._expected = reference(network, tensors, samples, network.outputs)
        self._layers = reference(network, tensors, traced, network.order)

    def compare(self, design: Design) -> dict[str, Any]:
        """A design of this network beside it."""
        outputs = {name: flat(values) for name, values in self._whole.evaluate(design).outputs.items()}
        rows = self._rows(design)
        result = {
            "samples": len(self._samples),
            "data": self._source,
            "outputs": [compare_output(name, values, self._expected[name]) for name, values in outputs.items()],
            "trace": rows,
            "untraced": [name for name in design.network.order if name not in {row["name"] for row in rows}],
            "traced_samples": min(TRACED, len(self._samples)),
            **judged(design.network, self._samples, outputs, self._expected),
        }
        return {"summary": summary(result), **result}

    def _rows(self, design: Design) -> list[dict[str, Any]]:
        found = self._part.evaluate(design, traces=True)
        traces = {name: flat(found.traces[name]) for name in design.network.order if name in found.traces}
        return [
            compare_layer(name, values, self._layers[name], found.types[name])
            for name, values in traces.items()
            if values.shape == self._layers[name].shape
        ]
