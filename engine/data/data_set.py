"""A data set as a value: three splits that share no sample."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.emulate.data import Samples

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class DataSet:
    """Samples that fit a network, inputs as float32; a split may be empty.

    `labels` of the samples count from 0; `classes` are their names, empty where there are no labels. `source` says in
    words where the data come from, `own_splits` names the splits that it has made itself.
    """

    name: str
    source: str
    train: Samples
    validation: Samples
    test: Samples
    classes: tuple[str, ...] = ()
    own_splits: tuple[str, ...] = ()

    @property
    def splits(self) -> Iterator[tuple[str, Samples]]:
        """Name and samples of each split."""
        return ((name, getattr(self, name)) for name in SPLITS)
