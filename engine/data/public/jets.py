"""The LHC jets of OpenML's set 42468, an ARFF file: names of attributes, then comma-separated lines."""

from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.stored import DataError

Array = NDArray[Any]

_CLASSES = ("g", "q", "t", "w", "z")
_FEATURES = 16


def jet_arrays(path: Path) -> Mapping[str, Array]:
    """`x` (samples, 16), each feature with the mean 0 and the deviation 1, and `y`. Raises DataError."""
    lines = _lines(path)
    features, labels = array("d"), bytearray()
    for number, line in lines:
        *values, label = line.split(",")
        name = label.strip().strip("'\"")
        if len(values) != _FEATURES or name not in _CLASSES:
            raise DataError(f"Line {number} of {path.name} is no jet: 16 numbers and one of {', '.join(_CLASSES)}.")
        try:
            features.extend([float(value) for value in values])
        except ValueError as error:
            raise DataError(f"Line {number} of {path.name}: {error}. Fetch the set again.") from error
        labels.append(_CLASSES.index(name))
    if not labels:
        raise DataError(f"{path.name} holds no jets. Fetch it again.")
    x = np.frombuffer(features).reshape(-1, _FEATURES)
    deviation = x.std(axis=0)
    scaled = (x - x.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    return {"x": scaled.astype(np.float32), "y": np.frombuffer(labels, np.uint8)}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of each line of data; comments and the head are passed over."""
    begun = False
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                text = line.strip()
                if begun and text and not text.startswith("%"):
                    yield number, text
                begun = begun or text.lower() == "@data"
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name} could not be read: {error}.") from error
    if not begun:
        raise DataError(f"{path.name} is no ARFF file: it has no line @DATA. Fetch it again.")
