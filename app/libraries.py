"""The libraries that come with the studio, and their licences: as installed here, or as an installer holds them."""

import json
import platform
import re
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import resources
from engine.addons import LICENCES, added_folder, catalogue, root

DIRECT = (
    "PySide6-Essentials",
    "pyqtgraph",
    "networkx",
    "numpy",
    "h5py",
    "hls4ml",
    "psutil",
    "platformdirs",
    "pyyaml",
    "pillow",
)
"""The libraries that the studio asks for by itself; a test holds them against pyproject."""
BUNDLED = Path(resources.__path__[0]) / "licences.json"
"""What an installer holds besides, with its texts: written when it is built, not there otherwise."""
_REQUIREMENT = re.compile(r"^[A-Za-z0-9][\w.-]*")
_TEXT = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_FONTS = (("Inter", "typeface", "SIL OFL 1.1"), ("JetBrains Mono", "typeface", "SIL OFL 1.1"))
_LONGEST_LICENCE = 60


@dataclass(frozen=True, slots=True)
class Library:
    """A library that comes with the studio; `text` is its licence in full, '' where it lies in its package only."""

    name: str
    version: str
    licence: str
    text: str = ""


def libraries() -> tuple[Library, ...]:
    """All that an installer and the added parts hold; else Python, the fonts, and every library that the studio needs.

    By name.
    """
    held = [BUNDLED, *(added_folder(part, root()) / LICENCES for part in catalogue())]
    if BUNDLED.exists():
        return by_name([each for file in held if file.exists() for each in _written(file)])
    found = {each.name.lower(): each for each in _needed(DIRECT, set())}
    return by_name([*found.values(), python(), *(Library(*font) for font in _FONTS)])


def _written(file: Path) -> list[Library]:
    return [Library(**entry) for entry in json.loads(file.read_text(encoding="utf-8"))]


def by_name(found: list[Library]) -> tuple[Library, ...]:
    """In the order in which they are shown."""
    return tuple(sorted(found, key=lambda library: library.name.lower()))


def python() -> Library:
    """Python itself."""
    text = Path(sysconfig.get_paths()["stdlib"]) / "LICENSE.txt"
    return Library("Python", platform.python_version(), "PSF-2.0", _read(text) if text.exists() else "")


def library(found: Distribution) -> Library:
    """An installed package as it describes itself."""
    files = [Path(str(file.locate())) for file in found.files or () if ".dist-info" in file.parts[0]]
    texts = [_read(file) for file in sorted(files) if _TEXT.search(file.name) and file.is_file()]
    return Library(found.metadata["Name"], found.version, _licence(found), "\n\n\n".join(texts))


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace").strip()


def _needed(names: tuple[str, ...], seen: set[str]) -> Iterator[Library]:
    """The libraries of these names, then those that they need in turn."""
    for name in names:
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in seen:
            continue
        seen.add(key)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        yield library(found)
        yield from _needed(_requirements(found), seen)


def _requirements(found: Distribution) -> tuple[str, ...]:
    """What a library needs; its optional extras are left out."""
    plain = [line for line in found.requires or () if "extra ==" not in line]
    return tuple(match[0] for line in plain if (match := _REQUIREMENT.match(line)))


def _licence(found: Distribution) -> str:
    """The licence as the library itself states it: the newest field first."""
    expression, plain = _stated(found, "License-Expression"), _stated(found, "License")
    classifiers = [line for line in found.metadata.get_all("Classifier") or () if line.startswith("License ::")]
    named = [line.rpartition(" :: ")[2] for line in classifiers]
    classified = ", ".join(name for name in named if name != "OSI Approved")
    return expression or classified or plain.partition("\n")[0][:_LONGEST_LICENCE] or "see its package"


def _stated(found: Distribution, field: str) -> str:
    return "".join(found.metadata.get_all(field) or ()).strip()
