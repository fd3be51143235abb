"""Recovery: what a killed window leaves behind is found again, what a living one holds is not touched."""

import subprocess
import sys

from engine.project import Session, discard, recoverable
from tests.samples import jet_tagger

_CRASH = """
import os, signal, sys
from pathlib import Path
from engine.project import Run, Session
from tests.samples import jet_tagger
session = Session(Path(sys.argv[1]))
run = Run("synthesise", "done", "2026-01-05", 1.0, "x", "vitis")
session.keep(jet_tagger(session.tensors), Path("/somewhere/a.codesign"), (run,))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_leaves_its_design(tmp_path, store):
    subprocess.run([sys.executable, "-c", _CRASH, str(tmp_path)], check=False, timeout=60)
    (found,) = recoverable(tmp_path)
    assert found.design == jet_tagger(store)
    assert found.file.name == "a.codesign"
    assert [run.action for run in found.runs] == ["synthesise"]
    assert (found.folder / "tensors").is_dir()
    discard(found)
    assert recoverable(tmp_path) == ()


def test_a_living_session_is_not_offered(tmp_path):
    session = Session(tmp_path)
    session.keep(jet_tagger(session.tensors), None)
    assert recoverable(tmp_path) == ()
    session.close()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_recovery_file_is_swept(tmp_path):
    folder = tmp_path / "session-dead"
    folder.mkdir()
    (folder / "recovery.json").write_text("{")
    assert recoverable(tmp_path) == ()
    assert not folder.exists()
