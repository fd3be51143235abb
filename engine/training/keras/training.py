"""A whole training: the float network first where that is asked for, then the hardware's arithmetic, then the score."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import tf_keras
from numpy.typing import NDArray

from engine.data import DataSet
from engine.design import RESULT, Design
from engine.emulate.data import Samples
from engine.flows.registry import flow
from engine.jobs.reporter import Reporter
from engine.network import TensorStore
from engine.precision import FixedType
from engine.precision.cast import cast
from engine.training.checkpoint import Checkpoint
from engine.training.differences import differences
from engine.training.edit import stored, with_trained
from engine.training.held import Arithmetic
from engine.training.keras.fit import Examples, Outcome, fit
from engine.training.keras.losses import with_teacher
from engine.training.keras.model import Built, exact_model, float_model, present_model
from engine.training.keras.pruning import pruner
from engine.training.keras.weights import Weights, load_weights, stored_weights, weights_of
from engine.training.score import Scores, Scoring
from engine.training.settings import Start, TrainingSettings
from engine.training.settled import settled
from engine.training.task import Task, task_of
from engine.training.watched import Watched

Array = NDArray[Any]

FLOAT, EXACT = "float", "quantised"
"""The phases, as curves and checkpoints name them."""
_AT_ONCE = 1024
_GUESSING = (
    "It answers no better than always with the same: train with another learning rate, for longer, or give the types "
    "more bits."
)


class Training:
    """One training of one design; `run` does it."""

    def __init__(
        self, reporter: Reporter, design: Design, data: DataSet, tensors: TensorStore, settings: TrainingSettings
    ) -> None:
        self._reporter, self._design, self._data = reporter, design, data
        self._tensors, self._settings = tensors, settings
        self._task: Task = task_of(design.network, data.train)
        self._checkpoint = Checkpoint(reporter.folder)
        self._store = TensorStore(reporter.folder / "tensors")
        self._outcomes: dict[str, Outcome] = {}

    def run(self, resume: Path | None) -> dict[str, Any]:
        """Train; the result as the job gives it. Raises NotTrainableError."""
        tf_keras.backend.clear_session()
        tf_keras.utils.set_random_seed(self._settings.seed)
        if resume is not None:
            self._checkpoint.copy_from(Checkpoint(resume))
        before = self._before()
        exact = exact_model(self._design, pruner(self._settings, len(self._data.train)))
        load_weights(exact, before)
        if not self._diverged:
            self._fit(exact, EXACT, self._taught(before))
        after = self._settle(weights_of(exact))
        load_weights(exact, after)
        return self._result(before, after, exact)

    @property
    def _diverged(self) -> bool:
        return any(outcome.diverged for outcome in self._outcomes.values())

    def _before(self) -> Weights:
        """The weights to start from."""
        if self._settings.start is Start.PRESENT:
            return stored_weights(self._design.network, self._tensors)
        built = float_model(self._design.network)
        if self._settings.start is Start.FLOAT:
            self._fit(built, FLOAT, None)
        return weights_of(built)

    def _reference(self, weights: Weights) -> Built:
        """The float network with the weights that were started from; quantised as it came, if it came so."""
        present = self._settings.start is Start.PRESENT
        built = (present_model if present else float_model)(self._design.network)
        load_weights(built, weights)
        return built

    def _taught(self, weights: Weights) -> tuple[Array, Array] | None:
        """What the float network answers to training and validation samples, for a loss with a teacher."""
        if not self._settings.teacher:
            return None
        teacher = self._reference(weights)
        return (
            _answers(teacher, self._inputs(self._data.train, raw=True)),
            _answers(teacher, self._inputs(self._data.validation, raw=True)),
        )

    def _fit(self, built: Built, phase: str, taught: tuple[Array, Array] | None) -> None:
        two = self._settings.start is Start.FLOAT
        part = (0.0, 0.45) if phase == FLOAT else (0.5 if two else 0.0, 0.95)
        title = "Training the float network" if phase == FLOAT else "Training with the hardware's arithmetic"
        watched = Watched(self._reporter, phase, title, self._settings.epochs, part)
        raw, answers = phase == FLOAT, taught or (None, None)
        examples = (
            self._examples(self._data.train, answers[0], raw),
            self._examples(self._data.validation, answers[1], raw),
        )
        # The float network is neither taught nor pruned.
        settings = replace(self._settings, teacher=0.0, sparsity=0.0) if raw else self._settings
        self._outcomes[phase] = fit(built, examples, self._task, settings, watched, self._checkpoint)

    def _examples(self, samples: Samples, taught: Array | None, raw: bool) -> Examples:
        return Examples(self._inputs(samples, raw), with_teacher(self._task.targets(samples), taught))

    def _inputs(self, samples: Samples, raw: bool) -> dict[str, Array]:
        """Samples as they enter: as they are, or as the input's type holds them."""
        shapes = self._design.network.shapes
        arrays = {name: each.reshape(-1, *(shapes[name] or ())) for name, each in samples.inputs.items()}
        return {name: each if raw else self._entered(name, each) for name, each in arrays.items()}

    def _entered(self, name: str, values: Array) -> Array:
        effective = flow(self._design.target.flow).resolve(self._design, name, RESULT)
        if effective is None or not isinstance(effective.value, FixedType):
            return values
        return cast(values, effective.value).astype(np.float32)

    def _settle(self, weights: Weights) -> Weights:
        arithmetic, network = Arithmetic(self._design), self._design.network
        found = dict(weights)
        for (name, role), values in weights.items():
            held = arithmetic.weight(network[name], role)
            if held.type is not None and held.quantizer is None and not arithmetic.norm_in(network[name]):
                found[name, role] = settled(values, held.type)
        return found

    def _result(self, before: Weights, after: Weights, exact: Built) -> dict[str, Any]:
        self._reporter.phase("Evaluating bit for bit")
        scoring = Scoring(self._reporter.folder, self._data, self._design.network, self._task)
        qkeras = scoring.of(_answers(exact, self._inputs(scoring.samples, raw=False)))
        scores = Scores(qkeras=qkeras)
        if self._settings.start is not Start.SCRATCH:
            plain = self._reference(before)
            ptq = with_trained(self._design, stored(before, self._store))
            scores = replace(
                scores,
                float_network=scoring.of(_answers(plain, self._inputs(scoring.samples, raw=True))),
                rounded=scoring.hardware(ptq, self._store),
            )
        weights = stored(after, self._store)
        design = with_trained(self._design, weights)
        scores = replace(scores, hardware=scoring.hardware(design, self._store))
        stopped = [outcome.stopped for outcome in self._outcomes.values() if outcome.stopped]
        guesses = not self._diverged and scoring.is_guessing(qkeras, self._data.train)
        notes = [*stopped, *_pruned(after, exact), *([_GUESSING] if guesses else [])]
        return {
            "summary": scores.summary(" ".join(stopped) if self._diverged else ""),
            "scores": scores.to_json(),
            "samples": len(scoring.samples),
            "split": scoring.split,
            "epochs": {phase: each.epochs for phase, each in self._outcomes.items()},
            "best_epoch": {phase: each.best + 1 for phase, each in self._outcomes.items()},
            "notes": " ".join(notes),
            "diverged": self._diverged,
            "guesses": guesses,
            "differences": list(differences(self._design)),
            "weights": [each.to_json() for each in weights],
        }


def _pruned(weights: Weights, built: Built) -> list[str]:
    """What became of kernels that were to have zeros."""
    if not built.masks:
        return []
    zeros = sum(int(np.sum(weights[role] == 0)) for role in built.masks)
    return [
        f"{zeros / sum(weights[role].size for role in built.masks):.0%} of the kernels are zero.".replace("%", " %")
    ]


def _answers(built: Built, inputs: dict[str, Array]) -> Array:
    if not len(next(iter(inputs.values()))):
        return np.zeros((0, int(np.prod(built.model.output_shape[1:]))), np.float32)
    found: Array = built.model.predict(inputs, batch_size=_AT_ONCE, verbose=0)
    return found.reshape(len(found), -1)
