"""Data sets are chosen by what is in them; what does not fit says why before anything is used."""

from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from app.dialogs import data_reader
from app.dialogs.data_dialog import DataDialog
from engine.data import DataError
from engine.design import DataReference, DataSource
from tests.engine.data.networks import network

DIGITS = DataReference(DataSource.SHIPPED, "digits")


@pytest.fixture
def opened(shown, qtbot):
    """A dialog that has read what it shows."""

    def open_it(net, data=None):
        dialog = shown(DataDialog(net, data))
        settle(dialog, qtbot)
        return dialog

    return open_it


def settle(dialog, qtbot):
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=30_000)


def place(dialog, title):
    return dialog.source.findText(title)


def choose(dialog, qtbot, title):
    """As a person who takes a line of the list, be it the present one."""
    dialog.source.setCurrentIndex(place(dialog, title))
    dialog.source.activated.emit(dialog.source.currentIndex())
    settle(dialog, qtbot)


def counts(dialog):
    """The table's first line."""
    model = dialog.table.model()
    return [model.index(0, column).data() for column in range(1, model.columnCount())]


def test_what_fits_can_be_chosen_and_what_does_not_says_why(opened, qtbot):
    dialog = opened(network((8, 8, 1), 10), None)
    assert not dialog.table.isVisible()
    jets = dialog.source.model().item(place(dialog, "Jets"))
    assert not jets.isEnabled()
    assert jets.toolTip() == "Off: its samples are 16, the network takes 8×8×1."
    choose(dialog, qtbot, "Digits")
    assert counts(dialog) == ["1,110", "237", "450"]
    assert dialog.headline.text() == "Digits: 1,797 samples, 10 classes, comes with the studio"
    assert not dialog.test.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.reference == DIGITS


def test_shares_and_seed_are_the_users(opened, qtbot):
    dialog = opened(network((16,), 5), DataReference(DataSource.GENERATOR, "jets"))
    for field, text in ((dialog.seed, "7"), (dialog.test, "50")):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)
        settle(dialog, qtbot)
    assert dialog.reference == DataReference(DataSource.GENERATOR, "jets", seed=7, test=0.5)
    assert abs(int(counts(dialog)[2].replace(",", "")) - 4000) <= 5
    dialog.test.setValue(95)
    assert not dialog.use.isEnabled()
    assert dialog.reference.test == 0.5
    dialog.test.setValue(20)
    settle(dialog, qtbot)
    assert dialog.use.isEnabled()


def test_shares_that_are_too_much_stay_refused_until_they_are_mended(opened, qtbot):
    dialog = opened(network((16,), 5), DataReference(DataSource.GENERATOR, "jets"))
    dialog.seed.setValue(7)
    assert dialog.reader.busy
    dialog.test.setValue(95)
    settle(dialog, qtbot)
    assert not dialog.use.isEnabled()
    assert "more than 100 %" in dialog.use.toolTip()
    choose(dialog, qtbot, "Jets")
    assert dialog.test.value() == 15
    assert dialog.use.isEnabled()


def test_what_was_shown_of_another_data_set_goes_at_once(opened):
    dialog = opened(network((8, 8, 1), 10), DIGITS)
    assert dialog.table.isVisible()
    dialog.source.setCurrentIndex(place(dialog, "A file…"))
    dialog.source.setCurrentIndex(place(dialog, "Digits"))
    dialog.source.activated.emit(dialog.source.currentIndex())
    assert not dialog.table.isVisible()
    assert dialog.headline.text() == "The data are being read."


@pytest.mark.parametrize(
    ("arrays", "words"),
    [({"x": np.zeros((4, 5))}, "needs numbers of the shape samples×16"), ({"x": np.full((4, 16), np.nan)}, "Sample 0")],
)
def test_a_file_that_does_not_fit_cannot_be_used(arrays, words, opened, qtbot, tmp_path, monkeypatch):
    np.savez(tmp_path / "mine.npz", **arrays)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "mine.npz"), ""))
    dialog = opened(network((16,), 5), None)
    choose(dialog, qtbot, "A file…")
    assert words in dialog.notice.label.text()
    assert not dialog.use.isEnabled()


