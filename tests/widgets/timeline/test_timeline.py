"""The table of modules with their bars."""

import pytest
from PySide6.QtCore import Qt

from widgets import theme
from widgets.timeline import Activity, TimelineTable, TimelineView
from widgets.timeline.table import reading_colour

VIEW = TimelineView(
    (
        Activity("conv", ("conv", "relu"), 0, 20, 199, 64),
        Activity("dense", ("dense",), 20, 239, 239, 1),
    ),
    latency=239,
    interval=200,
    clock_ns=10.0,
)


@pytest.fixture
def table(qtbot):
    shown = TimelineTable()
    qtbot.addWidget(shown)
    shown.resize(900, 200)
    shown.set_view(VIEW)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_a_row_says_when_its_words_move(table):
    model = table.model()
    texts = [model.index(0, column).data() for column in range(model.columnCount())]
    assert texts == ["conv", None, "0", "20", "199", "64"]
    said = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert said == "conv, relu: begins in cycle 0; its 64 words leave in cycles 20 to 199"
    assert VIEW.rows[1].said == "dense: begins in cycle 20; its word leaves in cycle 239"


def test_the_whole_frame_is_said_in_cycles_and_time():
    assert VIEW.words == ("One frame takes 239 cycles (2.39 µs), a new one follows every 200 (2 µs) at 10 ns a cycle.")
    assert TimelineView().words == ""


def test_bars_are_light_until_words_leave_and_full_from_then_on(table):
    picture = table.viewport().grab().toImage()
    cell = table.visualRect(table.model().index(0, 1))
    now, middle = theme.current(), cell.center().y()
    left, width = cell.left() + 8, cell.width() - 16

    def colour(cycle):
        return picture.pixelColor(round(left + width * cycle / 240), middle)

    assert colour(10) == reading_colour()
    assert colour(100) == now.color("accent")
    assert colour(220) == now.color("bg.sunken")
