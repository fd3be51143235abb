"""The project file (`.codesign`): a zip of the design, its weights and the ledger of runs.

codesign.json        {"format": "codesign", "version": 1}
design.json          see engine.project.codec
ledger.json          list of runs, see engine.project.ledger
snapshots.json       list of designs kept beside it, see engine.project.snapshot; missing where there are none
tensors/<digest>.npy weights, named by their content
"""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from engine.design import Design, set_data
from engine.network import Network, TensorRef, TensorStore
from engine.project.atomic import write_atomically
from engine.project.codec import design_from_json, design_to_json
from engine.project.fields import Node, ProjectFileError
from engine.project.ledger import Run, run_from_json, run_to_json
from engine.project.migrations import VERSION, migrated
from engine.project.snapshot import Snapshot, snapshot_from_json, snapshot_to_json
from engine.project.told import Told, unheard

SUFFIX = ".codesign"
_TENSOR = re.compile(r"tensors/([0-9a-f]{64})\.npy")
_LARGEST = 2 << 30
"""Bytes a member may unpack to; larger ones are taken for an attack on memory and disk."""

_PIECE = 1 << 16
_WORTH = 0.8
_STRETCH = 1 << 22
"""Bytes written before it is told how far it is."""


@dataclass(frozen=True, slots=True)
class Project:
    """What a project file holds beside the weights."""

    design: Design
    runs: tuple[Run, ...] = ()
    notes: tuple[str, ...] = ()
    """What the user should know of how it was opened; not part of the file."""
    snapshots: tuple[Snapshot, ...] = ()


def save_project(path: Path, project: Project, tensors: TensorStore, told: Told = unheard) -> None:
    """Write a project file atomically; its data set, where that lies beside it, by the way from here to there.

    Raises OSError, or MissingTensorError for weights not in the store.
    """
    data = project.design.data
    if data is not None:
        project = replace(project, design=set_data(project.design, data.seen_from(path.absolute().parent)))
    write_atomically(path, lambda file: _write(file, project, tensors, told))


def load_project(path: Path, tensors: TensorStore, told: Told = unheard) -> Project:
    """Read a project file and put its weights into the store. Raises ProjectFileError or OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            project = _read(archive, tensors, told)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zipfile.LargeZipFile) as error:
        raise ProjectFileError(f"{path.name} is not a whole project file: {error}.") from error
    data = project.design.data
    if data is None:
        return project
    return replace(project, design=set_data(project.design, data.found_from(path.absolute().parent)))


def weights_of(design: Design, snapshots: Iterable[Snapshot]) -> dict[str, TensorRef]:
    """Every weight that a design and its snapshots use, by digest."""
    found: dict[str, TensorRef] = {}
    for each in (design, *(snapshot.design for snapshot in snapshots)):
        found |= references(each.network)
    return found


def references(network: Network) -> dict[str, TensorRef]:
    """Every weight a network uses, by digest."""
    return {ref.digest: ref for layer in network.layers for _, ref in layer.weights}


def _write(file: BinaryIO, project: Project, tensors: TensorStore, told: Told) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _write_json(archive, "codesign.json", {"format": "codesign", "version": VERSION})
        _write_json(archive, "design.json", design_to_json(project.design))
        _write_json(archive, "ledger.json", [run_to_json(run) for run in project.runs])
        if project.snapshots:
            _write_json(archive, "snapshots.json", [snapshot_to_json(each) for each in project.snapshots])
        weights = sorted(weights_of(project.design, project.snapshots).items())
        for place, (digest, ref) in enumerate(weights):
            told(place / len(weights))
            buffer = io.BytesIO()
            np.save(buffer, tensors.get(ref), allow_pickle=False)
            member, data = _member(f"tensors/{digest}.npy"), buffer.getvalue()
            member.compress_type = zipfile.ZIP_DEFLATED if _shrinks(data) else zipfile.ZIP_STORED
            with archive.open(member, "w") as stored:
                for start in range(0, len(data), _STRETCH):
                    told((place + start / len(data)) / len(weights))
                    stored.write(data[start : start + _STRETCH])


def _shrinks(data: bytes) -> bool:
    """Whether compressing is worth its time, by a piece of the middle: pruned weights shrink, others hardly do."""
    start = max((len(data) - _PIECE) // 2, 0)
    piece = data[start : start + _PIECE]
    return len(zlib.compress(piece, 1)) < _WORTH * len(piece)


def _write_json(archive: zipfile.ZipFile, name: str, data: Any) -> None:
    archive.writestr(_member(name), json.dumps(data, indent=1, ensure_ascii=False))


def _member(name: str) -> zipfile.ZipInfo:
    # A fixed date: the same design gives the same file.
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _read(archive: zipfile.ZipFile, tensors: TensorStore, told: Told) -> Project:
    header = Node(_json(archive, "codesign.json"), "codesign.json")
    if header.get("format").text() != "codesign":
        raise ProjectFileError("This file is not a Codesign Studio project.")
    data = {"design": _json(archive, "design.json"), "ledger": _json(archive, "ledger.json")}
    data = migrated(data, header.get("version").integer())
    design = design_from_json(data["design"])
    runs = tuple(run_from_json(node) for node in Node(data["ledger"], "ledger").elements())
    snapshots = tuple(snapshot_from_json(node) for node in _snapshots(archive).elements())
    _take_tensors(archive, weights_of(design, snapshots), tensors, told)
    return Project(design, runs, snapshots=snapshots)


def _snapshots(archive: zipfile.ZipFile) -> Node:
    """Files of earlier versions have none."""
    name = "snapshots.json"
    return Node(_json(archive, name) if name in archive.namelist() else [], "snapshots")


def _take_tensors(archive: zipfile.ZipFile, weights: Mapping[str, TensorRef], tensors: TensorStore, told: Told) -> None:
    stored = {match[1]: name for name in archive.namelist() if (match := _TENSOR.fullmatch(name))}
    for place, (digest, ref) in enumerate(weights.items()):
        told(place / len(weights))
        if digest not in stored:
            raise ProjectFileError(f"The weights {digest[:12]} are missing from the project file.")
        array = _array(_bytes(archive, stored[digest]), stored[digest])
        if tensors.put(array) != ref:
            raise ProjectFileError(f"The weights {stored[digest]} are damaged: their content does not fit their name.")


def _array(data: bytes, name: str) -> "np.ndarray[Any, np.dtype[Any]]":
    try:
        array = np.load(io.BytesIO(data), allow_pickle=False)
    except (ValueError, EOFError, OSError, SyntaxError) as error:
        raise ProjectFileError(f"The weights {name} cannot be read: {error}.") from error
    if not isinstance(array, np.ndarray) or array.dtype != np.float32:
        raise ProjectFileError(f"The weights {name} are not an array of 32-bit numbers.")
    if not np.isfinite(array).all():
        raise ProjectFileError(f"The weights {name} hold values that are not numbers. Train the network again.")
    return array


def _json(archive: zipfile.ZipFile, name: str) -> Any:
    try:
        return json.loads(_bytes(archive, name))
    except (ValueError, RecursionError) as error:
        raise ProjectFileError(f"{name} in the project file cannot be read: {error}.") from error


def _bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        info = archive.getinfo(name)
        if info.file_size > _LARGEST:
            raise ProjectFileError(f"{name} in the project file is too large ({info.file_size:,} bytes).")
        return archive.read(info)
    except KeyError as error:
        raise ProjectFileError(f"{name} is missing from the project file.") from error
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise ProjectFileError(f"{name} in the project file is damaged: {error}.") from error
