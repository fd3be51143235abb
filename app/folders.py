"""Where the studio keeps its things on this computer."""

from pathlib import Path

from platformdirs import user_config_path, user_data_path

_NAME = "codesign-studio"


def sessions_folder() -> Path:
    """Open documents and what crashed windows left."""
    return user_data_path(_NAME, appauthor=False) / "sessions"


def jobs_folder() -> Path:
    """One folder for each job that was run."""
    return user_data_path(_NAME, appauthor=False) / "jobs"


def user_boards_folder() -> Path:
    """Boards that the user added."""
    return user_config_path(_NAME, appauthor=False) / "boards"


def preferences_file() -> Path:
    """What the user prefers."""
    return user_config_path(_NAME, appauthor=False) / "preferences.json"


def examples_folder() -> Path:
    """Projects that ship with the studio."""
    return Path(__file__).parent.parent / "resources" / "examples"
