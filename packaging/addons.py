"""Builds the parts that lite offers to add, and the catalogue by which it knows them.

python packaging/addons.py VERSION FOLDER CATALOGUE PART...    run by package.sh in the environment that is frozen

A part is a zip file of packages: those of its lock that are not in lite's. CODESIGN_ADDONS_URL names the place that
the files will be downloaded from; without it they are added from files only.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import asdict
from importlib.metadata import distributions
from pathlib import Path

import licences

from engine.addons import LICENCES, Addon

LOCKS = Path(__file__).parent
PARTS = {
    "place-and-route": ("Place and route", "open", "Bitstreams for Lattice ECP5 and iCE40 and for Gowin boards."),
    "training": ("Training", "full", "Train networks with the arithmetic of their hardware, by TensorFlow and QKeras."),
    "compiler": (
        "C++ compiler",
        "compiler",
        "Where there is no g++: run the generated C++, and prove hardware bit for bit. By zig.",
    ),
}
"""Each with its title, the lock that holds its packages, and what it is good for."""
# In lite's lock for PyInstaller's sake, and not in what it freezes.
ONLY_TO_FREEZE = {"packaging", "setuptools"}
# Programs of packages, and headers for those who extend TensorFlow: three quarters of all files.
UNUSED = ("bin", "tensorflow/include")
# Zip files know no earlier day; the packages' own times say nothing.
DATE = (1980, 1, 1, 0, 0, 0)


def entries(lock: str) -> dict[str, str]:
    """Each requirement of a lock by its package's name."""
    text = (LOCKS / f"lock-{lock}.txt").read_text(encoding="utf-8")
    text = re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    return {re.split(r"[=\s]", line)[0]: line for line in text.splitlines() if line.strip()}


def install(part: str, folder: Path) -> Path:
    """A folder with the packages that a part brings."""
    _, lock, _ = PARTS[part]
    known, target = entries("lite").keys() - ONLY_TO_FREEZE, folder / part
    requirements = folder / f"{part}.txt"
    shutil.rmtree(target, ignore_errors=True)
    requirements.write_text("\n".join(line for name, line in entries(lock).items() if name not in known))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--require-hashes"]
    build = ["--no-build-isolation", "--use-pep517"]
    subprocess.run([*pip, *build, "--target", str(target), "--requirement", str(requirements)], check=True)
    for unused in UNUSED:
        shutil.rmtree(target / unused, ignore_errors=True)
    strip(target)
    licences.write(target / LICENCES, distributions(path=[str(target)]))
    return target


def strip(folder: Path) -> None:
    """Take away names of TensorFlow's that nobody outside asks for, as package.sh does in what it freezes."""
    libraries = [path for path in sorted(folder.glob("tensorflow/**/*.so*")) if not path.is_symlink()]
    if libraries and shutil.which("strip"):
        subprocess.run(["strip", "--strip-unneeded", *libraries], check=True)


def pack(source: Path, file: Path) -> int:
    """Write a zip file that depends on its contents alone; return their size in bytes."""
    total = 0
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(each for each in source.rglob("*") if each.is_file()):
            # What pip notes of this computer: when and from where it installed.
            if path.name in ("direct_url.json", "RECORD"):
                continue
            member = zipfile.ZipInfo(path.relative_to(source).as_posix(), DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = (0o755 if os.access(path, os.X_OK) else 0o644) << 16
            data = path.read_bytes()
            archive.writestr(member, data)
            total += len(data)
    return total


def build(part: str, version: str, folder: Path) -> Addon:
    """A part's file, and what the catalogue says of it."""
    system = f"{sysconfig.get_platform()}-py{''.join(platform.python_version_tuple()[:2])}"
    file = folder / f"codesign-studio-{version}-{part}-{system}.zip"
    installed = pack(install(part, folder / "parts"), file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    place = os.environ.get("CODESIGN_ADDONS_URL", "")
    url = f"{place.rstrip('/')}/{file.name}" if place else ""
    title, _, about = PARTS[part]
    return Addon(part, title, file.name, digest, file.stat().st_size, installed, url, about)


def main(version: str, folder: str, catalogue: str, *parts: str) -> None:
    """Build the parts into the folder, and write the catalogue."""
    (Path(folder) / "parts").mkdir(parents=True, exist_ok=True)
    built = [asdict(build(part, version, Path(folder))) for part in parts]
    Path(catalogue).write_text(json.dumps(built, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
