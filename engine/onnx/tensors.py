"""Arrays in ONNX files."""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.onnx.wire import Message, WireError

Array = NDArray[Any]
FLOAT, INT64 = 1, 7

_TYPES = {
    1: ("f4", "float_data"),
    2: ("u1", "int32_data"),
    3: ("i1", "int32_data"),
    4: ("u2", "int32_data"),
    5: ("i2", "int32_data"),
    6: ("i4", "int32_data"),
    7: ("i8", "int64_data"),
    9: ("?", "int32_data"),
    10: ("f2", "int32_data"),
    11: ("f8", "double_data"),
    12: ("u4", "uint64_data"),
    13: ("u8", "uint64_data"),
}
"""ONNX's number of each element type that is read: NumPy's name, and the list that holds its values."""
_MOST_AXES = 8
_MOST_VALUES = 1 << 28
_EXTERNAL = 1


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """An array by its name; `elsewhere` is the file that holds its values, where the model does not."""

    name: str
    values: Array
    elsewhere: str = ""


def read_tensor(message: Message) -> Tensor:
    """The array of a tensor message. Raises WireError."""
    name = str(message.get("name", ""))
    if message.get("data_location") == _EXTERNAL or message.get("external_data"):
        entries = {entry.get("key"): str(entry.get("value", "")) for entry in message.get("external_data", [])}
        return Tensor(name, np.zeros(0, np.float32), entries.get("location") or "another file")
    code = message.get("data_type", 0)
    if code not in _TYPES:
        raise WireError(f"the values of '{name}' are of type {code}, which is not read")
    dtype, member = _TYPES[code]
    return Tensor(name, _shaped(name, _flat(name, message, dtype, member), message.get("dims", [])))


def _flat(name: str, message: Message, dtype: str, member: str) -> Array:
    if "raw_data" in message:
        raw = message["raw_data"]
        if len(raw) % np.dtype(dtype).itemsize:
            raise WireError(f"the values of '{name}' end within a number")
        return np.frombuffer(raw, np.dtype(dtype).newbyteorder("<"))
    values = message.get(member, [])
    if dtype == "f2":
        return np.array(values, np.int64).astype(np.uint16).view(np.float16)
    wide = np.array(values, np.int64 if member != "float_data" and member != "double_data" else dtype)
    return wide.astype(dtype)


def _shaped(name: str, flat: Array, dims: list[int]) -> Array:
    if len(dims) > _MOST_AXES or any(not 0 <= extent <= _MOST_VALUES for extent in dims) or prod(dims) > _MOST_VALUES:
        raise WireError(f"the extents of '{name}' are damaged")
    if prod(dims) != flat.size:
        raise WireError(f"'{name}' has {flat.size:,} values, its extents ask for {prod(dims):,}")
    return flat.reshape(dims)


def tensor_message(tensor: Tensor) -> Message:
    """The message of an array of floats or integers."""
    whole = tensor.values.dtype.kind in "iu"
    values = np.ascontiguousarray(tensor.values, "<i8" if whole else "<f4")
    return {
        "dims": list(tensor.values.shape),
        "data_type": INT64 if whole else FLOAT,
        "name": tensor.name,
        "raw_data": values.tobytes(),
    }
