"""Speech Commands v0.02 as MLPerf Tiny's keyword spotting has it: ten words, unknown words and silence, as cepstra."""

import tarfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.public.audio import RATE, cepstra, mel_filters_htk, spectrogram, wave_samples
from engine.emulate.stored import DataError

Array = NDArray[Any]

WORDS = ("down", "go", "left", "no", "off", "on", "right", "stop", "up", "yes")
CLASSES = (*WORDS, "silence", "unknown")
_UNKNOWN, _SILENCE = CLASSES.index("unknown"), CLASSES.index("silence")
_NOISES = "_background_noise_"
_LISTS = {"validation": "validation_list.txt", "test": "testing_list.txt"}
_LENGTH, _STEP, _SIZE = 480, 320, 512
"""Samples of a frame (30 ms), from one frame to the next (20 ms), and of its transform."""
_BANDS, _KEPT = 40, 10
_RARE = 28
"""One in so many clips of other words is an unknown one: as many as of any word, about."""
_SPLIT_SHARES = (("validation", 10), ("test", 20), ("train", 100))
"""Percent, added up, by which silence is shared out, which no list names."""


def speech_arrays(archive: Path) -> Mapping[str, Array]:
    """`x_train` (samples, 49, 10) and so on for `validation` and `test`, with `y_...`. Raises DataError."""
    features: dict[str, tuple[Array, int]] = {}
    listed: dict[str, str] = {}
    for name, data in _files(archive):
        if name in _LISTS.values():
            split = next(each for each, file in _LISTS.items() if file == name)
            listed |= dict.fromkeys(data.decode().split(), split)
        elif name.endswith(".wav"):
            features |= dict(_clips(name, data))
    if len(set(listed.values())) != len(_LISTS):
        raise DataError(f"There are no lists of the splits in {archive.name}. Fetch it again.")
    arrays: dict[str, Array] = {}
    for split in ("train", "validation", "test"):
        mine = [found for name, found in sorted(features.items()) if _split(name, listed) == split]
        if not mine:
            raise DataError(f"There are no sounds for the split '{split}' in {archive.name}. Fetch it again.")
        arrays[f"x_{split}"] = np.stack([values for values, _ in mine])
        arrays[f"y_{split}"] = np.array([label for _, label in mine], np.uint8)
    return arrays


def _files(archive: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(archive, "r|gz") as packed:
            for member in packed:
                file = packed.extractfile(member) if member.isfile() else None
                if file is not None:
                    yield member.name.removeprefix("./"), file.read()
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise DataError(f"{archive.name} is damaged ({error}). Fetch it again.") from error


def _clips(name: str, data: bytes) -> Iterator[tuple[str, tuple[Array, int]]]:
    """Name, features and label of a clip; of a noise, one for each of its seconds. Most other words are left out."""
    folder, _, file = name.partition("/")
    if folder == _NOISES:
        sound = wave_samples(data, name)
        for second in range(len(sound) // RATE):
            yield f"{name}#{second}", (_features(sound[second * RATE : (second + 1) * RATE]), _SILENCE)
    elif folder in WORDS:
        yield name, (_features(wave_samples(data, name)), WORDS.index(folder))
    elif zlib.crc32(file.encode()) % _RARE == 0:
        yield name, (_features(wave_samples(data, name)), _UNKNOWN)


def _features(sound: Array) -> Array:
    """(49, 10) of one second; what is shorter is followed by silence."""
    second = np.zeros(RATE, np.float32)
    second[: len(sound)] = sound[:RATE]
    seen = spectrogram(second, _LENGTH, _STEP, _SIZE, 1.0) @ mel_filters_htk(_BANDS, _SIZE // 2 + 1, 20.0, 4000.0)
    return cepstra(np.log(seen + 1e-6), _KEPT).astype(np.float32)


def _split(name: str, listed: Mapping[str, str]) -> str:
    """By the set's own lists; silence by its name."""
    if not name.startswith(_NOISES):
        return listed.get(name, "train")
    place = zlib.crc32(name.encode()) % 100
    return next(split for split, below in _SPLIT_SHARES if place < below)
