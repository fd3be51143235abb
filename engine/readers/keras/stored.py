"""Where the weights of a Keras layer stand in an HDF5 file: by name (Keras 2's layout) or by number (Keras 3's)."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from engine.readers.errors import ModelFileError
from engine.readers.hdf5 import Hdf5Content


@dataclass(frozen=True, slots=True)
class Place:
    """A layer in the file: its name behind those of the sub-models around it, and its path in the numbered layout."""

    names: tuple[str, ...]
    numbered: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One weight array: its role, Keras's names for it, and its number among those of its holder."""

    role: str
    names: tuple[str, ...]
    number: int
    holder: str = ""
    """Attribute of the layer that holds it in the numbered layout, such as the cell of a recurrent layer."""
    like: str = ""
    """Role whose shape it has, where not its own."""
    spread: bool = False
    """Whether extents of 1 stand for all places along their axis."""


class WeightFile(Protocol):
    """Finds arrays in one of the two layouts."""

    content: Hdf5Content

    def path(self, place: Place, slot: Slot) -> str:
        """Where the array is. Raises ModelFileError if it is not there."""
        ...


class NamedWeights:
    """Keras 2's layout, and Keras 3's `.h5`: a group for each layer with the names of its variables."""

    def __init__(self, content: Hdf5Content) -> None:
        self.content = content
        self._root = "model_weights/" if "model_weights" in content.texts else ""

    def path(self, place: Place, slot: Slot) -> str:
        """See `WeightFile.path`."""
        group = f"{self._root}{place.names[0]}"
        names = [name for name in self._names(group) if re.sub(r":\d+$", "", name).split("/")[-1] in slot.names]
        if len(place.names) > 1:
            names = _of_inner_layer(names, place.names)
        found = [f"{group}/{name}" for name in names if f"{group}/{name}" in self._arrays]
        if len(found) != 1:
            raise _missing(place, slot, self.content.where, several=len(found) > 1)
        return found[0]

    @property
    def _arrays(self) -> dict[str, str]:
        return self.content.arrays | self.content.passed_over

    def _names(self, group: str) -> list[str]:
        """The variables of a layer; a long list is spread over several attributes."""
        texts = self.content.texts.get(group, {})
        found: list[str] = []
        for key in sorted(texts, key=lambda key: (len(key), key)):
            if re.fullmatch(r"weight_names\d*", key) and isinstance(texts[key], list):
                found.extend(texts[key])
        return found


class NumberedWeights:
    """Keras 3's layout, also that of `.keras` files of Keras 2.12 and later: classes counted, variables numbered."""

    def __init__(self, content: Hdf5Content) -> None:
        self.content = content

    def path(self, place: Place, slot: Slot) -> str:
        """See `WeightFile.path`."""
        for numbered in (place.numbered, place.numbered.replace("layers/", "_layer_checkpoint_dependencies/")):
            group = "/".join(part for part in (numbered, slot.holder, "vars") if part)
            path = f"{group}/{slot.number}"
            if path in self.content.arrays or path in self.content.passed_over:
                self._check_name(group, place, slot)
                return path
        raise _missing(place, slot, self.content.where)

    def _check_name(self, group: str, place: Place, slot: Slot) -> None:
        stated = self.content.text(group, "name")
        if stated is not None and not slot.holder and stated != place.names[-1]:
            raise ModelFileError(
                f"The weights of '{place.names[-1]}' are labelled '{stated}'",
                self.content.where,
                "Save model and weights together, in one file.",
            )


def is_numbered(content: Hdf5Content) -> bool:
    """Whether an HDF5 file is in Keras 3's layout."""
    return any(path.split("/")[0] in ("layers", "_layer_checkpoint_dependencies") for path in content.arrays)


def snake_case(class_name: str) -> str:
    """A class's name as Keras writes it in paths: `QConv2D` is `q_conv2d`."""
    words = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", re.sub(r"\W+", "", class_name))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", words).lower()


class Numbering:
    """Counts the classes of the layers of one model, as Keras does for paths."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = f"{prefix}/layers" if prefix else "layers"
        self._seen: Counter[str] = Counter()

    def path(self, class_name: str) -> str:
        """The path of the next layer of this class."""
        name = snake_case(class_name)
        count = self._seen[name]
        self._seen[name] += 1
        return f"{self._prefix}/{name}_{count}" if count else f"{self._prefix}/{name}"


def _of_inner_layer(names: list[str], place: tuple[str, ...]) -> list[str]:
    """Those variables of a sub-model that belong to one layer of it: all its names in their path, or its own.

    Of several the shortest path: the others belong to layers further inside.
    """
    inner = [name for name in names if place[-1] in name.split("/")[:-1]]
    exact = [name for name in inner if all(part in name.split("/")[:-1] for part in place[1:])] or inner
    shortest = min((name.count("/") for name in exact), default=0)
    return [name for name in exact if name.count("/") == shortest]


def _missing(place: Place, slot: Slot, where: str, several: bool = False) -> ModelFileError:
    what = "stand there twice" if several else "are missing"
    return ModelFileError(
        f"The weights '{slot.names[0]}' of layer '{'/'.join(place.names)}' {what}",
        where,
        "Save model and weights together, in one file.",
    )
