"""Pruning by TensorFlow Model Optimization: the smallest weights of each kernel become and stay zero."""

import math
from collections.abc import Callable
from typing import Any

from engine.training.settings import TrainingSettings

_DONE = 0.75
"""Share of the training after which no more weights become zero: the others settle in the rest."""


def first_whole(settings: TrainingSettings) -> int:
    """The first epoch, counted from 0, after which all weights are zero that shall be."""
    return min(math.ceil(_DONE * settings.epochs), settings.epochs - 1) if settings.sparsity else 0


def pruner(settings: TrainingSettings, samples: int) -> Callable[[Any], Any] | None:
    """What wraps a layer so that its kernel is pruned; None where nothing is to be."""
    if not settings.sparsity:
        return None
    # Loaded where it is wanted only: it takes a second.
    from tensorflow_model_optimization.sparsity.keras import PolynomialDecay, prune_low_magnitude

    steps = math.ceil(samples / settings.batch)
    every = max(steps // 2, 1)
    # Masks are renewed at every so many steps only: the last of these has the whole sparsity.
    end = max(math.floor(_DONE * steps * settings.epochs / every), 1) * every

    def wrap(layer: Any) -> Any:
        schedule = PolynomialDecay(0.0, settings.sparsity, 0, end, frequency=every)
        return prune_low_magnitude(layer, pruning_schedule=schedule)

    return wrap


def pruning_callbacks() -> list[Any]:
    """What a fit of pruned layers needs."""
    from tensorflow_model_optimization.sparsity.keras import UpdatePruningStep

    return [UpdatePruningStep()]
