"""Features of sound: spectra on the mel scale, and their cepstra, as the reference networks were trained on them."""

import io
import wave
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.stored import DataError

Array = NDArray[Any]

RATE = 16_000


def wave_samples(data: bytes, name: str) -> Array:
    """One channel of 16-bit sound at 16 kHz, from −1 to 1. Raises DataError."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            form = file.getnchannels(), file.getsampwidth(), file.getframerate()
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise DataError(f"{name} is no sound that can be read ({error}). Fetch the set again.") from error
    if form != (1, 2, RATE):
        raise DataError(f"{name} is not one channel of 16 bits at 16 kHz. Fetch the set again.")
    return np.frombuffer(frames, "<i2").astype(np.float32) / 32768


def spectrogram(sound: Array, length: int, step: int, size: int, power: float) -> Array:
    """(frames, size // 2 + 1): magnitudes to a power, of pieces of `length` under a periodic Hann window."""
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)
    pieces = np.lib.stride_tricks.sliding_window_view(sound, length)[::step]
    found: Array = np.abs(np.fft.rfft(pieces * window, size)) ** power
    return found


@lru_cache(maxsize=4)
def mel_filters_htk(bands: int, bins: int, low: float, high: float) -> Array:
    """(bins, bands): triangles of height 1, even on HTK's mel scale, as TensorFlow's linear_to_mel_weight_matrix."""

    def mel(hertz: Array) -> Array:
        found: Array = 1127 * np.log1p(hertz / 700)
        return found

    first, last = mel(np.array([low, high]))
    edges = np.linspace(first, last, bands + 2)
    at = mel(np.linspace(0, RATE / 2, bins))[:, None]
    rising, falling = (at - edges[:-2]) / np.diff(edges)[:-1], (edges[2:] - at) / np.diff(edges)[1:]
    filters: Array = np.maximum(0, np.minimum(rising, falling))
    # TensorFlow leaves out the constant.
    filters[0] = 0
    return filters


@lru_cache(maxsize=4)
def mel_filters_slaney(bands: int, bins: int) -> Array:
    """(bins, bands): triangles of area 1, even on Slaney's mel scale, linear below 1 kHz, as librosa has them."""
    split, per_mel, step = 1000.0, 3 / 200, np.log(6.4) / 27
    top = split * per_mel + np.log(RATE / 2 / split) / step
    mels = np.linspace(0, top, bands + 2)
    edges = np.where(mels < split * per_mel, mels / per_mel, split * np.exp(step * (mels - split * per_mel)))
    at = np.linspace(0, RATE / 2, bins)[:, None]
    rising, falling = (at - edges[:-2]) / np.diff(edges)[:-1], (edges[2:] - at) / np.diff(edges)[1:]
    filters: Array = np.maximum(0, np.minimum(rising, falling)) * 2 / (edges[2:] - edges[:-2])
    return filters


def cepstra(logarithms: Array, kept: int) -> Array:
    """The first coefficients of the cosine transform over the last axis, scaled as TensorFlow's mfccs."""
    bands = logarithms.shape[-1]
    angles = np.pi / bands * (np.arange(bands)[:, None] + 0.5) * np.arange(kept)
    found: Array = logarithms @ np.cos(angles) * np.sqrt(2 / bands)
    return found
