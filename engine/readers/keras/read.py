"""Keras and QKeras models from the three kinds of file that Keras writes."""

import re
import tempfile
from pathlib import Path
from typing import Any

from engine.network import TensorStore
from engine.readers.archive import CONFIG, METADATA, WEIGHTS, open_archive
from engine.readers.errors import ModelFileError
from engine.readers.fields import Fields, parse_json
from engine.readers.hdf5 import Hdf5Content, open_hdf5
from engine.readers.keras.attach import types_of, with_weights
from engine.readers.keras.build import Built, build
from engine.readers.keras.graph import flatten
from engine.readers.keras.stored import NamedWeights, NumberedWeights, WeightFile, is_numbered
from engine.readers.model import ReadModel
from engine.readers.settled import settled

_LARGEST_JSON = 64 << 20


def read_h5(path: Path, store: TensorStore) -> ReadModel:
    """A model saved as one HDF5 file. Raises ModelFileError or UnsupportedModelError."""
    with open_hdf5(path, path.name) as content:
        config = content.text("", "model_config")
        if config is None:
            return _read_its_model(path, store)
        version = content.text("", "keras_version")
        built = _built(parse_json(str(config), path.name), version, path.name)
        return _filled(built, NamedWeights(content), store, path)


def read_archive(path: Path, store: TensorStore) -> ReadModel:
    """A model saved as a `.keras` archive. Raises ModelFileError or UnsupportedModelError."""
    with open_archive(path, path.name) as archive:
        metadata = Fields(parse_json(archive.text(METADATA), path.name) if METADATA in archive else {}, METADATA)
        built = _built(parse_json(archive.text(CONFIG), path.name), metadata.raw("keras_version", None), path.name)
        if WEIGHTS not in archive:
            return _without_weights(built, path)
        with tempfile.TemporaryDirectory(prefix="codesign-keras-") as folder:
            copied = Path(folder) / "weights.h5"
            archive.copy(WEIGHTS, copied)
            with open_hdf5(copied, f"{path.name}, {WEIGHTS}") as content:
                return _filled(built, NumberedWeights(content), store, path)


def read_json(path: Path, store: TensorStore) -> ReadModel:
    """A model's architecture, with its weights in an HDF5 file beside it if there is one.

    Raises ModelFileError or UnsupportedModelError.
    """
    if path.stat().st_size > _LARGEST_JSON:
        raise ModelFileError("The file is larger than 64 MB", path.name, "Open the model's .json file.")
    model = parse_json(path.read_bytes(), path.name)
    # Some tools write the JSON text once more as a JSON text.
    model = parse_json(model, path.name) if isinstance(model, str) else model
    if not isinstance(model, dict) or "class_name" not in model:
        raise ModelFileError("This is not a model that Keras wrote", path.name, "Open what model.to_json() gives.")
    built = _built(model, model.get("keras_version"), path.name)
    beside = weights_beside(path)
    if beside is None:
        return _without_weights(built, path)
    with open_hdf5(beside, beside.name) as content:
        return _filled(built, _layout(content), store, path)


def weights_beside(path: Path) -> Path | None:
    """The weights that belong to a `.json` file: `X_weights.h5`, `X.weights.h5` or `X.h5`."""
    names = [f"{path.stem}{ending}" for ending in ("_weights.h5", ".weights.h5", "_weights.hdf5", ".h5")]
    return next((path.with_name(name) for name in names if path.with_name(name).is_file()), None)


def _read_its_model(path: Path, store: TensorStore) -> ReadModel:
    """The model of a file that holds weights only: the `.json` beside it."""
    stem = re.sub(r"[_.]weights$", "", path.stem)
    model = path.with_name(f"{stem}.json")
    if model.is_file() and weights_beside(model) == path:
        return read_json(model, store)
    raise ModelFileError(
        "The file holds weights only, not the model",
        path.name,
        f"Put the model beside it as {model.name}, or save both.",
    )


def _built(model: Any, version: Any, where: str) -> Built:
    return build(flatten(model, where), _major(model, version), where)


def _major(model: Any, version: Any) -> int:
    """Keras 3 wraps its objects with their module; its version says so too."""
    match = re.match(r"(\d+)\.", str(version))
    if match is not None:
        return int(match.group(1))
    return 3 if isinstance(model, dict) and "registered_name" in model else 2


def _layout(content: Hdf5Content) -> WeightFile:
    return NumberedWeights(content) if is_numbered(content) else NamedWeights(content)


def _filled(built: Built, file: WeightFile, store: TensorStore, path: Path) -> ReadModel:
    network = with_weights(built.network, built.wanted, file, store)
    types, lost = types_of(network, built.wanted, file)
    network, settings = settled(network, types)
    return ReadModel(network, path.stem, tuple(built.notes), settings, tuple(lost))


def _without_weights(built: Built, path: Path) -> ReadModel:
    note = f"There are no weights beside the model; they would be in {path.stem}_weights.h5."
    return ReadModel(built.network, path.stem, (*built.notes, note))
