"""One phase of a training: epochs until they are done, nothing gets better, or the loss is no number any more."""

import math
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray
from tf_keras import optimizers
from tf_keras.optimizers.schedules import CosineDecay

from engine.training.checkpoint import Checkpoint
from engine.training.keras.losses import accuracy_of, loss_of
from engine.training.keras.model import Built
from engine.training.keras.pruning import pruning_callbacks
from engine.training.keras.watch import Watch
from engine.training.settings import TrainingSettings
from engine.training.task import Task
from engine.training.watched import Watched

Array = NDArray[Any]
Arrays = dict[str, Array]

_LOWEST_RATE = 0.01
_JUDGED_AT_ONCE = 1024
_OPTIMIZERS = {"adam": optimizers.Adam, "sgd": optimizers.SGD, "rmsprop": optimizers.RMSprop}
_MOMENTUM = {"sgd": {"momentum": 0.9, "nesterov": True}}


@dataclass(frozen=True, slots=True)
class Examples:
    """Inputs and targets of a split, as the model and its loss take them."""

    inputs: Arrays
    targets: Array

    def __len__(self) -> int:
        return len(self.targets)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a phase ended: epochs run, the one whose weights were kept, and why it stopped early, or ''."""

    epochs: int
    best: int
    stopped: str = ""
    diverged: bool = False


def fit(
    built: Built,
    examples: tuple[Examples, Examples],
    task: Task,
    settings: TrainingSettings,
    watched: Watched,
    checkpoint: Checkpoint,
) -> Outcome:
    """Train on the first examples and judge by the second ones, if there are any.

    Afterwards the model has the weights of its best epoch. It goes on where the checkpoint's phase stopped.
    """
    (train, validation), model = examples, built.model
    steps = math.ceil(len(train) / settings.batch)
    optimizer = _optimizer(settings, steps)
    optimizer.build(model.trainable_variables)
    metrics = [accuracy_of(task)] if task.has_accuracy else []
    model.compile(optimizer, loss_of(task, settings.teacher), metrics=metrics)
    watch = Watch(model, optimizer, settings, steps, watched, checkpoint)
    first = watch.resume()
    if len(validation):
        watch.judge_start(
            model.evaluate(
                validation.inputs, validation.targets, batch_size=_JUDGED_AT_ONCE, verbose=0, return_dict=True
            )
        )
    model.fit(
        train.inputs,
        train.targets,
        batch_size=settings.batch,
        initial_epoch=first,
        epochs=settings.epochs,
        validation_data=(validation.inputs, validation.targets) if len(validation) else None,
        validation_batch_size=_JUDGED_AT_ONCE,
        callbacks=[watch, *(pruning_callbacks() if built.masks else [])],
        verbose=0,
    )
    watch.restore()
    return Outcome(watch.epochs, watch.best_epoch, watch.stopped, watch.diverged)


def _optimizer(settings: TrainingSettings, steps: int) -> Any:
    rate = CosineDecay(float(settings.learning_rate), steps * settings.epochs, alpha=_LOWEST_RATE)
    return _OPTIMIZERS[settings.optimizer](rate, **_MOMENTUM.get(settings.optimizer, {}))
