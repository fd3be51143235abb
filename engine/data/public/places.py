"""Where fetched data sets stand."""

import os
from pathlib import Path

from platformdirs import user_data_path

VARIABLE = "CODESIGN_DATA"
"""Names another folder than the user's own, such as one that many users share."""


def data_folder() -> Path:
    """The folder of fetched sets; it need not exist."""
    chosen = os.environ.get(VARIABLE)
    return Path(chosen) if chosen else user_data_path("codesign-studio", appauthor=False) / "data_sets"


def place_of(name: str) -> Path:
    """The NumPy file of a set."""
    return data_folder() / f"{name}.npz"
