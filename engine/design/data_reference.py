"""Which data a design is trained and judged on: where they come from, not the data."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from engine.design.errors import DesignError


class DataSource(StrEnum):
    """Kinds of places that data come from; each says what `DataReference.name` is."""

    FILE = "file"
    """A path: `.npz`, `.npy` or `.csv`."""
    FOLDER = "folder"
    """A path: a folder of images."""
    SHIPPED = "shipped"
    """A set that comes with the studio, by its name."""
    GENERATOR = "generator"
    """A generator of made-up data, by its name; `seed` says which samples it draws."""
    FETCHED = "fetched"
    """A public set that was fetched to this computer, by its name."""


@dataclass(frozen=True, slots=True)
class DataReference:
    """Where data come from and how they are split.

    `validation` and `test` are shares of samples that the source itself has not split. Raises DesignError for shares
    that leave nothing or less.
    """

    source: DataSource
    name: str
    label: str = ""
    """Column of a `.csv` that holds the right answers; '': the one that is called like one, else the last."""
    seed: int = 1
    validation: float = 0.15
    test: float = 0.15

    def __post_init__(self) -> None:
        if not self.name:
            raise DesignError("A data set needs a name or a path.")
        if self.validation < 0 or self.test < 0 or self.validation + self.test > 1:
            raise DesignError(
                f"{self.validation:.0%} for validation and {self.test:.0%} for testing do not share out the samples: "
                "both together are 0 to 100 %."
            )

    @property
    def has_path(self) -> bool:
        """Whether `name` is a path of the user's."""
        return self.source in (DataSource.FILE, DataSource.FOLDER)

    def seen_from(self, folder: Path) -> "DataReference":
        """As a project file in a folder keeps it: the path is relative where the data lie in or below that folder."""
        path = Path(self.name)
        if not self.has_path or not path.is_relative_to(folder):
            return self
        return replace(self, name=path.relative_to(folder).as_posix())

    def found_from(self, folder: Path) -> "DataReference":
        """What `seen_from` kept, with its whole path again."""
        return replace(self, name=str(folder / self.name)) if self.has_path else self
