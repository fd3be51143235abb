"""The self-extracting installer's scripts: for one user, in a home whose name holds what shells trip over."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINUX = Path(__file__).parents[2] / "packaging" / "linux"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="installs on Linux")


@pytest.fixture(params=["ada", 'Zoë "Z" Müller $HOME & 100% `x` \\ |'])
def home(request, tmp_path):
    folder = tmp_path / request.param
    folder.mkdir()
    return folder


@pytest.fixture
def unpacked(tmp_path):
    """What makeself unpacks, with a stand-in for the program."""
    folder = tmp_path / "unpacked"
    (folder / "program" / "_internal").mkdir(parents=True)
    program = folder / "program" / "codesign-studio"
    program.write_text("#!/bin/sh\necho started\n")
    program.chmod(0o755)
    applications = folder / "share" / "applications"
    applications.mkdir(parents=True)
    shutil.copy(LINUX / "codesign-studio.desktop", applications)
    for script in ("install.sh", "uninstall.sh"):
        shutil.copy(LINUX / script, folder)
    return folder


def _run(command, home, folder):
    variables = {"PATH": os.environ["PATH"], "HOME": str(home)}
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=True).stdout


def _files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def _executable(line):
    """The program that a desktop starts: the Desktop Entry Specification's quoting undone."""
    quoted = line.removeprefix('Exec="').removesuffix('" %F')
    # The value is a string of its own, in which each backslash is written twice.
    text, plain = quoted.replace("\\\\", "\\"), ""
    while text:
        if text[0] == "\\" or text.startswith("%%"):
            text = text[1:]
        plain, text = plain + text[0], text[1:]
    return plain


def test_it_installs_for_one_user_replaces_and_removes_itself(unpacked, home):
    target = home / ".local" / "opt" / "codesign-studio"
    _run(["sh", "install.sh"], home, unpacked)
    assert _run([str(home / ".local" / "bin" / "codesign-studio")], home, home) == "started\n"
    entry = (home / ".local" / "share" / "applications" / "codesign-studio.desktop").read_text()
    started = next(line for line in entry.splitlines() if line.startswith("Exec="))
    assert _executable(started) == str(target / "codesign-studio")

    (target / "obsolete").touch()
    _run(["sh", "install.sh"], home, unpacked)
    assert not (target / "obsolete").exists()

    assert "is removed" in _run([str(target / "uninstall")], home, home)
    assert [name for name in _files(home) if "mimeinfo.cache" not in name] == []


def test_where_files_cannot_be_written_the_old_one_stays_whole(unpacked, tmp_path):
    home = tmp_path / "home"
    _run(["sh", "install.sh"], home, unpacked)
    before = _files(home)
    (unpacked / "program" / "new").write_bytes(bytes(1_000_000))
    # No file may grow beyond 16 blocks, as on a disk that is full although it said that there is room.
    with pytest.raises(subprocess.CalledProcessError) as failure:
        _run(["sh", "-c", "ulimit -f 16; exec sh install.sh"], home, unpacked)
    assert "Nothing was installed, and what was there before is as it was" in " ".join(failure.value.stderr.split())
    assert _files(home) == before
