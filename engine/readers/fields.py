"""Typed access to JSON of unknown origin."""

import json
import math
from collections.abc import Mapping
from typing import Any

from engine.readers.errors import ModelFileError

_LARGEST = 10_000_000
"""Extents, units, kernel sizes and strides beyond this are taken for damage."""
_MISSING = object()


def parse_json(text: str | bytes, where: str) -> Any:
    """The JSON value in `text`. Raises ModelFileError."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelFileError(
            f"The description of the model is damaged: {error}", where, "Save the model again."
        ) from None


class Fields:
    """The members of a JSON object; every getter raises ModelFileError where a value is not what it must be."""

    def __init__(self, values: Any, where: str) -> None:
        if not isinstance(values, Mapping):
            raise ModelFileError(f"An object is expected, not {_shown(values)}", where, "Save the model again.")
        self.values: Mapping[str, Any] = values
        self.where = where

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def with_value(self, key: str, value: Any) -> "Fields":
        """The same object with one member replaced."""
        return Fields({**self.values, key: value}, self.where)

    def raw(self, key: str, default: Any = _MISSING) -> Any:
        """Whatever stands there; Keras's wrapped tuples as lists."""
        value = self.values.get(key, default)
        if value is _MISSING:
            raise ModelFileError(f"'{key}' is missing", self.where, "Save the model again.")
        if isinstance(value, Mapping) and value.get("class_name") == "__tuple__":
            return value.get("items")
        return value

    def object(self, key: str) -> "Fields":
        """A nested object."""
        return Fields(self.raw(key), f"{self.where}, {key}")

    def text(self, key: str, default: Any = _MISSING) -> str:
        """A string."""
        return str(self._checked(key, default, str, "a text"))

    def flag(self, key: str, default: Any = _MISSING) -> bool:
        """True or false, also written 1 or 0."""
        value = self.raw(key, default)
        if isinstance(value, bool) or (isinstance(value, int) and value in (0, 1)):
            return bool(value)
        raise self.wrong(key, value, "true or false")

    def number(self, key: str, default: Any = _MISSING) -> float:
        """A finite number."""
        value = self.raw(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
            raise self.wrong(key, value, "a number")
        return float(value)

    def whole(self, key: str, default: Any = _MISSING, lowest: int = -_LARGEST) -> int:
        """A whole number of sensible size."""
        return self._whole(key, self.raw(key, default), lowest)

    def wholes(self, key: str, count: int | None, default: Any = _MISSING, lowest: int = 1) -> tuple[int, ...]:
        """`count` whole numbers (None: any number); a single one stands for all."""
        value = self.raw(key, default)
        if count is not None and isinstance(value, int):
            value = [value] * count
        if not isinstance(value, list | tuple) or len(value) not in (len(value) if count is None else count,):
            raise self.wrong(key, value, "a list" if count is None else f"{count} whole numbers")
        return tuple(self._whole(key, part, lowest) for part in value)

    def elements(self, key: str) -> list[Any]:
        """A list."""
        return list(self._checked(key, _MISSING, list, "a list"))

    def wrong(self, key: str, value: Any, wanted: str) -> ModelFileError:
        """The error for a value of the wrong type."""
        return ModelFileError(f"'{key}' is {_shown(value)} and not {wanted}", self.where, "Save the model again.")

    def _whole(self, key: str, value: Any, lowest: int) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong(key, value, "a whole number")
        if not lowest <= value <= _LARGEST:
            raise self.wrong(key, value, f"between {lowest} and {_LARGEST}")
        return value

    def _checked(self, key: str, default: Any, wanted: type, words: str) -> Any:
        value = self.raw(key, default)
        if not isinstance(value, wanted):
            raise self.wrong(key, value, words)
        return value


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
