"""The table of layers, alone: what it shows, chooses, points at and copies."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from widgets import theme
from widgets.traces import LayerTraces, TraceRow, TracesView
from widgets.traces.view import COLUMNS

GOOD = ("0.5 %", "0.01", "0.001", "−1 to 1", "−1 to 1", "0 %", "fixed<16,6>")
BAD = ("80 %", "3", "1", "−9 to 9", "−4 to 4", "20 % wrap", "fixed<8,3,RND_CONV,SAT>")
VIEW = TracesView(
    "Emulate net",
    "Accuracy 50.0 % in hardware",
    "Goes wrong at conv2: add bits.",
    "danger",
    rows=(
        TraceRow("image", "io", "input"),
        TraceRow("conv1", "conv", "conv2d", GOOD, 0.01),
        TraceRow("conv2", "conv", "conv2d", BAD, 1.0, True, True),
        TraceRow("old", "", "", GOOD, known=False),
    ),
)


@pytest.fixture
def panel(qtbot, qapp):
    theme.apply(qapp, theme.Scheme.LIGHT)
    panel = LayerTraces()
    qtbot.addWidget(panel)
    panel.resize(1000, 220)
    panel.set_view(VIEW)
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    theme.apply(qapp, theme.Scheme.LIGHT)


def middle(panel, row):
    table = panel.table
    return table.visualRect(table.model().index(row, 0)).center()


def shown(panel):
    return [name for place, name in enumerate(COLUMNS) if not panel.table.isColumnHidden(place)]


def test_a_click_and_the_arrows_choose_layers(panel, qtbot):
    chosen = []
    panel.selected.connect(chosen.append)
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=middle(panel, 1))
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    assert chosen == [("conv1",), ("conv2",)]
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    assert chosen[-1] == ()  # the network no longer has it


def test_choosing_elsewhere_is_followed_without_an_echo(panel):
    chosen = []
    panel.selected.connect(chosen.append)
    panel.set_selection(("conv2", "unknown"))
    assert [index.row() for index in panel.table.selectionModel().selectedRows()] == [2]
    assert chosen == []


def test_pointing_tells_the_layer_and_leaving_takes_it_back(panel, qtbot):
    told = []
    panel.hovered.connect(told.append)
    for row in (1, 2):
        qtbot.mouseMove(panel.table.viewport(), middle(panel, row))
        QApplication.processEvents()
    assert told[-1] == "conv2"
    before = panel.table.grab().toImage()
    panel.set_hovered("conv1")
    assert panel.table.grab().toImage() != before


def test_enter_and_the_button_go_to_a_layer(panel, qtbot):
    gone = []
    panel.go_to.connect(gone.append)
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=middle(panel, 1))
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.go.text() == "Go to conv2"
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    assert gone == ["conv1", "conv2"]


def test_the_table_is_copied_whole(panel, qtbot):
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[:3] == ["Emulate net", "Accuracy 50.0 % in hardware", "Goes wrong at conv2: add bits."]
    assert lines[3] == "\t".join(COLUMNS)
    assert lines[6] == "\t".join(("conv2", *BAD))


def test_what_does_not_fit_is_left_out_but_never_the_bars(panel):
    assert shown(panel) == [*COLUMNS]
    panel.resize(420, 220)
    QApplication.processEvents()
    narrow = shown(panel)
    assert narrow[:2] == ["Layer", "Off by"]
    assert len(narrow) < len(COLUMNS)
    assert not panel.table.horizontalScrollBar().isVisible()
    panel.resize(1000, 220)
    QApplication.processEvents()
    assert shown(panel) == [*COLUMNS]


def test_the_worst_has_the_longest_bar(panel):
    def danger(row):
        index = panel.table.model().index(row, 1)
        picture = panel.table.viewport().grab(panel.table.visualRect(index)).toImage()
        points = [QPoint(x, y) for x in range(picture.width() // 2) for y in range(picture.height())]
        return sum(picture.pixelColor(at).red() > picture.pixelColor(at).blue() + 60 for at in points)

    assert danger(2) > 50 > danger(1)


def test_a_stale_table_says_so_and_pales(panel):
    ink = panel.table.model().index(1, 2)
    fresh = ink.data(Qt.ItemDataRole.ForegroundRole)
    panel.set_view(replace(VIEW, age="2 edits old"))
    assert panel.table.model().index(1, 2).data(Qt.ItemDataRole.ForegroundRole) != fresh
    assert "2 edits old" in panel.accessibleDescription()


def test_without_an_emulation_the_next_step_is_said(panel):
    panel.set_view(TracesView(reason="Emulate again."))
    assert not panel.table.isVisible()
    assert panel._empty.isVisible()
