"""Which parts there are, and where they lie once they are added."""

import json
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

import resources

CATALOGUE = Path(resources.__path__[0]) / "addons.json"
"""Written when an installer is built; not there where the studio runs from an environment of its own."""
LICENCES = "licences.json"
"""In a part's folder: the licences of what it holds, as `app.libraries` reads them."""
_SHOWN = 16
"""Digits of the checksum in a folder's name: a part of another release is another folder."""


class AddonError(ValueError):
    """A part that cannot be added; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Addon:
    """One part. `sha256` is of its file, which holds what fits this release of the studio and no other.

    `size` is of the file and `installed` of what it becomes, in bytes; `url` is '' where it can be had as a file only;
    `about` says what it is good for.
    """

    id: str
    title: str
    file: str
    sha256: str
    size: int
    installed: int
    url: str = ""
    about: str = ""


def catalogue() -> tuple[Addon, ...]:
    """The parts that this installer knows; none where it is not one."""
    if not CATALOGUE.exists():
        return ()
    return tuple(Addon(**entry) for entry in json.loads(CATALOGUE.read_text(encoding="utf-8")))


def root() -> Path:
    """The user's folder for parts."""
    return Path(user_data_path("codesign-studio", appauthor=False)) / "addons"


def added_folder(addon: Addon, root: Path) -> Path:
    """Where a part lies, and is whole if it lies there."""
    return root / f"{addon.id}-{addon.sha256[:_SHOWN]}"
