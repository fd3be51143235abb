"""Folders of images: classes by folder, split or not, brought to the network's size, and what cannot be read."""

import numpy as np
import pytest
from PIL import Image

from engine.data import DataError, load_data_set
from engine.design import DataReference, DataSource
from tests.engine.data.networks import network

GREY, COLOUR = network((4, 6, 1), 2), network((4, 6, 3), 3)


def paint(path, grey, size=(6, 4), mode="L"):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, grey).save(path)


def load(folder, net=GREY):
    return load_data_set(DataReference(DataSource.FOLDER, str(folder)), net)


@pytest.fixture
def pets(tmp_path):
    """Ten bright cats and ten dark dogs, of several kinds of files."""
    for number, ending in enumerate(("png", "jpg", "bmp", "gif", "tiff") * 2):
        paint(tmp_path / "pets" / "cat" / f"{number}.{ending}", 255)
        paint(tmp_path / "pets" / "dog" / f"{number}.{ending}", 0, (12, 9))
    (tmp_path / "pets" / "cat" / "notes.txt").write_text("no image")
    return tmp_path / "pets"


def test_folders_are_classes_and_images_come_to_the_networks_size(pets):
    data = load(pets)
    assert data.classes == ("cat", "dog")
    assert sum(len(samples) for _, samples in data.splits) == 20
    for _, samples in data.splits:
        assert samples.inputs["x"].shape[1:] == (4, 6, 1)
        np.testing.assert_allclose(samples.inputs["x"].mean(axis=(1, 2, 3)), 1 - samples.labels, atol=0.01)


def test_colour_and_depth_follow_the_network(tmp_path):
    paint(tmp_path / "set" / "a" / "1.png", (255, 0, 51), mode="RGB")
    paint(tmp_path / "set" / "b" / "1.png", 32768, mode="I;16")
    paint(tmp_path / "set" / "c" / "1.pgm", 32768, mode="I;16")
    data = load_data_set(DataReference(DataSource.FOLDER, str(tmp_path / "set"), validation=0.0, test=1.0), COLOUR)
    first, second, third = (data.test.inputs["x"][data.test.labels == label][0] for label in (0, 1, 2))
    np.testing.assert_allclose(first[0, 0], [1, 0, 0.2], atol=0.003)
    np.testing.assert_allclose(second, 0.5, atol=0.003)
    np.testing.assert_allclose(third, 0.5, atol=0.003)


def test_folders_of_splits_are_kept(tmp_path):
    for split, count in (("train", 3), ("val", 2), ("test", 1)):
        for number in range(count):
            paint(tmp_path / "set" / split / "a" / f"{number}.png", 9)
            paint(tmp_path / "set" / split / "b" / f"{number}.png", 99)
    data = load(tmp_path / "set")
    assert [len(samples) for _, samples in data.splits] == [6, 4, 2]
    assert set(data.own_splits) == {"train", "validation", "test"}


def test_what_cannot_be_read_is_named(pets, tmp_path):
    (pets / "dog" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n no more")
    with pytest.raises(DataError, match=r"dog/broken\.png is no image"):
        load(pets)
    (pets / "dog" / "broken.png").write_bytes(b"")
    with pytest.raises(DataError, match=r"dog/broken\.png"):
        load(pets)
    (pets / "dog" / "broken.png").unlink()
    (pets / "bird").mkdir()
    with pytest.raises(DataError, match="'bird' in pets holds no images"):
        load(pets)
    with pytest.raises(DataError, match="holds no folders"):
        load(pets / "cat")
    with pytest.raises(DataError, match="gone could not be read"):
        load(tmp_path / "gone")
    with pytest.raises(DataError, match="the network takes 16"):
        load(pets, network((16,), 2))


def test_an_image_of_another_kind_than_its_name_says_is_not_read(tmp_path):
    paint(tmp_path / "set" / "a" / "1.png", 9)
    paint(tmp_path / "set" / "b" / "1.png", 9)
    (tmp_path / "set" / "b" / "1.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")
    with pytest.raises(DataError, match=r"b/1\.png"):
        load(tmp_path / "set")


def test_real_numbers_for_pixels_are_not_cut_off(tmp_path):
    paint(tmp_path / "set" / "a" / "1.tiff", 0.5, mode="F")
    with pytest.raises(DataError, match=r"a/1\.tiff has real numbers"):
        load(tmp_path / "set")


def test_more_classes_than_outputs_are_named(tmp_path):
    for name in ("a", "b", "c"):
        paint(tmp_path / "set" / name / "1.png", 9)
    with pytest.raises(DataError, match=r"3 classes \(a, b, c\); the network has 2 outputs"):
        load(tmp_path / "set")
