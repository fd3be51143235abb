"""Parts in the window: downloaded and added from a file with real clicks, cancelled, refused, removed again."""

import hashlib
import json
import os
import zipfile
from dataclasses import asdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.dialogs.parts_dialog import PartsDialog
from app.job_bridge import JobBridge
from engine.addons import Addon, added_folder
from engine.addons import addon as addon_module
from tests.served import served

SIZE = 2_000_000
"""Bytes of the part, which take several reads."""


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
def catalogue(tmp_path, monkeypatch):
    """Makes the catalogue of a part, with the address of the folder that has its file."""
    file = tmp_path / "place.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("tool.py", os.urandom(SIZE))
    monkeypatch.setattr(addon_module, "CATALOGUE", tmp_path / "addons.json")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def make(address=""):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        url = address and f"{address}/{file.name}"
        part = Addon("place", "Place and route", file.name, digest, file.stat().st_size, SIZE, url)
        (tmp_path / "addons.json").write_text(json.dumps([asdict(part)]))
        return part

    return make


@pytest.fixture
def part(catalogue):
    """One that has no address."""
    return catalogue()


@pytest.fixture
def parts(tmp_path):
    """The user's folder for parts."""
    return tmp_path / "data" / "codesign-studio" / "addons"


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


def test_a_part_is_downloaded_and_is_there(shown, bench, catalogue, parts, tmp_path, qtbot):
    with served(tmp_path) as address:
        part = catalogue(address)
        dialog = shown(PartsDialog(bench))
        row = dialog.rows[0]
        qtbot.mouseClick(row.download, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(row.take_away.isVisible, timeout=30_000)
    assert (added_folder(part, parts) / "tool.py").stat().st_size == SIZE
    assert row.state.text().startswith("Added")


def test_a_download_that_is_another_file_is_refused_and_leaves_nothing(shown, bench, catalogue, parts, tmp_path, qtbot):
    with served(tmp_path) as address:
        part = catalogue(address)
        (tmp_path / part.file).write_bytes(os.urandom(part.size))
        dialog = shown(PartsDialog(bench))
        row = dialog.rows[0]
        qtbot.mouseClick(row.download, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(row.choose.isVisible, timeout=30_000)
    assert "its checksum is another one" in row.state.text()
    assert list(parts.iterdir()) == []


def test_a_download_shows_how_far_it_is_and_is_cancelled(shown, bench, catalogue, parts, tmp_path, qtbot):
    with served(tmp_path, stuck=True) as address:
        catalogue(address)
        dialog = shown(PartsDialog(bench))
        row = dialog.rows[0]
        qtbot.mouseClick(row.download, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: row.bar.value() > 0, timeout=30_000)
        assert row.state.text() == "Downloading Place and route"
        qtbot.mouseClick(row.cancel, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(row.download.isVisible, timeout=30_000)
    assert row.state.text().startswith("Not added")
    assert list(parts.iterdir()) == []


def test_a_part_is_added_from_its_file_and_another_file_refused(
    shown, bench, part, parts, tmp_path, qtbot, monkeypatch
):
    other = tmp_path / "other.zip"
    other.write_bytes(b"something else")
    chosen = [str(other), str(tmp_path / part.file)]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen.pop(0), ""))
    dialog = shown(PartsDialog(bench))
    row = dialog.rows[0]
    qtbot.mouseClick(row.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(row.choose.isVisible, timeout=30_000)
    assert "other.zip is not Place and route" in row.state.text()
    qtbot.mouseClick(row.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(row.take_away.isVisible, timeout=30_000)
    assert (added_folder(part, parts) / "tool.py").exists()


def test_a_dialog_opened_again_goes_on_with_what_runs_and_can_cancel_it(shown, bench, part, parts, qtbot):
    rest = parts / f".download-{part.id}"
    rest.mkdir(parents=True)
    arguments = {"addon": asdict(part), "root": str(parts)}
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


def test_a_part_that_is_there_is_removed(shown, bench, part, parts, qtbot):
    folder = added_folder(part, parts)
    folder.mkdir(parents=True)
    dialog = shown(PartsDialog(bench))
    row = dialog.rows[0]
    assert row.state.text().startswith("Added")
    qtbot.mouseClick(row.take_away, Qt.MouseButton.LeftButton)
    assert not folder.exists()
    assert row.choose.isVisible()
