"""Reading values from JSON that somebody else may have written: every surprise is an error that names its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


class ProjectFileError(ValueError):
    """A project file that cannot be read: what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value and the path that leads to it, e.g. `network.layers[3].params.units`."""

    value: Any
    path: str

    def get(self, key: str) -> "Node":
        """A required member of an object."""
        found = self.find(key)
        if found is None:
            raise self.error(f"'{key}' is missing")
        return found

    def find(self, key: str) -> "Node | None":
        """A member of an object, or None."""
        members = self._expect(dict, "an object")
        return Node(members[key], f"{self.path}.{key}" if self.path else key) if key in members else None

    def members(self) -> Iterator[tuple[str, "Node"]]:
        """All members of an object."""
        for key in self._expect(dict, "an object"):
            yield key, self.get(key)

    def elements(self) -> Iterator["Node"]:
        """All elements of a list."""
        for index, value in enumerate(self._expect(list, "a list")):
            yield Node(value, f"{self.path}[{index}]")

    def text(self) -> str:
        """A string."""
        return str(self._expect(str, "a text"))

    def integer(self) -> int:
        """A whole number."""
        if isinstance(self.value, bool):
            raise self.error("a whole number is expected")
        return int(self._expect(int, "a whole number"))

    def number(self) -> float:
        """A finite number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.error("a number is expected")
        if not abs(self.value) < 1e300:
            raise self.error("the number is too large")
        return float(self.value)

    def boolean(self) -> bool:
        """True or false."""
        return bool(self._expect(bool, "true or false"))

    def integers(self) -> tuple[int, ...]:
        """A list of whole numbers."""
        return tuple(element.integer() for element in self.elements())

    def error(self, what: str) -> ProjectFileError:
        """An error that names this place."""
        return ProjectFileError(f"In the project's data, at {self.path or 'the top'}: {what}.")

    def _expect(self, kind: type, word: str) -> Any:
        if not isinstance(self.value, kind):
            raise self.error(f"{word} is expected")
        return self.value
