"""Versions and facts about this computer, as values and as text to copy."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version

import psutil
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from app.libraries import libraries

STUDIO = "codesign-studio"


def studio_version() -> str:
    """The studio's own version in words; it has none where it was not installed."""
    try:
        return f"Version {version(STUDIO)}"
    except PackageNotFoundError:
        return "Run from source"


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
