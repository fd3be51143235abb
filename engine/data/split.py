"""Samples shared out among training, validation and testing."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.design import DataReference
from engine.emulate.data import Samples

Array = NDArray[Any]


def shared_out(samples: Samples, reference: DataReference) -> tuple[Samples, Samples, Samples]:
    """Training, validation and test samples by the reference's shares and seed, each class by the same shares."""
    random = np.random.default_rng(reference.seed)
    groups = [np.arange(len(samples))]
    if samples.labels is not None:
        groups = [np.flatnonzero(samples.labels == each) for each in np.unique(samples.labels)]
    cut = [_cut(random.permutation(group), reference) for group in groups]
    train, validation, test = (np.concatenate(parts) for parts in zip(*cut, strict=True))
    return tuple(samples.at(random.permutation(rows)) for rows in (train, validation, test))  # type: ignore[return-value]


def held_out(samples: Samples, reference: DataReference) -> tuple[Samples, Samples]:
    """Training samples of a source with a test split of its own, and of these some for validation."""
    share = reference.validation / max(1 - reference.test, reference.validation, 1e-9)
    rest = DataReference(reference.source, reference.name, seed=reference.seed, validation=share, test=0.0)
    train, validation, _ = shared_out(samples, rest)
    return train, validation


def _cut(rows: Array, reference: DataReference) -> tuple[Array, Array, Array]:
    """Training, validation, test."""
    test = round(reference.test * len(rows))
    validation = min(round(reference.validation * len(rows)), len(rows) - test)
    return rows[test + validation :], rows[test : test + validation], rows[:test]
