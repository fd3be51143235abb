"""Project files of earlier versions, brought up to date step by step.

To change the format: raise VERSION, add a function that turns the previous version's data into the new one's
under the previous number, and a test with a file of the previous version.
"""

from collections.abc import Callable
from typing import Any

from engine.project.fields import ProjectFileError

VERSION = 1
STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""Version → function from that version's data to the next one's."""


def migrated(data: dict[str, Any], version: int) -> dict[str, Any]:
    """`data` of a file of `version`, as VERSION writes it. Raises ProjectFileError for versions unknown here."""
    if version > VERSION or version < 1:
        raise ProjectFileError(
            f"This project was saved by a newer Codesign Studio (format {version}; this one reads up to {VERSION}). "
            "Update the studio to open it."
        )
    for step in range(version, VERSION):
        data = STEPS[step](data)
    return data
