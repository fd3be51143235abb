"""The palette finds by any words, runs by keyboard, and says why an entry is off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from widgets.palette import CommandPalette, Entry, matches

ENTRIES = (
    Entry("rf", "Set reuse factor…", "This layer", "now 72, 23 legal values", shortcut="R"),
    Entry("reset", "Reset reuse factor to inherited", "This layer"),
    Entry("sweep", "Sweep reuse and synthesise", "Network", off="Vitis HLS is busy"),
    Entry("save", "Save", "File", shortcut="Ctrl+S"),
)


@pytest.fixture
def palette(qtbot):
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    palette = CommandPalette(window)
    yield palette
    palette.close()


def test_words_match_in_any_order():
    assert [entry.id for entry in matches(ENTRIES, "factor reset")] == ["reset"]
    assert [entry.id for entry in matches(ENTRIES, "legal")] == ["rf"]
    assert matches(ENTRIES, "nothing such") == ()


def test_the_start_of_a_title_comes_first():
    assert matches(ENTRIES, "s")[0].id == "rf"
    assert matches(ENTRIES, "sav")[0].id == "save"


def test_typing_and_enter_runs_the_first_match(palette, qtbot):
    palette.open(ENTRIES)
    field = palette._field
    qtbot.keyClicks(field, "reuse")
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Down)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == ["reset"]
    assert not palette.isVisible()


def test_an_entry_that_is_off_does_not_run(palette, qtbot):
    palette.open(ENTRIES, "sweep")
    with qtbot.assertNotEmitted(palette.chosen):
        qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_arrows_skip_group_titles(palette, qtbot):
    palette.open(ENTRIES)
    seen = []
    for _ in range(8):
        seen.append(palette._list.currentIndex().row())
        qtbot.keyClick(palette._field, Qt.Key.Key_Down)
    assert all(palette._model.index(row, 0).flags() & Qt.ItemFlag.ItemIsSelectable for row in seen)
