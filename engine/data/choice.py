"""Which samples a network is judged on: a file's or a data set's, else those that ship with it, else made-up ones."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import resources
from engine.data.load import load_split
from engine.data.sources import CSV_ENDINGS
from engine.design import DataReference, DataSource
from engine.emulate.data import MADE_UP, Samples, load_samples, random_samples
from engine.emulate.stored import DataError
from engine.network import Network
from engine.network.counts import network_counts
from engine.precision import FixedType

MOST = 10_000
"""Samples run of a file of the user's."""

_EXAMPLES = Path(resources.__file__).parent / "examples"
"""Project files, and in `data` samples that their training has not seen, named like the example."""
_SHARED = 0.5
"""Of an example's weights a network must have more than this share to be that example, edited perhaps."""
_SHIPPED_COUNT = 500

_WORK = 2e9
"""Multiply-accumulates that the generated C++ emulates in about a minute."""
_FEWEST_MADE_UP, _MOST_MADE_UP = 20, 1000


Given = Path | DataReference
"""A file, all of whose samples count; or a data set, of which a split does."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Samples, None for made-up ones, and how many of them are run at most."""

    given: Given | None
    count: int

    @property
    def arguments(self) -> dict[str, object]:
        """The same as arguments of an emulate job, which knows the data set of its design."""
        return {"data": str(self.given.absolute()) if isinstance(self.given, Path) else None, "samples": self.count}


def choose_samples(network: Network, given: Given | None = None, looked_at: int = MOST) -> Choice:
    """The samples for a network; those of an example are for the example's own network, told by its weights.

    Raises DataError when a file given does not fit, of which the values of the first `looked_at` samples are read. A
    data set is read where it is used.
    """
    if given is not None:
        if isinstance(given, Path):
            read_samples(given, network, looked_at)
        return Choice(given, MOST)
    shipped = _shipped(network)
    return Choice(None, usual_count(network)) if shipped is None else Choice(shipped, _SHIPPED_COUNT)


def read_samples(given: Given, network: Network, count: int, split: str = "test") -> tuple[Samples, str]:
    """At most `count` samples, of a data set those of a split, and what a result calls them: a path, or words.

    Raises DataError.
    """
    if isinstance(given, Path):
        if given.suffix.lower() not in CSV_ENDINGS:
            return load_samples(given, network, count), str(given)
        return load_split(all_of(given), network, "test", count)[0], str(given)
    found, name = load_split(given, network, split, count)
    return found, f"{name}, {split} split"


def all_of(path: Path) -> DataReference:
    """A file as a data set all of which is for testing."""
    return DataReference(DataSource.FILE, str(path), validation=0.0, test=1.0)


def samples_for(
    network: Network, given: Given | None, most: int, types: Mapping[str, FixedType], split: str = "test"
) -> tuple[Samples, str]:
    """At most `most` of the samples chosen, and what they are called; made-up ones fit the inputs' types."""
    choice = choose_samples(network) if given is None else Choice(given, MOST)
    count = min(choice.count, most)
    if choice.given is None:
        return random_samples(network, types, count), MADE_UP
    return read_samples(choice.given, network, count, split)


def usual_count(network: Network) -> int:
    """How many made-up samples are run: as many as take about a minute, 20 to 1,000."""
    return int(min(max(_WORK / max(network_counts(network).macs, 1), _FEWEST_MADE_UP), _MOST_MADE_UP))


def _shipped(network: Network) -> Path | None:
    """The samples of the example that this network is; None for anybody else's."""
    weights = {ref.digest for layer in network.layers for _, ref in layer.weights}
    for samples in sorted((_EXAMPLES / "data").glob("*.npz")):
        if _is_example(_EXAMPLES / f"{samples.stem}.codesign", weights) and _fits(samples, network):
            return samples
    return None


def _is_example(project: Path, weights: set[str]) -> bool:
    """Whether most of an example's weights, which its file names by their digests, are among these."""
    with zipfile.ZipFile(project) as archive:
        own = {Path(name).stem for name in archive.namelist() if name.startswith("tensors/")}
    return len(own & weights) > _SHARED * len(own)


def _fits(shipped: Path, network: Network) -> bool:
    """Whether the network is still one for these samples: an example may have been edited."""
    try:
        load_samples(shipped, network, _SHIPPED_COUNT)
    except DataError:
        return False
    return True
