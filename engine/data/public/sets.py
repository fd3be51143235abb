"""Which public sets can be fetched: where from, how one knows that they came whole, and how they are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from engine.data.public.cifar import cifar_arrays
from engine.data.public.jets import jet_arrays
from engine.data.public.openml import listed_by_openml

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Download:
    """A file to fetch: address, and its digest as `md5:...` or `sha256:...`."""

    url: str
    digest: str


@dataclass(frozen=True, slots=True)
class PublicSet:
    """One set: `find` says which file is fetched, `arrays` what becomes of it, in the names of a data set's file.

    `shape` is that of a sample, `size_mb` what is fetched (None: the page does not say), `source` the page that tells
    about the set, `classes` the names of labels.
    """

    id: str
    title: str
    what: str
    shape: tuple[int, ...]
    size_mb: int | None
    source: str
    classes: tuple[str, ...]
    find: Callable[[], Download]
    arrays: Callable[[Path], Mapping[str, Array]]
    scale: float = 1.0
    """What stored values are multiplied by when they are read."""


def _cifar() -> Download:
    digest = "sha256:c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"
    return Download("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz", digest)


def _jets() -> Download:
    return Download(*listed_by_openml(42468))


_ALL = (
    PublicSet(
        "cifar-10",
        "CIFAR-10",
        "32×32 pixels in colour, 10 classes, 60,000 samples",
        (32, 32, 3),
        170,
        "https://www.cs.toronto.edu/~kriz/cifar.html",
        ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
        _cifar,
        cifar_arrays,
        1 / 255,
    ),
    PublicSet(
        "lhc-jets",
        "LHC jets",
        "16 features of a jet, standardised, 5 classes, 830,000 samples",
        (16,),
        None,
        "https://www.openml.org/d/42468",
        ("g", "q", "t", "w", "z"),
        _jets,
        jet_arrays,
    ),
)
PUBLIC = {each.id: each for each in _ALL}
"""By id."""