def test_a_file_is_looked_into_and_weak_points_are_said(opened, qtbot, tmp_path, monkeypatch):
    labels = np.where(np.arange(200) < 180, 0, 1)
    np.savez(tmp_path / "mine.npz", x=np.random.default_rng(1).normal(size=(200, 16)), y=labels)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "mine.npz"), ""))
    dialog = opened(network((16,), 5), None)
    choose(dialog, qtbot, "A file…")
    assert "uneven" in dialog.notice.label.text()
    assert counts(dialog) == ["140", "30", "30"]
    assert dialog.reference == DataReference(DataSource.FILE, str(tmp_path / "mine.npz"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    choose(dialog, qtbot, "A file…")
    assert dialog.reference.name == str(tmp_path / "mine.npz")


def test_some_samples_are_shown(opened):
    dialog = opened(network((8, 8, 1), 10), DIGITS)
    picture = dialog.preview.grab().toImage()
    colours = {picture.pixelColor(x, 32).lightness() for x in range(64)}
    assert len(colours) > 3
    assert dialog.preview.accessibleDescription().count(",") == 11


def test_the_column_of_answers_of_a_table_can_be_named(opened, qtbot, tmp_path):
    (tmp_path / "t.csv").write_text("a,b,mine\n" + "".join(f"{n % 2},{n},0.5\n" for n in range(40)))
    dialog = opened(network((2,), 2), DataReference(DataSource.FILE, str(tmp_path / "t.csv")))
    assert "no classes" in dialog.notice.label.text()
    dialog.label.setFocus()
    qtbot.keyClicks(dialog.label, "a")
    qtbot.keyClick(dialog.label, Qt.Key.Key_Tab)
    settle(dialog, qtbot)
    assert dialog.reference.label == "a"
    assert dialog.use.isEnabled()
    assert "2 classes" in dialog.headline.text()
    assert not opened(network((16,), 5), DataReference(DataSource.GENERATOR, "jets")).label.isVisible()


def test_arrow_keys_pass_over_files_and_enter_asks_for_one(opened, qtbot, tmp_path, monkeypatch):
    np.savez(tmp_path / "mine.npz", x=np.random.default_rng(1).normal(size=(60, 16)), y=np.arange(60) % 5)
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_: (asked.append(1), (str(tmp_path / "mine.npz"), ""))[1]
    )
    dialog = opened(network((16,), 5), DataReference(DataSource.GENERATOR, "jets"))
    dialog.source.setFocus()
    while dialog.source.currentText() != "A file…":
        qtbot.keyClick(dialog.source, Qt.Key.Key_Down)
    assert not asked
    assert not dialog.use.isEnabled()
    assert dialog.use.toolTip() == "Choose a file first."
    assert dialog.choose.isVisible()
    qtbot.keyClick(dialog.source, Qt.Key.Key_Return)
    settle(dialog, qtbot)
    assert asked == [1]
    assert dialog.use.isEnabled()
    qtbot.keyClick(dialog.source, Qt.Key.Key_Down)
    assert dialog.source.currentText() == "A folder of images…"
    assert dialog.use.toolTip() == "Choose a folder first."
    qtbot.keyClick(dialog.source, Qt.Key.Key_Up)
    settle(dialog, qtbot)
    assert dialog.reference.name == str(tmp_path / "mine.npz")
    assert dialog.use.isEnabled()
    qtbot.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    assert asked == [1, 1]
    settle(dialog, qtbot)
    while dialog.source.currentText() != "Jets":
        qtbot.keyClick(dialog.source, Qt.Key.Key_Up)
    settle(dialog, qtbot)
    assert dialog.reference.name == "jets"
    assert not dialog.choose.isVisible()


@pytest.fixture
def slow(monkeypatch):
    """A file whose reading ends only once it is let go."""
    let_go = Event()

    def read(_reference, _network):
        let_go.wait()
        raise DataError("Nobody waits for this.")

    monkeypatch.setattr(data_reader, "load_data_set", read)
    yield let_go
    let_go.set()


def test_closing_does_not_wait_for_a_file_that_is_being_read(shown, slow):
    dialog = shown(DataDialog(network((8, 8, 1), 10), DIGITS))
    assert dialog.reader.busy
    dialog.reject()
    assert not dialog.reader.busy
    assert not slow.is_set()


def test_a_fault_of_ours_is_said_and_reported_and_holds_nobody_up(shown, qtbot, monkeypatch):
    monkeypatch.setattr(data_reader, "load_data_set", lambda _reference, _network: {}["x"])
    with qtbot.captureExceptions() as caught:
        dialog = shown(DataDialog(network((8, 8, 1), 10), DIGITS))
        qtbot.waitUntil(lambda: bool(caught))
    assert "It could not be read" in dialog.notice.label.text()
    assert not dialog.use.isEnabled()
    assert caught[0][0] is KeyError
