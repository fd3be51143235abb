"""CIFAR-10's binary version: records of a label and 3,072 pixels, channels first. Nothing of it is unpickled."""

import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.stored import DataError

Array = NDArray[Any]

_RECORD = 1 + 3 * 32 * 32
_FOLDER = "cifar-10-batches-bin"
_BATCHES = {"train": tuple(f"data_batch_{number}.bin" for number in range(1, 6)), "test": ("test_batch.bin",)}


def cifar_arrays(archive: Path) -> Mapping[str, Array]:
    """`x_train`, `y_train`, `x_test`, `y_test`; pixels (samples, 32, 32, 3) as they are, 0 to 255. Raises DataError."""
    arrays = {}
    try:
        with tarfile.open(archive, "r:gz") as packed:
            for split, names in _BATCHES.items():
                records = np.concatenate([_records(packed, name) for name in names])
                arrays[f"x_{split}"] = records[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
                arrays[f"y_{split}"] = records[:, 0]
    except (tarfile.TarError, OSError, EOFError) as error:
        raise DataError(f"{archive.name} is damaged ({error}). Fetch it again.") from error
    return arrays


def _records(packed: tarfile.TarFile, name: str) -> Array:
    """(records, label and pixels) of one batch."""
    try:
        file = packed.extractfile(f"{_FOLDER}/{name}")
    except KeyError:
        file = None
    if file is None:
        raise DataError(f"There is no {name} in the archive of CIFAR-10. Fetch it again.")
    data = file.read()
    if not data or len(data) % _RECORD:
        raise DataError(f"{name} of CIFAR-10 ends in the middle of a picture. Fetch the set again.")
    found: Array = np.frombuffer(data, np.uint8).reshape(-1, _RECORD)
    if (found[:, 0] > 9).any():
        raise DataError(f"{name} of CIFAR-10 has labels above 9. Fetch the set again.")
    return found
