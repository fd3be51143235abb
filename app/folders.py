"""Where the studio keeps its things on this computer."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_config_path, user_data_path

_NAME = "codesign-studio"


@dataclass(frozen=True, slots=True)
class Folders:
    """The places of one studio; tests and pictures use places of their own."""

    data: Path
    config: Path

    @staticmethod
    def of_user() -> "Folders":
        """The user's own places, as the platform has them."""
        return Folders(user_data_path(_NAME, appauthor=False), user_config_path(_NAME, appauthor=False))

    @staticmethod
    def under(root: Path) -> "Folders":
        """Everything below one folder."""
        return Folders(root / "data", root / "config")

    @property
    def sessions(self) -> Path:
        """Open documents and what crashed windows left."""
        return self.data / "sessions"

    @property
    def jobs(self) -> Path:
        """One folder for each job that was run."""
        return self.data / "jobs"

    @property
    def own_runs(self) -> Path:
        """Finished runs that estimates learn from, one small file each."""
        return self.data / "own_runs"

    @property
    def boards(self) -> Path:
        """Boards that the user added."""
        return self.config / "boards"

    @property
    def preferences(self) -> Path:
        """The file of what the user prefers."""
        return self.config / "preferences.json"


EXAMPLES = Path(__file__).parent.parent / "resources" / "examples"
"""Projects that ship with the studio."""
