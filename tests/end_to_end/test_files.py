"""Files: save, reopen, drop, several windows, unsaved edits, files that are broken."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QProgressDialog

from app.exports import find_export
from app.folders import EXAMPLES
from app.menus.recent_menu import RecentMenu
from engine.design import REUSE_FACTOR
from engine.network import TensorStore
from engine.project import Run, load_project
from tests.end_to_end.conftest import settle
from tests.end_to_end.hand import CTRL, SHIFT, file_data
from tests.engine.readers.onnx_files import onnx_file
from widgets.controls import Toast

Answer = QMessageBox.StandardButton


@pytest.fixture
def saved_as(monkeypatch):
    """Answers the file dialog; tells how often it was shown."""
    shown = []

    def choose(path):
        def answer(*_args):
            shown.append(path)
            return str(path), ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
        return shown

    return choose


@pytest.fixture
def boxes(monkeypatch):
    """Message boxes are answered at once; what they said is kept."""
    said = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append((box.text(), box.informativeText())))
    return said


def edit(window, hand, value=18):
    hand.click_layer("stem")
    window.workspace.settings.set(REUSE_FACTOR, value)


def test_save_close_reopen_gives_the_same_design(studio, window, hand, saved_as, tmp_path, open_window):
    shown = saved_as(tmp_path / "mine.codesign")
    edit(window, hand)
    hand.key(Qt.Key.Key_S, CTRL)
    assert len(shown) == 1
    assert not window.isWindowModified()
    design = window.workspace.document.design
    edit(window, hand, 36)
    assert window.isWindowModified()
    hand.key(Qt.Key.Key_Z, CTRL)
    assert not window.isWindowModified()
    hand.key(Qt.Key.Key_S, CTRL)
    assert len(shown) == 1
    studio.welcome_window()
    window.close()
    again = open_window(tmp_path / "mine.codesign")
    assert again.workspace.document.design == design
    assert again.workspace.document.path == tmp_path / "mine.codesign"
    assert studio.windows == [again]


def test_a_name_without_suffix_gets_one(window, hand, saved_as, tmp_path):
    saved_as(tmp_path / "plain")
    hand.key(Qt.Key.Key_S, CTRL | SHIFT)
    assert (tmp_path / "plain.codesign").exists()


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_lost(window, hand, saved_as, tmp_path):
    saved_as(tmp_path / "no such folder" / "mine.codesign")
    edit(window, hand)
    design = window.workspace.document.design
    hand.key(Qt.Key.Key_S, CTRL)
    assert window.isWindowModified()
    assert window.workspace.document.design == design


def test_closing_with_unsaved_edits_asks(studio, window, hand, saved_as, tmp_path, monkeypatch):
    answers = [Answer.Cancel, Answer.Save]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    edit(window, hand)
    hand.key(Qt.Key.Key_W, CTRL)
    assert window.isVisible()
    assert studio.windows == [window]
    saved_as(tmp_path / "mine.codesign")
    hand.key(Qt.Key.Key_W, CTRL)
    assert studio.windows == []
    assert (tmp_path / "mine.codesign").exists()
    assert answers == []


def test_closing_without_edits_does_not_ask(studio, window, hand, monkeypatch):
    monkeypatch.setattr(QMessageBox, "question", lambda *_: pytest.fail("asked"))
    hand.key(Qt.Key.Key_W, CTRL)
    assert studio.windows == []
    assert list(studio.folders.sessions.iterdir()) == []


def test_closing_with_runs_that_no_file_holds_asks(studio, window, hand, saved_as, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(QMessageBox, "question", lambda *a: asked.append(a[2]) or Answer.Save)
    saved_as(tmp_path / "mine.codesign")
    hand.key(Qt.Key.Key_S, CTRL)
    window.workspace.document.record(Run("convert", "done", "2026-01-05T10:20:30+00:00", 1.0, "x", "vitis"))
    assert window.isWindowModified()
    hand.key(Qt.Key.Key_W, CTRL)
    assert studio.windows == []
    assert asked == ["“digits_resnet” has runs that no file holds. Save them?"]
    assert [run.action for run in load_project(tmp_path / "mine.codesign", TensorStore(tmp_path)).runs] == ["convert"]


def test_edits_can_be_let_go(studio, window, hand, monkeypatch):
    monkeypatch.setattr(QMessageBox, "question", lambda *_: Answer.Discard)
    edit(window, hand)
    hand.key(Qt.Key.Key_W, CTRL)
    assert studio.windows == []


def test_a_file_dropped_on_the_window_opens(studio, window, hand, qtbot):
    assert hand.drop(window, window.rect().center(), file_data(EXAMPLES / "jet_tagger.codesign"))
    assert [each.workspace.document.design.name for each in studio.windows] == ["jet_tagger"]
    settle(qtbot, studio.windows[0])


def test_an_onnx_model_dropped_on_the_window_opens_and_a_damaged_one_says_why(
    studio, window, hand, qtbot, tmp_path, boxes
):
    path = onnx_file(tmp_path / "tagger.onnx", "keras")
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(path.read_bytes()[:500])
    assert hand.drop(window, window.rect().center(), file_data(broken))
    assert boxes[0][0] == "broken.onnx cannot be opened."
    assert boxes[0][1].startswith("The file is damaged: it ends too early")
    assert hand.drop(window, window.rect().center(), file_data(path))
    assert [each.workspace.document.design.name for each in studio.windows] == ["tagger"]
    settle(qtbot, studio.windows[0])


def test_a_file_dropped_on_the_canvas_opens_beside_edits(studio, window, hand):
    edit(window, hand)
    viewport = window.canvas.viewport()
    assert hand.drop(viewport, viewport.rect().center(), file_data(EXAMPLES / "jet_tagger.codesign"))
    assert len(studio.windows) == 2


def test_two_windows_are_two_documents(studio, window, hand, open_window):
    edit(window, hand)
    other = open_window("jet_tagger")
    assert studio.windows == [window, other]
    before = window.workspace.document.design
    other.workspace.selection.set(["fc1"])
    other.workspace.settings.set(REUSE_FACTOR, 4)
    assert window.workspace.document.design == before
    assert other.workspace.document.undo_stack.count() == 1
    other.workspace.document.let_go()
    other.close()
    QApplication.processEvents()
    edit(window, hand, 36)
    assert window.workspace.document.undo_stack.count() == 2


@pytest.mark.parametrize("content", [b"", b"not a project", b"PK\x03\x04 cut off", b'{"version": 99}'])
def test_a_broken_file_is_said_and_nothing_is_lost(studio, window, hand, tmp_path, boxes, content):
    edit(window, hand)
    design = window.workspace.document.design
    broken = tmp_path / "broken.codesign"
    broken.write_bytes(content)
    assert hand.drop(window, window.rect().center(), file_data(broken))
    assert [text for text, _ in boxes] == ["broken.codesign cannot be opened."]
    assert boxes[0][1]
    assert studio.windows == [window]
    assert window.workspace.document.design == design
    assert broken.read_bytes() == content
    assert len(list(studio.folders.sessions.iterdir())) == 1


def test_a_missing_file_is_said(studio, window, boxes, tmp_path):
    assert studio.open_path(tmp_path / "gone.codesign") is None
    assert boxes[0][0] == "gone.codesign cannot be opened."


def test_opening_asks_for_a_file(studio, window, hand, monkeypatch):
    path = EXAMPLES / "digits_cnn.codesign"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    hand.key(Qt.Key.Key_O, CTRL)
    assert [each.workspace.document.design.name for each in studio.windows] == ["digits_cnn"]
    assert studio.preferences.recent[0] == str(path)


def test_a_long_report_can_be_cancelled_while_the_window_lives(long_window, qtbot, tmp_path):
    exports, ticks = long_window.workspace.exports, []

    def tick():
        ticks.append(1)
        for dialog in long_window.findChildren(QProgressDialog):
            dialog.cancel()

    timer = QTimer(long_window, interval=0)
    timer.timeout.connect(tick)
    timer.start()
    with qtbot.waitSignal(exports.cancelled):
        exports.write(find_export("report.pdf"), tmp_path / "report.pdf")
    timer.stop()
    assert ticks
    assert not (tmp_path / "report.pdf").exists()


def test_a_cancelled_opening_leaves_the_window_and_nothing_else(studio, window, monkeypatch):
    def opened(_path, _tensors, told):
        while True:
            told(0.5)

    def cancelled_at_once(dialog):
        return dialog.isVisible()

    monkeypatch.setattr("app.studio.open_file", opened)
    monkeypatch.setattr(QProgressDialog, "wasCanceled", cancelled_at_once)
    assert studio.open_path(EXAMPLES / "jet_tagger.codesign") is None
    assert studio.windows == [window]
    assert len(list(studio.folders.sessions.iterdir())) == 1


def test_many_reasons_are_said_in_brief(long_window, qtbot, tmp_path):
    exports = long_window.workspace.exports
    with qtbot.waitSignal(exports.failed) as said:
        exports.write(find_export("script.py"), tmp_path / "script.py")
    lines = said.args[0].splitlines()
    assert len(lines) == 4
    assert lines[-1] == "And 167 more."


@pytest.fixture
def configuration(monkeypatch, tmp_path):
    """Answers the question for a configuration with a file of these bytes."""

    def with_content(content):
        path = tmp_path / "mine.yml"
        path.write_bytes(content)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))

    return with_content


def test_a_configuration_is_applied_as_one_step(window, hand, configuration):
    document = window.workspace.document
    configuration(b"HLSConfig:\n  LayerName:\n    stem:\n      ReuseFactor: 18\n    nobody: {}\n")
    before = document.design
    window.commands.run("file.import_config")
    assert document.design.of_layer("stem").get(REUSE_FACTOR) == 18
    assert document.undo_stack.undoText() == "Configuration mine.yml"
    (toast,) = window.findChildren(Toast)
    assert "nobody" in toast.accessibleName()
    shown = QRect(toast.mapTo(window, QPoint(0, 0)), toast.size())
    assert not any(shown.intersects(dock.geometry()) for dock in window.docks.all() if dock.isVisible())
    hand.key(Qt.Key.Key_F6)
    assert toast.has_keyboard
    hand.key(Qt.Key.Key_Escape)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert document.design == before


@pytest.mark.parametrize(("content", "said"), [(b"\xff\xfe\x00", "not a text file"), (b"a: [", "not YAML")])
def test_a_broken_configuration_changes_nothing_and_is_said(window, configuration, content, said):
    configuration(content)
    window.commands.run("file.import_config")
    assert window.workspace.document.undo_stack.count() == 0
    (toast,) = window.findChildren(Toast)
    assert said in toast.accessibleName()


def test_recent_files_stand_in_the_file_menu_and_what_has_gone_cannot_be_chosen(studio, window, tmp_path):
    kept, gone = tmp_path / "kept.codesign", tmp_path / "gone.codesign"
    for path in (gone, kept):
        window.workspace.document.save(path)
        studio.remember_file(path)
    gone.unlink()

    menu = window.findChild(RecentMenu)
    menu.aboutToShow.emit()

    first, second, *_ = menu.actions()
    assert (first.text(), first.isEnabled()) == ("kept.codesign", True)
    assert (second.text(), second.isEnabled()) == ("gone.codesign", False)
    assert "is not there any more" in second.toolTip()
    first.trigger()
    assert any(each.workspace.document.path == kept for each in studio.windows)
