"""Keras's callback for a phase: live numbers, pause, checkpoints, the best weights, and the end of bad trainings."""

import math
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tf_keras.callbacks import Callback

from engine.training.checkpoint import Checkpoint, Point
from engine.training.keras.pruning import first_whole
from engine.training.settings import TrainingSettings
from engine.training.watched import TELL_SECONDS, Watched

Array = NDArray[Any]


class Watch(Callback):  # type: ignore[misc]
    """After the training: `epochs` run, `best_epoch`, why it `stopped` early or '', and whether it `diverged`."""

    # Logs come as tensors then: only those that are told wait for their step.
    _supports_tf_logs = True

    def __init__(
        self,
        model: Any,
        optimizer: Any,
        settings: TrainingSettings,
        steps: int,
        watched: Watched,
        checkpoint: Checkpoint,
    ) -> None:
        super().__init__()
        self.epochs, self.best_epoch, self.stopped, self.diverged = 0, -1, "", False
        self._trained, self._optimizer, self._settings, self._steps = model, optimizer, settings, steps
        self._watched, self._checkpoint = watched, checkpoint
        self._best: list[Array] = model.get_weights()
        self._best_score = -math.inf
        self._epoch, self._next = 0, 0.0

    def resume(self) -> int:
        """Take up the state after the last epoch of a checkpoint; return the epoch to begin with."""
        phase = self._watched.phase
        state = self._checkpoint.kept(f"{phase}-state", self._state(0))
        best = self._checkpoint.kept(f"{phase}-best", [*self._best, np.zeros(2)])
        self._checkpoint.go_on(phase, 0 if state is None or best is None else int(state[0][0]))
        if state is None or best is None:
            return 0
        for variable, value in zip(self._optimizer.variables, state[1 + len(self._best) :], strict=True):
            variable.assign(np.asarray(value, variable.dtype.as_numpy_dtype))
        self._trained.set_weights(state[1 : 1 + len(self._best)])
        self._best, (self._best_score, place) = best[:-1], best[-1]
        self.best_epoch, self.epochs = int(place), int(state[0][0])
        return self.epochs

    def judge_start(self, numbers: dict[str, float]) -> None:
        """Take the weights from before for the best so far, by what they reach on the validation samples."""
        if self.epochs == 0 and not self._settings.sparsity:
            accuracy = numbers.get("accuracy")
            self._best_score = -numbers["loss"] if accuracy is None else accuracy

    def restore(self) -> None:
        """Give the model the best weights."""
        if self.best_epoch < 0 and not self.stopped:
            self.stopped = "No epoch did better on the validation samples than the weights from before: these stay."
        self._trained.set_weights(self._best)

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Say so."""
        self._epoch = epoch
        self._watched.begin(epoch)

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Now and then tell the loss."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + TELL_SECONDS
        loss = float(logs["loss"])
        if not math.isfinite(loss):
            self._give_up(loss)
            return
        self._watched.step(self._epoch + (batch + 1) / self._steps, loss)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Keep what can be gone on with, unless it is of no use."""
        numbers = {name: float(value) for name, value in (logs or {}).items()}
        if not all(map(math.isfinite, numbers.values())):
            self._give_up(numbers["loss"])
        if self.diverged:
            return
        self.epochs = epoch + 1
        point = Point(
            self._watched.phase,
            epoch,
            numbers["loss"],
            numbers.get("val_loss"),
            numbers.get("accuracy"),
            numbers.get("val_accuracy"),
        )
        self._judge(point)
        self._checkpoint.append(point)
        self._checkpoint.keep(f"{self._watched.phase}-state", self._state(self.epochs))
        self._watched.end(point)

    def _judge(self, point: Point) -> None:
        """Keep weights that are at least as good as the best so far; stop when none have been for long."""
        score = _score(point) if point.epoch >= first_whole(self._settings) else -math.inf
        # Of equally good weights the later ones: they have been trained for longer.
        if score >= self._best_score:
            self._best, self._best_score, self.best_epoch = self._trained.get_weights(), score, point.epoch
            best = [*self._best, np.array([score, point.epoch])]
            self._checkpoint.keep(f"{self._watched.phase}-best", best)
        patience = self._settings.patience
        if patience and point.epoch - self.best_epoch >= patience:
            self.stopped = f"No better for {patience} epochs."
            self._trained.stop_training = True

    def _give_up(self, loss: float) -> None:
        self.diverged = True
        kept = f"those after epoch {self.best_epoch + 1}" if self.best_epoch >= 0 else "those from before"
        self.stopped = (
            f"The training diverged in epoch {self._epoch + 1}: its loss became {loss}. The weights are {kept}. "
            "Train with a lower learning rate, or give the types more bits in front of the point."
        )
        self._trained.stop_training = True

    def _state(self, epochs: int) -> list[Array]:
        """Everything that training moves."""
        optimizer = [variable.numpy() for variable in self._optimizer.variables]
        return [np.array([float(epochs)]), *self._trained.get_weights(), *optimizer]


def _score(point: Point) -> float:
    """The higher the better: accuracy first, then loss; of the validation where there is one."""
    accuracy = point.accuracy if point.validation_accuracy is None else point.validation_accuracy
    loss = point.loss if point.validation_loss is None else point.validation_loss
    return -loss if accuracy is None else accuracy
