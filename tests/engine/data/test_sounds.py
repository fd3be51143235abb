"""Sets of sounds from their real formats, and features against their definitions."""

import io
import tarfile
import wave
import zipfile

import numpy as np
import pytest

from engine.data import DataError, load_data_set
from engine.data.offers import offers
from engine.data.public import place_of
from engine.data.public.audio import RATE, cepstra, mel_filters_htk, mel_filters_slaney, spectrogram, wave_samples
from engine.data.public.machines import machine_arrays
from engine.data.public.places import VARIABLE
from engine.data.public.speech import CLASSES, speech_arrays
from engine.design import DataReference, DataSource
from tests.engine.data.networks import network


def sound(seconds=1.0, rate=RATE, hertz=440.0):
    """A WAV file of a tone."""
    tone = (8000 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype("<i2")
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(tone.tobytes())
    return kept.getvalue()


def commands(path, files):
    """An archive as that of Speech Commands is."""
    with tarfile.open(path, "w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(f"./{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


@pytest.fixture
def words():
    """One clip of each word in each split, other words, and two noises."""
    files = {f"{word}/{split}.wav": sound(0.9) for word in ("yes", "no") for split in ("a", "v", "t")}
    files |= {f"bed/{number}_nohash_0.wav": sound() for number in range(100)}
    files["_background_noise_/hum.wav"] = sound(40, hertz=50)
    files["validation_list.txt"] = b"yes/v.wav\nno/v.wav\n"
    files["testing_list.txt"] = b"yes/t.wav\nno/t.wav\n"
    return files


def test_words_become_features_in_the_sets_own_splits(words, tmp_path):
    found = speech_arrays(commands(tmp_path / "s.tar.gz", words))
    assert found["x_train"].shape[1:] == (49, 10)
    yes, no, silence, unknown = (CLASSES.index(name) for name in ("yes", "no", "silence", "unknown"))
    counts = {split: np.bincount(found[f"y_{split}"], minlength=12) for split in ("train", "validation", "test")}
    assert all((counts[split][yes], counts[split][no]) == (1, 1) for split in counts)
    assert sum(count[silence] for count in counts.values()) == 40
    assert 0 < counts["train"][unknown] < 20
    assert np.isfinite(found["x_test"]).all()


def test_broken_archives_of_words_are_named(words, tmp_path):
    lists = {name: data for name, data in words.items() if not name.endswith("list.txt")}
    with pytest.raises(DataError, match="no lists of the splits"):
        speech_arrays(commands(tmp_path / "s.tar.gz", lists))
    with pytest.raises(DataError, match=r"yes/a\.wav is not one channel"):
        speech_arrays(commands(tmp_path / "s.tar.gz", words | {"yes/a.wav": sound(rate=8000)}))
    with pytest.raises(DataError, match=r"yes/a\.wav is no sound"):
        speech_arrays(commands(tmp_path / "s.tar.gz", words | {"yes/a.wav": b"RIFF"}))
    commands(tmp_path / "s.tar.gz", words)
    (tmp_path / "s.tar.gz").write_bytes((tmp_path / "s.tar.gz").read_bytes()[:2000])
    with pytest.raises(DataError, match="is damaged"):
        speech_arrays(tmp_path / "s.tar.gz")


def test_a_machine_is_normal_in_training_and_odd_in_part_of_the_test(tmp_path):
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        archive.writestr("ToyCar/train/normal_id_01_00000000.wav", sound(3))
        archive.writestr("ToyCar/test/normal_id_01_00000000.wav", sound(3))
        archive.writestr("ToyCar/test/anomaly_id_01_00000000.wav", sound(3, hertz=900))
    found = machine_arrays(tmp_path / "m.zip")
    assert found["x_train"].shape == (20, 640)
    assert found["y_test"].tolist() == [1] * 20 + [0] * 20
    loudest = found["x_train"][3].reshape(5, 128)[2].argmax()
    assert loudest < found["x_test"][3].reshape(5, 128)[2].argmax()
    (tmp_path / "m.zip").write_bytes(b"no archive")
    with pytest.raises(DataError, match="is damaged"):
        machine_arrays(tmp_path / "m.zip")


@pytest.mark.parametrize(("size", "frames"), [(64, 2), (128, 4)])
def test_networks_of_the_open_division_get_every_fourth_band_of_the_first_frames(size, frames, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    windows = np.arange(3 * 640, dtype=np.float32).reshape(3, 640)
    np.savez(place_of("toyadmos-car"), x_train=windows, x_test=windows, y_test=[0, 1, 1])
    autoencoder = network((size,), size)
    assert not next(offer.off for offer in offers(autoencoder) if offer.reference.name == "toyadmos-car")
    data = load_data_set(DataReference(DataSource.FETCHED, "toyadmos-car"), autoencoder)
    wanted = [128 * frame + band for frame in range(frames) for band in range(0, 128, 4)]
    np.testing.assert_array_equal(data.test.inputs["x"], windows[:, wanted])
    assert data.test.labels.tolist() == [0, 1, 1]


def test_a_tone_is_where_it_belongs():
    tone = wave_samples(sound(hertz=1000), "tone")
    seen = spectrogram(tone, 480, 320, 512, 1.0)
    assert seen.shape == (49, 257)
    assert set(seen.argmax(axis=1)) == {32}  # 1,000 Hz in steps of 16,000 / 512


def test_mel_bands_are_triangles_even_on_their_scales():
    htk, slaney = mel_filters_htk(40, 257, 20.0, 4000.0), mel_filters_slaney(128, 513)
    peaks = 1127 * np.log1p(htk.argmax(axis=0) * RATE / 512 / 700)
    assert np.std(np.diff(peaks[10:])) < 25
    assert 0.5 < htk.max() <= 1
    np.testing.assert_allclose(slaney.sum(axis=0)[20:] * RATE / 1024, 1, atol=0.15)


def test_cepstra_are_the_cosine_transform():
    random = np.random.default_rng(1).normal(size=(3, 40))
    whole = cepstra(random, 40)
    scale = np.where(np.arange(40) == 0, 2.0, 1.0)
    np.testing.assert_allclose((whole**2 / scale).sum(axis=1), (random**2).sum(axis=1))
