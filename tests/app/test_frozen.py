"""The installers' executable: it knows every process the studio starts, and tools see the user's own libraries."""

import os
import re
import sys
from pathlib import Path

import pytest

from app import frozen

ROOT = Path(__file__).parents[2]
STARTED = {
    word
    for path in (ROOT / "engine").rglob("*.py")
    for word in re.findall(r'^FROZEN_COMMAND = "(.*)"', path.read_text(), re.M)
}


def test_every_process_that_the_studio_starts_is_known():
    assert frozen.MODULES.keys() | frozen.SCRIPTS.keys() == STARTED
    assert all((ROOT / f"{module.replace('.', '/')}.py").is_file() for module in frozen.MODULES.values())
    assert all((ROOT / script).is_file() for script in frozen.SCRIPTS.values())


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    """What the executable does to its environment ends with the test."""
    monkeypatch.setattr(os, "environ", os.environ.copy())


@pytest.mark.parametrize(("word", "name"), [("job-worker", "module"), ("read-hdf5", "script")])
def test_the_first_word_decides_and_the_rest_is_handed_on(tmp_path, monkeypatch, capsys, word, name):
    (tmp_path / "told.py").write_text("import sys; print(__name__, sys.argv[1:])")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(frozen.MODULES, "job-worker", "told")
    monkeypatch.setitem(frozen.SCRIPTS, "read-hdf5", str(tmp_path / "told.py"))
    monkeypatch.setattr(sys, "argv", ["codesign-studio", word, "--low-priority"])
    frozen.main()
    assert capsys.readouterr().out == "__main__ ['--low-priority']\n"


@pytest.mark.parametrize("before", [None, "/home/ada/lib"])
def test_tools_see_the_library_path_that_the_user_has(before):
    os.environ["LD_LIBRARY_PATH"] = "/usr/lib/codesign-studio/_internal"
    os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH_ORIG"] = before
    frozen.restore_libraries()
    assert os.environ.get("LD_LIBRARY_PATH") == before
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ
    assert os.environ["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
