"""How good a design is before and after its training: float network, rounded, QKeras model, hardware."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data import DataSet
from engine.data.choice import all_of
from engine.design import Design
from engine.emulate.confidence import wilson
from engine.emulate.data import Samples
from engine.emulate.score import AUC, SCORE_WORDS, score
from engine.emulate.several import parts_of
from engine.emulate.task import restored
from engine.flows.registry import flow
from engine.network import Network, TensorStore
from engine.scan.figure import ACCURACY, AGREEMENT, DIFFERENCE, Figure, figure_of
from engine.training.task import Task

Array = NDArray[Any]

_MEASURES = {ACCURACY: "Accuracy", **SCORE_WORDS}
_CHANCE = 0.5
"""The area under the curve of answers that tell nothing."""
_SPLITS = ("test", "validation", "train")


def interval(figure: Figure) -> str:
    """`96.1 to 98.9 %`, or ends in three figures."""
    if figure.is_share:
        return f"{100 * figure.low:.1f} to {100 * figure.high:.1f} %"
    return f"{figure.low:.3g} to {figure.high:.3g}"


@dataclass(frozen=True, slots=True)
class Scores:
    """None where there is no such figure. `rounded` is the hardware with the weights from before, as they were:
    quantisation after training."""

    float_network: Figure | None = None
    rounded: Figure | None = None
    qkeras: Figure | None = None
    hardware: Figure | None = None

    def to_json(self) -> dict[str, Any]:
        """As a job's result carries them."""
        return asdict(self)

    @property
    def measure(self) -> str:
        """What the figures count."""
        found = self.hardware or self.qkeras
        return _MEASURES[found.kind if found else ACCURACY]

    def summary(self, trouble: str) -> str:
        """The one sentence that matters most."""
        if trouble:
            return trouble
        found = self.hardware or self.qkeras
        return "Trained." if found is None else f"{self.measure} {found.text}{_before(self)}."


TITLES = {
    "float_network": "Float network",
    "rounded": "Hardware, rounded only (PTQ)",
    "qkeras": "QKeras model (QAT)",
    "hardware": "Hardware (QAT)",
}
"""Each of the scores in words."""


def scores_from_json(value: Mapping[str, Any]) -> Scores:
    """What `Scores.to_json` wrote."""
    return Scores(**{name: None if each is None else Figure(**each) for name, each in value.items()})


class Scoring:
    """Judges on the test samples, else on those of the validation, else on the training's; `split` says which.

    All forms of a network are judged alike, by what the budget shows: accuracy, area under the curve, or mean error.
    """

    def __init__(self, folder: Path, data: DataSet, network: Network, task: Task) -> None:
        self.split = next(name for name in _SPLITS if len(getattr(data, name)))
        self.samples = _told_apart(getattr(data, self.split))
        self._network, self._task, self._file = network, task, folder / "samples.npz"
        names = {network.inputs[0]: "x"} if len(network.inputs) == 1 else {}
        arrays = {names.get(name, name): each for name, each in self.samples.inputs.items()}
        np.savez(self._file, allow_pickle=False, **arrays | _answers(self.samples, network))

    def of(self, outputs: Array) -> Figure:
        """Of answers to the samples: (samples, values)."""
        if found := score(self._network, self.samples, outputs, outputs):
            return Figure(found["kind"], found["hardware"], found["low"], found["high"])
        share = self._task.accuracy(outputs, self._task.targets(self.samples))
        return Figure(ACCURACY, share, *wilson(share, len(self.samples)))

    def is_guessing(self, found: Figure, training: Samples) -> bool:
        """Whether a figure is no better than that of always answering the same: the mean of what was taught."""
        if found.kind == AUC:
            return found.low <= _CHANCE
        same = self._task.targets(training).mean(axis=0)
        guess = self.of(np.broadcast_to(same, (len(self.samples), len(same))))
        return found.low <= guess.value if found.is_share else found.value >= guess.value

    def hardware(self, design: Design, tensors: TensorStore) -> Figure | None:
        """Of the design, bit for bit; None where its flow cannot say."""
        on_these = replace(design, data=all_of(self._file))
        try:
            found = figure_of(flow(design.target.flow).comparer(tensors).compare(on_these, most=len(self.samples)))
        except ValueError:
            return None
        return None if found.kind in (AGREEMENT, DIFFERENCE) else found


def _told_apart(samples: Samples) -> Samples:
    """Without labels where all are alike and there are values to compare with: no area lies under such a curve."""
    if samples.targets is None or samples.labels is None or len(np.unique(samples.labels)) > 1:
        return samples
    return replace(samples, labels=None)


def _answers(samples: Samples, network: Network) -> dict[str, Array]:
    """What a file says of the samples besides their inputs: an autoencoder's targets are these."""
    if samples.choices and samples.targets is not None:
        return {part.name: part.of(samples.targets) for part in parts_of(network)}
    if samples.labels is not None:
        return {"y": samples.labels}
    given = restored(samples.inputs, network)
    if samples.targets is None or (given is not None and np.array_equal(given, samples.targets)):
        return {}
    return {"y": samples.targets}


def _before(scores: Scores) -> str:
    parts = [("rounded after training", scores.rounded), ("float network", scores.float_network)]
    known = [f"{name} {score.text}" for name, score in parts if score is not None]
    return f" ({', '.join(known)})" if known else ""
