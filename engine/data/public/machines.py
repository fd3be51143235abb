"""ToyADMOS's car as MLPerf Tiny's anomaly detection has it: windows of five frames of a mel spectrum, in decibels.

Source: `common.py` of the reference training, and of AD08 in the open division of v0.7, which takes every fourth band
of the first frames of the same windows: of two frames, 64 values.
"""

import sys
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.public.audio import mel_filters_slaney, spectrogram, wave_samples
from engine.emulate.stored import DataError

Array = NDArray[Any]

CLASSES = ("normal", "odd")
_FRAME, _STEP, _BANDS, _FRAMES = 1024, 512, 128, 5
_SPAN = slice(50, 250)
"""Frames of a recording that are looked at: the machine runs, and is not switched off yet."""
_EVERY = 4
SHORT_FORMS = tuple(count * _BANDS // _EVERY for count in (2, 4))
"""Values of a sample of AD08, and of the networks before it."""
_KEPT = 20
"""Windows of a recording, evenly taken: all of them would fill 3 GB."""
_ODD = "anomaly"
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError)


def shortened(windows: Array, size: int) -> Array:
    """(samples, `size`), one of the short forms, of windows (samples, 640)."""
    frames = size * _EVERY // _BANDS
    bands = windows.reshape(-1, _FRAMES, _BANDS)[:, :frames, ::_EVERY]
    return bands.reshape(-1, size)


def machine_arrays(archive: Path) -> Mapping[str, Array]:
    """`x_train` (samples, 640) of normal sounds; `x_test` with `y_test`, 1 for odd ones. Raises DataError."""
    arrays: dict[str, Array] = {}
    try:
        with zipfile.ZipFile(archive) as packed:
            names = sorted(name for name in packed.namelist() if name.endswith(".wav"))
            for split in ("train", "test"):
                mine = [name for name in names if f"/{split}/" in name]
                if not mine:
                    raise DataError(f"There are no sounds for the split '{split}' in {archive.name}. Fetch it again.")
                windows = [_windows(wave_samples(packed.read(name), name), name) for name in mine]
                arrays[f"x_{split}"] = np.concatenate(windows)
                odd = [_ODD in name.rpartition("/")[2] for name in mine]
                arrays[f"y_{split}"] = np.repeat(np.array(odd, np.uint8), [len(each) for each in windows])
    except _BROKEN as error:
        raise DataError(f"{archive.name} is damaged ({error}). Fetch it again.") from error
    return arrays


def _windows(sound: Array, name: str) -> Array:
    """(windows, 640): five frames one after the other, each with its 128 bands."""
    padded = np.pad(sound, _FRAME // 2)
    if len(sound) < (_SPAN.start + _FRAMES - 1) * _STEP:
        raise DataError(f"{name} is too short: it has no {_SPAN.start + _FRAMES} frames. Fetch the set again.")
    power = spectrogram(padded, _FRAME, _STEP, _FRAME, 2.0)[_SPAN] @ mel_filters_slaney(_BANDS, _FRAME // 2 + 1)
    decibels = 10 * np.log10(power + sys.float_info.epsilon)
    every = np.lib.stride_tricks.sliding_window_view(decibels, _FRAMES, axis=0).transpose(0, 2, 1)
    places = np.linspace(0, len(every) - 1, min(_KEPT, len(every))).astype(np.int64)
    return every[places].reshape(-1, _FRAMES * _BANDS).astype(np.float32)
