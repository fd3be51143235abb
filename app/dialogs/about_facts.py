"""Versions, licences and facts about this computer, as values and as text to copy."""

import os
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version

import psutil
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

STUDIO = "codesign-studio"
DIRECT = ("PySide6-Essentials", "pyqtgraph", "networkx", "numpy", "h5py", "hls4ml", "psutil", "platformdirs", "pyyaml")
"""The libraries that the studio asks for by itself; a test holds them against pyproject."""
_REQUIREMENT = re.compile(r"^[A-Za-z0-9][\w.-]*")
_FONTS = (("Inter", "typeface", "SIL OFL 1.1"), ("JetBrains Mono", "typeface", "SIL OFL 1.1"))
_LONGEST_LICENCE = 60


@dataclass(frozen=True, slots=True)
class Library:
    """A library that comes with the studio."""

    name: str
    version: str
    licence: str


def studio_version() -> str:
    """The studio's own version in words; it has none where it was not installed."""
    try:
        return f"Version {version(STUDIO)}"
    except PackageNotFoundError:
        return "Run from source"


def libraries() -> tuple[Library, ...]:
    """Python, the fonts, and every library that is installed because the studio needs it, by name."""
    found = {each.name.lower(): each for each in _needed(DIRECT, set())}
    rest = [Library("Python", platform.python_version(), "PSF-2.0"), *(Library(*font) for font in _FONTS)]
    return tuple(sorted([*found.values(), *rest], key=lambda library: library.name.lower()))


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
        yield Library(found.metadata["Name"], found.version, _licence(found))
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


def system_facts() -> tuple[tuple[str, str], ...]:
    """What a person who helps wants to know; nothing that names the user."""
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    return (
        ("System", f"{platform.system()} {platform.release()}, {platform.machine()}"),
        ("Python", platform.python_version()),
        ("Qt", f"{qVersion()}, {QGuiApplication.platformName()}"),
        ("Screen", f"{size.width()} × {size.height()} at {screen.devicePixelRatio():g}×"),
        ("Processors", str(os.cpu_count() or "not known")),
        ("Memory", f"{psutil.virtual_memory().total / 1e9:.1f} GB"),
    )


def as_text() -> str:
    """All of it, for the clipboard."""
    lines = [f"Codesign Studio: {studio_version()}", ""]
    lines += [f"{name}: {value}" for name, value in system_facts()]
    lines += ["", *(f"{each.name} {each.version} ({each.licence})" for each in libraries())]
    return "\n".join(lines) + "\n"
