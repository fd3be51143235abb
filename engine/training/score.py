"""How good a design is before and after its training: float network, rounded, QKeras model, hardware."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data import DataSet
from engine.design import Design
from engine.emulate.confidence import wilson
from engine.emulate.data import Samples
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.training.task import Task

Array = NDArray[Any]

_SPLITS = ("test", "validation", "train")


@dataclass(frozen=True, slots=True)
class Score:
    """A share of right answers with its 90 % interval, or a mean square error without one."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def text(self) -> str:
        """`97.8 %`, or an error in four figures."""
        return f"{self.value:.4g}" if self.low is None else f"{100 * self.value:.1f} %"

    def holds(self, value: float) -> bool:
        """Whether a value lies within the interval; never without one."""
        return self.low is not None and self.high is not None and self.low <= value <= self.high

    @property
    def interval(self) -> str:
        """`96.1 to 98.9 %`; '' without one."""
        if self.low is None or self.high is None:
            return ""
        return f"{100 * self.low:.1f} to {100 * self.high:.1f} %"


@dataclass(frozen=True, slots=True)
class Scores:
    """None where there is no such figure. `rounded` is the hardware with the weights from before, as they were:
    quantisation after training."""

    float_network: Score | None = None
    rounded: Score | None = None
    qkeras: Score | None = None
    hardware: Score | None = None

    def to_json(self) -> dict[str, Any]:
        """As a job's result carries them."""
        return asdict(self)

    def summary(self, trouble: str) -> str:
        """The one sentence that matters most."""
        if trouble:
            return trouble
        found = self.hardware or self.qkeras
        if found is None:
            return "Trained."
        kind = "Mean square error" if found.low is None else "Accuracy"
        return f"{kind} {found.text}{_before(self)}."


TITLES = {
    "float_network": "Float network",
    "rounded": "Hardware, rounded only (PTQ)",
    "qkeras": "QKeras model (QAT)",
    "hardware": "Hardware (QAT)",
}
"""Each of the scores in words."""


def scores_from_json(value: Mapping[str, Any]) -> Scores:
    """What `Scores.to_json` wrote."""
    return Scores(**{name: None if each is None else Score(**each) for name, each in value.items()})


class Scoring:
    """Judges on the test samples, else on those of the validation, else on the training's; `split` says which."""

    def __init__(self, folder: Path, data: DataSet, task: Task) -> None:
        self.split = next(name for name in _SPLITS if len(getattr(data, name)))
        self.samples: Samples = getattr(data, self.split)
        self._task, self._file = task, folder / "samples.npz"
        arrays = {**self.samples.inputs} | ({} if self.samples.labels is None else {"y": self.samples.labels})
        np.savez(self._file, allow_pickle=False, **arrays)

    def of(self, outputs: Array) -> Score:
        """Of answers to the samples."""
        targets = self._task.targets(self.samples)
        if not self._task.has_accuracy:
            return Score(float(np.mean((outputs - targets) ** 2)))
        share = self._task.accuracy(outputs, targets)
        return Score(share, *wilson(share, len(targets)))

    def hardware(self, design: Design, tensors: TensorStore) -> Score | None:
        """Of the design, bit for bit; None where its flow cannot say."""
        try:
            found = flow(design.target.flow).comparer(tensors).compare(design, self._file, len(self.samples))
        except ValueError:
            return None
        shares = found["accuracy"]
        return None if shares is None else Score(shares["hardware"], shares["low"], shares["high"])


def _before(scores: Scores) -> str:
    parts = [("rounded after training", scores.rounded), ("float network", scores.float_network)]
    known = [f"{name} {score.text}" for name, score in parts if score is not None]
    return f" ({', '.join(known)})" if known else ""
