"""Protobuf's wire format: messages as lists of numbered fields.

Source: https://protobuf.dev/programming-guides/encoding. A message is read into plain dictionaries by a schema; what
the schema does not name is passed over. Nothing is allocated that the bytes at hand do not fill.
"""

import struct
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

_VARINT, _EIGHT, _LENGTH, _FOUR = 0, 1, 2, 5
_MOST_FIELDS = 500_000
"""Of one file, elements of packed lists of integers included; weights are one field an array."""
_DEEPEST = 32
_FIXED = {"float": ("<f4", _FOUR, "<f"), "double": ("<f8", _EIGHT, "<d")}


class WireError(ValueError):
    """Bytes that are no protobuf message."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a schema: its name, what it holds, and whether there may be many.

    `kind` is int, float, double, bytes, text, or the name of a message.
    """

    name: str
    kind: str
    many: bool = False


Schema = Mapping[str, Mapping[int, Field]]
"""Messages by their names: their fields by number."""
Message = dict[str, Any]
"""Field name → value; a list where there may be many."""


def decode(schema: Schema, message: str, data: bytes) -> Message:
    """Read a message. Raises WireError."""
    return _Reader(schema).message(message, memoryview(data), 0)


class _Reader:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._left = _MOST_FIELDS

    def message(self, name: str, data: memoryview, depth: int) -> Message:
        """One message, with those inside it."""
        if depth > _DEEPEST:
            raise WireError("its parts are nested too deeply")
        fields, found, place = self._schema[name], Message(), 0
        while place < len(data):
            self._count(1)
            key, place = _varint(data, place)
            number, kind = key >> 3, key & 7
            value, place = _value(data, place, kind)
            if number in fields:
                self._add(found, fields[number], kind, value, depth)
        return found

    def _add(self, found: Message, field: Field, wire: int, value: Any, depth: int) -> None:
        if not field.many:
            found[field.name] = self._one(field, wire, value, depth)
            return
        # As compact as in the file: old exporters write all weights as such lists.
        values = found.setdefault(field.name, array(_FIXED[field.kind][2][-1]) if field.kind in _FIXED else [])
        if field.kind in ("int", *_FIXED) and wire == _LENGTH:
            values.extend(self._packed(field, value))
        else:
            values.append(self._one(field, wire, value, depth))

    def _one(self, field: Field, wire: int, value: Any, depth: int) -> Any:
        expected = {"int": _VARINT, "float": _FOUR, "double": _EIGHT}.get(field.kind, _LENGTH)
        if wire != expected:
            raise WireError(f"'{field.name}' is of the wrong kind")
        match field.kind:
            case "int":
                return _signed(value)
            case "float" | "double":
                return struct.unpack(_FIXED[field.kind][2], value)[0]
            case "bytes":
                return bytes(value)
            case "text":
                return _text(value)
        return self.message(field.kind, value, depth + 1)

    def _packed(self, field: Field, data: memoryview) -> Iterable[Any]:
        if field.kind in _FIXED:
            dtype, _, code = _FIXED[field.kind]
            return array(code[-1], np.frombuffer(data, _whole(data, dtype)).astype(code[-1]).tobytes())
        values, place = [], 0
        while place < len(data):
            self._count(1)
            value, place = _varint(data, place)
            values.append(_signed(value))
        return values

    def _count(self, fields: int) -> None:
        self._left -= fields
        if self._left < 0:
            raise WireError(f"it has more than {_MOST_FIELDS:,} parts")


def _whole(data: memoryview, dtype: str) -> str:
    if len(data) % np.dtype(dtype).itemsize:
        raise WireError("a list ends within a number")
    return dtype


def _text(value: memoryview) -> str:
    try:
        return str(value, "utf-8")
    except UnicodeDecodeError:
        raise WireError("a name is not text") from None


def _value(data: memoryview, place: int, wire: int) -> tuple[Any, int]:
    if wire == _VARINT:
        return _varint(data, place)
    if wire == _LENGTH:
        size, place = _varint(data, place)
    elif wire in (_EIGHT, _FOUR):
        size = 8 if wire == _EIGHT else 4
    else:
        raise WireError(f"a field of kind {wire} is not known")
    if size > len(data) - place:
        raise WireError("it ends too early")
    return data[place : place + size], place + size


def _varint(data: memoryview, place: int) -> tuple[int, int]:
    if place < len(data) and data[place] < 128:
        return data[place], place + 1
    value = shift = 0
    while True:
        if place >= len(data) or shift > 63:
            raise WireError("it ends within a number" if shift <= 63 else "a number is too long")
        byte = data[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value & (1 << 64) - 1, place


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def encode(schema: Schema, message: str, values: Message) -> bytes:
    """Write a message; fields in the order of their numbers, lists of numbers packed."""
    parts: list[bytes] = []
    for number, field in sorted(schema[message].items()):
        if field.name in values:
            parts += _written(schema, number, field, values[field.name])
    return b"".join(parts)


def _written(schema: Schema, number: int, field: Field, value: Any) -> list[bytes]:
    if field.many and field.kind in ("int", *_FIXED):
        packed = b"".join(_bare(field.kind, each) for each in value)
        return [_key(number, _LENGTH), _length(packed)] if value else []
    found: list[bytes] = []
    for each in value if field.many else (value,):
        match field.kind:
            case "int":
                found += [_key(number, _VARINT), _bare("int", each)]
            case "float" | "double":
                found += [_key(number, _FIXED[field.kind][1]), _bare(field.kind, each)]
            case "bytes":
                found += [_key(number, _LENGTH), _length(each)]
            case "text":
                found += [_key(number, _LENGTH), _length(each.encode())]
            case inner:
                found += [_key(number, _LENGTH), _length(encode(schema, inner, each))]
    return found


def _bare(kind: str, value: Any) -> bytes:
    return _number(int(value) & (1 << 64) - 1) if kind == "int" else struct.pack(_FIXED[kind][2], value)


def _key(number: int, wire: int) -> bytes:
    return _number(number << 3 | wire)


def _length(data: bytes) -> bytes:
    return _number(len(data)) + data


def _number(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)
