"""Which outputs a layer reads: Keras 2 lists triples of name, call and output, Keras 3 wraps them in arguments."""

from collections.abc import Iterator
from typing import Any

from engine.readers.errors import ModelFileError
from engine.readers.fields import Fields

Endpoint = tuple[str, int]
"""The name of a layer and the number of one of its outputs."""


def endpoints(value: Any, where: str) -> list[Endpoint]:
    """All endpoints in any nesting of lists and objects. Raises ModelFileError."""
    return list(_triples(value, where))


def sources(call: Any, where: str) -> list[Endpoint]:
    """What one call of a layer reads by position. Raises ModelFileError."""
    if isinstance(call, dict):
        return list(_tensors(call.get("args"), where))
    return list(_triples(call, where))


def has_keywords(call: Any) -> bool:
    """Whether a call reads tensors by keyword too."""
    if isinstance(call, dict):
        return any(True for _ in _tensors(call.get("kwargs"), ""))
    return any(_is_triple(value) for value in _keywords(call))


def _triples(value: Any, where: str) -> Iterator[Endpoint]:
    if _is_triple(value):
        yield value[0], value[2]
        return
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        raise ModelFileError("What the layers read is damaged", where, "Save the model again.")
    for part in value:
        yield from _triples(part, where)


def _is_triple(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) in (3, 4)
        and isinstance(value[0], str)
        and type(value[1]) is int
        and type(value[2]) is int
    )


def _tensors(value: Any, where: str) -> Iterator[Endpoint]:
    if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
        yield from _triples(Fields(value.get("config"), where).raw("keras_history"), where)
        return
    parts = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for part in parts:
            yield from _tensors(part, where)


def _keywords(call: Any) -> Iterator[Any]:
    for part in call if isinstance(call, list) else []:
        if isinstance(part, dict):
            yield from part.values()
        else:
            yield from _keywords(part)
