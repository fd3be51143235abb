"""Where a tool fails on a full disk, that is said; elsewhere nothing is added."""

import shutil

import pytest

from engine.environment.open_tools import OpenTool
from engine.flows.rtl.tools import OpenToolError
from engine.flows.rtl.tools.process import start
from engine.jobs.disk import note_of_full_disk


@pytest.fixture
def full(tmp_path, monkeypatch):
    """A disk without room, at the test's own folder."""
    plain = shutil.disk_usage

    def usage(place):
        found = plain(place)
        return found._replace(free=0) if place == tmp_path else found

    monkeypatch.setattr(shutil, "disk_usage", usage)
    return tmp_path


def test_a_disk_with_room_is_not_blamed(tmp_path):
    assert note_of_full_disk(tmp_path) == ""


def test_the_folder_of_temporary_files_counts_too(full, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(full))
    assert str(full) in note_of_full_disk(full / "elsewhere")


def test_an_open_tool_that_had_no_room_says_so(full, monkeypatch):
    (full / "broken.py").write_text("def run():\n    return 1\n")
    monkeypatch.setenv("PYTHONPATH", str(full))
    tool = OpenTool("broken", "Broken", "broken", "broken", "run")
    with pytest.raises(OpenToolError, match=r"ended with exit code 1.*is full: make room there"):
        start(tool, [], full, "log", full)
