"""What goes wrong: errors inside the studio, a killed window, a killed worker, windows that are gone."""

import gc
import shutil
import signal
import subprocess
import sys
import weakref
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from app import crash
from app.commands import Command
from app.folders import EXAMPLES, Folders
from app.welcome import make_welcome
from engine.design import REUSE_FACTOR
from engine.project import recoverable
from tests.end_to_end.hand import CTRL, SHIFT

ROOT = Path(__file__).parents[2]
LOST_AT_MOST = 2.0
"""Seconds of edits that a killed window may lose."""
LONGER = 2.8


def fail():
    raise ZeroDivisionError("a slot that fails")


@pytest.fixture
def reports(monkeypatch):
    """Errors become reports in this list, as they become a dialog otherwise."""
    found = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    crash.install(ask=found.append)
    return found


@pytest.mark.qt_no_exception_capture
def test_an_error_becomes_a_report_and_the_window_goes_on(window, hand, reports, capsys):
    window.commands.add(Command("test.fail", "Fail", fail, shortcut="Ctrl+Shift+F12"))
    hand.click_layer("stem")
    hand.key(Qt.Key.Key_F12, CTRL | SHIFT)
    hand.key(Qt.Key.Key_F12, CTRL | SHIFT)
    assert len(reports) == 1
    assert "ZeroDivisionError: a slot that fails" in reports[0]
    assert "PySide6-Essentials" in reports[0]
    assert window.workspace.document.design.name not in reports[0]
    window.workspace.settings.set(REUSE_FACTOR, 18)
    assert window.inspector.reuse.field.text() == "18"
    hand.key(Qt.Key.Key_Z, CTRL)
    assert not window.workspace.document.modified
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.fixture
def killed(tmp_path):
    """A window killed in the middle of edits: its folders, its file, when each edit was made and when it died."""
    home, file = tmp_path / "home", tmp_path / "mine.codesign"
    shutil.copyfile(EXAMPLES / "jet_tagger.codesign", file)
    command = [sys.executable, "-m", "tests.end_to_end.victim", str(home), str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        edits, began = {}, None
        for line in process.stdout:
            number, moment = line.split()
            edits[int(number)] = float(moment)
            began = began or monotonic()
            if monotonic() - began > LONGER:
                break
        died = monotonic()
        process.send_signal(signal.SIGKILL)
    return Folders.under(home), file, edits, died


def test_a_killed_window_loses_at_most_two_seconds_and_never_the_file(killed, studio, qtbot, monkeypatch):
    folders, file, edits, died = killed
    assert file.read_bytes() == (EXAMPLES / "jet_tagger.codesign").read_bytes()
    (left,) = recoverable(folders.sessions)
    last = int(left.design.name.removeprefix("edit "))
    lost = [number for number, moment in edits.items() if number > last and moment < died - LOST_AT_MOST]
    assert lost == []
    assert left.file == file
    studio.folders = folders
    window = studio.welcome_window()
    page = make_welcome(window.workspace, window.show_canvas)
    qtbot.addWidget(page)
    page.restore_requested.emit(str(left.folder))
    window = studio.windows[-1]
    assert window.workspace.document.design == left.design
    assert window.workspace.document.path == file
    assert window.isWindowModified()
    assert window.workspace.live.estimate.total.resource("LUT").value > 0
    assert recoverable(folders.sessions) == ()
    asked = []
    monkeypatch.setattr(QMessageBox, "question", lambda *a: asked.append(a[2]) or QMessageBox.StandardButton.Cancel)
    window.close()
    assert len(asked) == 1


def test_a_window_that_is_gone_leaves_nothing_in_memory(studio, open_window):
    first = open_window("jet_tagger")
    first.workspace.selection.set(["fc1"])
    first.workspace.settings.set(REUSE_FACTOR, 4)
    kept = [weakref.ref(first), weakref.ref(first.workspace.document), weakref.ref(first.canvas)]
    other = open_window("digits_cnn")
    first.workspace.document.let_go()
    first.close()
    del first
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    gc.collect()
    assert [reference() for reference in kept] == [None, None, None]
    assert other.isVisible()
