"""What training makes small: the distance to the right answers, and to a teacher's."""

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tf_keras.losses import binary_crossentropy, categorical_crossentropy

from engine.training.task import PROBABILITIES, SHARES, VALUES, Task

Tensor = Any
Array = NDArray[Any]
Function = Callable[[Tensor, Tensor], Tensor]


def loss_of(task: Task, teacher: float) -> Function:
    """The loss of targets that `with_teacher` made; (1 − teacher) · loss + teacher · mean square of the difference.

    Source of the sum: Tailor (arXiv 2301.07247), which takes 0.35.
    """
    plain = _plain(task)
    if not teacher:
        return plain

    def mixed(targets: Tensor, outputs: Tensor) -> Tensor:
        right, taught = targets[:, : task.outputs], targets[:, task.outputs :]
        difference = tf.reduce_mean(tf.square(outputs - taught), axis=-1)
        return (1 - teacher) * plain(right, outputs) + teacher * difference

    return mixed


def with_teacher(targets: Array, taught: Array | None) -> Array:
    """Targets with the teacher's answers behind them."""
    return targets if taught is None else np.concatenate([targets, taught.reshape(len(targets), -1)], axis=1)


def accuracy_of(task: Task) -> Function:
    """Share of right answers in a batch."""

    def accuracy(targets: Tensor, outputs: Tensor) -> Tensor:
        return _right(task, targets[:, : task.outputs], outputs)

    return accuracy


def _right(task: Task, right: Tensor, outputs: Tensor) -> Tensor:
    """1 for each sample that is answered rightly, else 0; of several outputs the mean."""
    if task.parts:
        chosen = [(part, each) for part, each in task.parts if each.has_accuracy]
        return tf.reduce_mean([_right(each, part.of(right), part.of(outputs)) for part, each in chosen], axis=0)
    if task.outputs == 1:
        middle = 0.5 if task.kind == SHARES else 0.0
        return tf.reshape(tf.cast(tf.equal(outputs > middle, right > 0.5), tf.float32), [-1])
    return tf.cast(tf.equal(tf.argmax(outputs, axis=-1), tf.argmax(right, axis=-1)), tf.float32)


def _plain(task: Task) -> Function:
    if task.parts:
        losses = [(part, _plain(each)) for part, each in task.parts]
        return lambda targets, outputs: tf.add_n([loss(part.of(targets), part.of(outputs)) for part, loss in losses])
    if task.kind == VALUES:
        return lambda targets, outputs: tf.reduce_mean(tf.square(outputs - targets), axis=-1)
    if task.kind == SHARES:
        return lambda targets, outputs: binary_crossentropy(targets, outputs)
    if task.outputs == 1:
        return lambda targets, outputs: binary_crossentropy(targets, outputs, from_logits=True)
    logits = task.kind != PROBABILITIES
    return lambda targets, outputs: categorical_crossentropy(targets, outputs, from_logits=logits)
