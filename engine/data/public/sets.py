"""Which public sets can be fetched: where from, how one knows that they came whole, and how they are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from engine.data.public import machines, speech
from engine.data.public.cifar import cifar_arrays
from engine.data.public.jets import jet_arrays
from engine.data.public.openml import listed_by_openml
from engine.data.public.zenodo import listed_by_zenodo

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
    file: str
    """What the fetched file is called here."""
    classes: tuple[str, ...]
    find: Callable[[], Download]
    arrays: Callable[[Path], Mapping[str, Array]]
    scale: float = 1.0
    """What stored values are multiplied by when they are read."""
    forms: Mapping[int, Callable[[Array], Array]] = field(default_factory=dict)
    """Other numbers of values that a sample can have, with the way there from stored samples."""


def _cifar() -> Download:
    digest = "sha256:c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"
    return Download("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz", digest)


def _jets() -> Download:
    return Download(*listed_by_openml(42468))


def _speech() -> Download:
    digest = "sha256:af14739ee7dc311471de98f5f9d2c9191b18aedfe957f4a6ff791c709868ff58"
    host = "https://storage.googleapis.com/download.tensorflow.org"
    return Download(f"{host}/data/speech_commands_v0.02.tar.gz", digest)


def _machines() -> Download:
    return Download(*listed_by_zenodo(3678171, "dev_data_ToyCar.zip"))


_ALL = (
    PublicSet(
        "cifar-10",
        "CIFAR-10",
        "32×32 pixels in colour, 10 classes, 60,000 samples",
        (32, 32, 3),
        170,
        "https://www.cs.toronto.edu/~kriz/cifar.html",
        "cifar-10-binary.tar.gz",
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
        "lhc-jets.arff",
        ("g", "q", "t", "w", "z"),
        _jets,
        jet_arrays,
    ),
    PublicSet(
        "speech-commands",
        "Speech Commands",
        "49 frames of 10 cepstra, ten words, unknown and silence",
        (49, 10),
        2429,
        "https://arxiv.org/abs/1804.03209",
        "speech_commands_v0.02.tar.gz",
        speech.CLASSES,
        _speech,
        speech.speech_arrays,
    ),
    PublicSet(
        "toyadmos-car",
        "ToyADMOS car",
        "640 mel bands in decibels, five frames, or the 64 and 128 of AD08 and before; half of the test is odd",
        (640,),
        None,
        "https://zenodo.org/records/3678171",
        "dev_data_ToyCar.zip",
        machines.CLASSES,
        _machines,
        machines.machine_arrays,
        forms={size: partial(machines.shortened, size=size) for size in machines.SHORT_FORMS},
    ),
)
PUBLIC = {each.id: each for each in _ALL}
"""By id."""
