"""The history of runs: sorted by any column, chosen and copied with the keyboard, two of them side by side."""

from math import inf

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from widgets.runs import Comparison, ComparisonRow, Figure, HistoryView, RunHistory, RunRow


def run_row(row_id, started, lut, seconds=10.0, edits=0.0, state="done"):
    return RunRow(
        id=row_id,
        started=f"{started} Jan",
        order=f"2026-01-{started:02}",
        action="Synthesise",
        tool="Vitis HLS 2024.1",
        tier="C synthesis",
        tier_rank=3,
        state=state,
        seconds=seconds,
        took=f"{seconds:g} s",
        version="This version" if edits == 0 else "Another version",
        edits=edits,
        detail="",
        folder=f"/jobs/{row_id}",
        figures=(None if lut is None else Figure(lut, 100.0, "+1 %", False),),
    )


RUNS = (run_row("2", 9, 900.0, 100.0), run_row("1", 8, None, 9.0, inf, "failed"), run_row("0", 7, 1000.0, 20.0, 3.0))
VIEW = HistoryView(("LUT",), RUNS)


@pytest.fixture
def history(qtbot):
    history = RunHistory()
    qtbot.addWidget(history)
    history.resize(1200, 600)
    history.set_view(VIEW)
    history.show()
    return history


def order(history):
    """Ids of all lines from the top, without choosing any."""
    return [line.rpartition("/")[2] for line in history.table.text().splitlines()[1:]]


def test_the_newest_run_is_at_the_top(history):
    assert order(history) == ["2", "1", "0"]


@pytest.mark.parametrize(
    ("title", "ids"), [("Took", ["2", "0", "1"]), ("LUT", ["0", "2", "1"]), ("Version", ["1", "0", "2"])]
)
def test_any_column_sorts(history, title, ids):
    model = history.table.model()
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    history.table.setCurrentIndex(model.index(0, titles.index(title)))
    history.table.clearSelection()
    QTest.keyClick(history.table, Qt.Key.Key_S)
    assert order(history) == ids
    QTest.keyClick(history.table, Qt.Key.Key_S)
    assert order(history) == ids[::-1]


def test_two_are_chosen_with_the_keyboard(history, qtbot):
    table = history.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    with qtbot.waitSignal(history.chosen) as told:
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert told.args == [("2", "1")]
    assert not history.folder.isEnabled()
    assert history.folder.toolTip() == "Off: select one run"


def test_return_and_the_button_open_the_folder(history, qtbot):
    history.table.selectRow(1)
    history.table.setCurrentIndex(history.table.model().index(1, 0))
    for act in (lambda: QTest.keyClick(history.table, Qt.Key.Key_Return), history.folder.click):
        with qtbot.waitSignal(history.folder_requested) as told:
            act()
        assert told.args == ["1"]


def test_what_is_chosen_is_copied_as_a_table(history):
    history.table.selectRow(0)
    QTest.keyClick(history.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, line = QGuiApplication.clipboard().text().splitlines()
    cells = dict(zip(head.split("\t"), line.split("\t"), strict=True))
    assert cells["LUT"] == "900"
    assert cells["LUT estimated"] == "100"
    assert cells["Folder"] == "/jobs/2"
    history.table.clearSelection()
    history.copy.click()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 4


def test_the_selection_outlives_a_new_run(history):
    history.table.selectRow(2)
    history.set_view(HistoryView(("LUT",), (run_row("3", 10, 5.0), *RUNS)))
    assert history.table.selected() == ("0",)


def test_no_runs_teach_the_next_step(history, qtbot):
    history.set_view(HistoryView())
    assert history.empty.isVisible()
    with qtbot.waitSignal(history.first_run_requested):
        history.empty.button.click()


def test_a_comparison_keeps_its_page(history):
    panel = history.comparison
    layers = (ComparisonRow("fc1", "5", "6", "+20 %"),)
    total = (ComparisonRow("LUT", "10", "12", "+20 %"),)
    panel.show_comparison(Comparison("A", "B", "Different versions.", (("Total", total), ("LUT", layers))))
    assert panel.table.item(0, 3).text() == "+20 %"
    panel._turn("LUT")
    assert panel.table.item(0, 0).text() == "fc1"
    panel.show_comparison(Comparison("A", "C", "", (("Total", total), ("LUT", layers))))
    assert panel.table.horizontalHeaderItem(2).text() == "C"
    assert panel.table.item(0, 0).text() == "fc1"
    panel.show_comparison(Comparison("A", "C", "", (("Total", total),)))
    assert panel.table.item(0, 0).text() == "LUT"
    panel.show_hint("Select a run.")
    assert not panel.table.isVisible()
