"""Adding a part from its file: nothing of it is used before its checksum is the one this studio knows."""

import hashlib
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from engine.addons.addon import Addon, AddonError, added_folder

Told = Callable[[str, float], None]
"""Is given what is being done, in plain words, and how far all of it is, 0 to 1."""
_CHUNK = 1 << 20
_CHECKED = 0.3
"""Share of the progress that the checksum takes."""
_PROGRAM = 0o755
"""The only mode that is taken from a part's file: that of a program."""
_SPARE = 50_000_000
"""Bytes that stay free on the disk."""


def add(addon: Addon, file: Path, root: Path, told: Told = lambda _text, _fraction: None) -> Path:
    """Check and unpack a part's file; return its folder. Raises AddonError or OSError, and then leaves nothing."""
    target = added_folder(addon, root)
    if target.is_dir():
        return target
    _check(addon, file, told)
    check_room(addon, root, addon.installed)
    with workplace(addon, root, "adding") as folder:
        _unpack(addon, file, folder / "part", told)
        os.replace(folder / "part", target)
    return target


@contextmanager
def workplace(addon: Addon, root: Path, kind: str) -> Iterator[Path]:
    """A folder beside the parts, empty at first and gone at the end; `clear` takes away what a killed job left."""
    folder = _workplace(addon, root, kind)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear(addon: Addon, root: Path) -> None:
    """Take away what an adding left that did not come to its end."""
    for kind in ("adding", "download"):
        shutil.rmtree(_workplace(addon, root, kind), ignore_errors=True)


def check_room(addon: Addon, root: Path, needed: int) -> None:
    """Raise AddonError where the disk has no room for so many bytes."""
    root.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(root).free
    if free < needed + _SPARE:
        raise AddonError(
            f"{addon.title} needs {needed / 1e6:,.0f} MB, but only {free / 1e6:,.0f} MB are free in {root}. "
            "Make room there, then add it again."
        )


def remove(addon: Addon, root: Path) -> bool:
    """Take a part away; False where it was not there."""
    folder = added_folder(addon, root)
    if not folder.is_dir():
        return False
    shutil.rmtree(folder)
    return True


def _workplace(addon: Addon, root: Path, kind: str) -> Path:
    return root / f".{kind}-{addon.id}"


def _check(addon: Addon, file: Path, told: Told) -> None:
    digest, read = hashlib.sha256(), 0
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            read += len(chunk)
            told(f"Checking {file.name}", _CHECKED * min(read / addon.size, 1.0))
    if digest.hexdigest() != addon.sha256:
        raise AddonError(
            f"{file.name} is not {addon.title} for this release of the studio, or it is damaged: its checksum is "
            f"another one. The right file is called {addon.file}; fetch it again."
        )


def _unpack(addon: Addon, file: Path, folder: Path, told: Told) -> None:
    done = 0
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            unpacked = Path(archive.extract(_inside(member, file), folder))
            if member.external_attr >> 16 & stat.S_IXUSR:
                unpacked.chmod(_PROGRAM)
            done += member.file_size
            told(f"Unpacking {addon.title}", _CHECKED + (1 - _CHECKED) * min(done / addon.installed, 1.0))


def _inside(member: zipfile.ZipInfo, file: Path) -> zipfile.ZipInfo:
    """A member that stays in the folder it is unpacked to."""
    path = PurePosixPath(member.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename:
        raise AddonError(f"{file.name} would write outside its folder: '{member.filename}'. It is not used.")
    return member
