"""Parts in the window: added from a file with real clicks, removed again; what cannot be downloaded says why."""

import hashlib
import json
import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.dialogs.parts_dialog import PartsDialog
from app.job_bridge import JobBridge
from engine.addons import Addon, added_folder
from engine.addons import addon as addon_module


class Bench:
    """What the dialog knows of the studio: its jobs."""

    def __init__(self, jobs):
        self.jobs = jobs


@pytest.fixture
def bench(tmp_path, qapp):
    jobs = JobBridge(tmp_path / "jobs")
    yield Bench(jobs)
    jobs.close()


@pytest.fixture
def part(tmp_path, monkeypatch):
    file = tmp_path / "place.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("tool.py", "x" * 10)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    part = Addon("place", "Place and route", file.name, digest, file.stat().st_size, 10)
    (tmp_path / "addons.json").write_text(json.dumps([{name: getattr(part, name) for name in Addon.__slots__}]))
    monkeypatch.setattr(addon_module, "CATALOGUE", tmp_path / "addons.json")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return part


def test_without_parts_it_says_how_they_come(shown, bench):
    dialog = shown(PartsDialog(bench))
    assert dialog.rows == ()


def test_a_part_that_has_no_address_is_asked_for_as_a_file(shown, bench, part):
    dialog = shown(PartsDialog(bench))
    row = dialog.rows[0]
    assert not row.download.isEnabled()
    assert row.download.toolTip() == "Off: this installer names no place to download it from"
    assert row.choose.isEnabled()
    assert "Its file is place.zip" in row.state.text()


def test_a_file_that_is_refused_says_why(shown, bench, part, tmp_path, qtbot, monkeypatch):
    other = tmp_path / "other.zip"
    other.write_bytes(b"something else")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    dialog = shown(PartsDialog(bench))
    row = dialog.rows[0]
    qtbot.mouseClick(row.choose, Qt.MouseButton.LeftButton)
    # The worker reads the catalogue that ships, in which no such part is.
    qtbot.waitUntil(lambda: row.choose.isVisible(), timeout=30_000)
    assert "knows no part 'place'" in row.state.text()
    assert not row.bar.isVisible()


def test_a_dialog_opened_again_goes_on_with_what_runs_and_can_cancel_it(shown, bench, part, tmp_path, qtbot):
    rest = tmp_path / "data" / "codesign-studio" / "addons" / f".download-{part.id}"
    rest.mkdir(parents=True)
    arguments = {"addon": part.id, "root": str(tmp_path)}
    bench.jobs.submit(f"part {part.id}", "engine.addons.job:add_part", "Add", arguments)
    dialog = PartsDialog(bench)
    row = dialog.rows[0]
    assert row.cancel.isVisibleTo(dialog)
    assert not row.choose.isVisibleTo(dialog)
    # Before the worker has started: what it would say comes through the event loop only.
    row.cancel.click()
    shown(dialog)
    qtbot.waitUntil(lambda: row.choose.isVisible(), timeout=30_000)
    assert row.state.text().startswith("Not added")
    assert not rest.exists()


def test_a_part_that_is_there_is_removed(shown, bench, part, tmp_path, qtbot):
    folder = added_folder(part, tmp_path / "data" / "codesign-studio" / "addons")
    folder.mkdir(parents=True)
    dialog = shown(PartsDialog(bench))
    row = dialog.rows[0]
    assert row.state.text().startswith("Added")
    qtbot.mouseClick(row.take_away, Qt.MouseButton.LeftButton)
    assert not folder.exists()
    assert row.choose.isVisible()
