"""A folder of images: one folder for each class, perhaps below `train`, `validation` and `test`."""

from collections.abc import Sequence
from math import prod
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from engine.data.table import WHOLE, Array, Table, Tables
from engine.emulate.stored import DataError
from engine.network import Network

_FORMATS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".bmp": "BMP",
    ".gif": "GIF",
    ".webp": "WEBP",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".pgm": "PPM",
    ".ppm": "PPM",
}
_SPLITS = {
    "train": "train",
    "training": "train",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
}
_SPLITS |= {"test": "test", "testing": "test"}
_DEEP = ("I", "I;16", "I;16L", "I;16B")
"""Modes of grey images of 16 bits; Pillow would cut them off at 255, not bring them to 8 bits."""
_MOST_PIXELS = 50_000_000
"""Of one image, before it is brought to the network's size; more are taken for an attack on memory."""
_MOST_BYTES = 1 << 31
_BROKEN = (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError)


def image_tables(folder: Path, network: Network, only: str = "") -> Tables:
    """All images as the network takes them, from 0 to 1, brought to its height and width, grey or in colour.

    Of a folder that is split, only the split `only`, unless that is ''.

    Raises DataError, naming the folder or the file.
    """
    shape = _shape(folder, network)
    below = _folders(folder)
    splits = {_SPLITS[each.name.lower()]: each for each in below if each.name.lower() in _SPLITS}
    if {"train", "test"} <= splits.keys():
        classes = tuple(each.name for each in _folders(splits["train"]))
        tables = {
            split: _table(root, classes, network.inputs[0], shape)
            for split, root in splits.items()
            if only in ("", split)
        }
    else:
        tables = {WHOLE: _table(folder, tuple(each.name for each in below), network.inputs[0], shape)}
    return Tables(folder.name, str(folder), tables)


def _shape(folder: Path, network: Network) -> tuple[int, int, int]:
    shapes = [network.shapes[name] or () for name in network.inputs]
    if len(shapes) != 1 or len(shapes[0]) != 3 or shapes[0][2] not in (1, 3):
        taken = " and ".join("×".join(map(str, shape)) for shape in shapes)
        raise DataError(
            f"{folder.name} holds images, which are height×width×1, or ×3 in colour; the network takes {taken}."
        )
    height, width, channels = shapes[0]
    return height, width, channels


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    except OSError as error:
        raise DataError(f"The folder {folder.name} could not be read: {error.strerror or error}.") from error


def _table(folder: Path, classes: Sequence[str], name: str, shape: tuple[int, int, int]) -> Table:
    if not classes:
        raise DataError(f"{folder.name} holds no folders. Give one folder of images for each class.")
    unknown = [each.name for each in _folders(folder) if each.name not in classes]
    if unknown:
        raise DataError(f"{folder.name} has the class '{unknown[0]}', of which there is nothing to train on.")
    files = [(file, label) for label, each in enumerate(classes) for file in _files(folder / each)]
    if len(files) * prod(shape) * 4 > _MOST_BYTES:
        raise DataError(f"{folder.name} holds {len(files):,} images, more than 2 GB. Give a part of them.")
    pictures = np.stack([_picture(file, shape) for file, _ in files])
    labels = np.array([label for _, label in files])
    return Table({name: pictures}, labels, tuple(classes), f"The folders in {folder.name}")


def _files(folder: Path) -> list[Path]:
    """The images of a class."""
    if not folder.is_dir():
        raise DataError(f"{folder.parent.name} has no folder '{folder.name}', which is a class to train on.")
    found = sorted(each for each in folder.iterdir() if each.suffix.lower() in _FORMATS)
    if not found:
        raise DataError(f"The folder '{folder.name}' in {folder.parent.name} holds no images. Give some, or remove it.")
    return found


def _picture(file: Path, shape: tuple[int, int, int]) -> Array:
    """(height, width, channels), float32, 0 to 1."""
    height, width, channels = shape
    try:
        with Image.open(file, formats=(_FORMATS[file.suffix.lower()],)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise DataError(f"{file.parent.name}/{file.name} has {image.width}×{image.height} pixels, too many.")
            if image.mode == "F":
                raise DataError(f"{file.parent.name}/{file.name} has real numbers for pixels. Write 8 or 16 bits.")
            deep = image.mode in _DEEP
            fitted = (image if deep else image.convert("L" if channels == 1 else "RGB")).resize((width, height))
            values = np.asarray(fitted, np.float32) / (65535 if deep else 255)
    except DataError:
        raise
    except _BROKEN as error:
        # Pillow's own words for a file of no known kind are its path once more.
        reason = "" if isinstance(error, UnidentifiedImageError) else f" ({error})"
        raise DataError(f"{file.parent.name}/{file.name} is no image that can be read{reason}. Remove it.") from error
    return np.broadcast_to(values.reshape(height, width, -1), shape)
