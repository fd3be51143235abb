"""Ranges and scans in the window: found by jobs while the table fills, seen in the inspector, set by one edit."""

import pytest
from PySide6.QtCore import Qt

from app.dialogs.ranges_dialog import RangesDialog
from app.dialogs.scan_dialog import ScanDialog
from engine.design import DataReference, DataSource, set_data, set_on_layers
from engine.precision import parse
from engine.ranges import Method
from tests.end_to_end.hand import CanvasHand
from widgets.ranges.view import COLUMNS
from widgets.scan import Over

PATIENCE = 60_000
NARROW = parse("ap_fixed<6,1>")


@pytest.fixture
def jet(open_window):
    return open_window("jet_tagger")


@pytest.fixture
def hand(jet):
    hand = CanvasHand(jet)
    yield hand
    hand.let_go()


@pytest.fixture
def opened(jet, qtbot):
    """The table of ranges, all measured."""
    jet.commands.run("run.ranges")
    dialog = jet.findChild(RangesDialog)
    assert dialog.words.text() == "It waits for the jobs before it."
    measured = jet.workspace.measured
    qtbot.waitUntil(lambda: not measured.running and bool(measured.ranges.spreads), timeout=PATIENCE)
    yield dialog
    dialog.close()


def line(dialog, layer, numbers):
    return next(row for row in dialog.table.view.rows if row.cells[:2] == (layer, numbers))


def cell(row, title):
    return row.cells[COLUMNS.index(title)]


def test_what_overflows_is_seen_everywhere_and_types_are_set_by_one_step(jet, opened, hand, qtbot):
    space = jet.workspace
    assert space.measured.ranges.samples == 200
    assert not line(opened, "fc2", "Results").wrong
    space.document.edit("Set result", lambda design: set_on_layers(design, ("fc2",), "result", NARROW))
    qtbot.waitUntil(lambda: line(opened, "fc2", "Results").wrong)
    assert cell(line(opened, "fc2", "Results"), "Overflow").endswith("%")
    qtbot.waitUntil(lambda: any("of its results wrap" in found.title for found in space.live.findings))
    found = next(found for found in space.live.findings if "of its results wrap" in found.title)
    assert found.layers == ("fc2",)
    hand.click_layer("fc2")
    role = next(role for role in jet.inspector.view.precision if role.role == "result")
    assert role.histogram.share_beyond(NARROW) > 0
    assert role.noise_db < 20
    space.edits.apply(found.fix.text, found.fix.edit)
    qtbot.waitUntil(lambda: not line(opened, "fc2", "Results").wrong)
    jet.commands.run("edit.undo")
    qtbot.waitUntil(lambda: line(opened, "fc2", "Results").wrong)
    jet.commands.run("edit.undo")
    qtbot.waitUntil(lambda: not line(opened, "fc2", "Results").wrong)
    set_suggested_types(jet, opened, qtbot)
    measure_other_data(jet, opened, qtbot)


def set_suggested_types(jet, opened, qtbot):
    """For a layer, then for all; each is one step."""
    document = jet.workspace.document
    before, steps = document.design, document.undo_stack.index()
    row = opened.table.view.rows.index(line(opened, "fc1", "Sums"))
    opened.table.selectRow(row)
    assert jet.workspace.selection.names == ("fc1",)
    assert opened.use_some.text() == "Set fc1"
    qtbot.mouseClick(opened.use_some, Qt.MouseButton.LeftButton)
    assert {name for name, settings in document.design.layers if settings != before.of_layer(name)} == {"fc1"}
    opened.method.setCurrentIndex(opened.method.findData(Method.EXACT.value))
    qtbot.mouseClick(opened.use_all, Qt.MouseButton.LeftButton)
    assert document.undo_stack.index() == steps + 2
    qtbot.waitUntil(lambda: not opened.use_all.isEnabled())
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.design == before


def measure_other_data(jet, opened, qtbot):
    """What was measured holds no more, and is measured anew."""
    space = jet.workspace
    jets = DataReference(DataSource.GENERATOR, "jets")
    space.document.edit("Data set", lambda design: set_data(design, jets))
    assert not space.measured.ranges.spreads
    qtbot.waitUntil(lambda: opened.again.text() == "Measure")
    qtbot.mouseClick(opened.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: space.measured.ranges.samples == 200 and not space.measured.running, timeout=PATIENCE)
    assert "Jets, train split" in opened.words.text()


def test_a_scan_fills_the_table_and_one_of_its_figures_is_set(jet, qtbot):
    space = jet.workspace
    before = space.document.design
    jet.commands.run("run.scan")
    dialog = jet.findChild(ScanDialog)
    qtbot.waitUntil(lambda: not space.scan.running and bool(dialog.table.view.rows), timeout=PATIENCE)
    assert {row.layer for row in dialog.table.view.rows} >= {"fc1", "fc2", "fc3", "output"}
    assert "suffers most" in dialog.headline.text()
    choose_in_plot(dialog, "fc2", 3)
    assert dialog.use.text() == "Set fc2 to 3 bits"
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    assert space.live.flow.resolve(space.document.design, "fc2", "weight").value.width == 3
    qtbot.waitUntil(lambda: dialog.table.view.stale)
    assert dialog.headline.text().startswith("Of an earlier design.")
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert space.document.design == before
    qtbot.waitUntil(lambda: not dialog.table.view.stale)
    dialog.close()


def choose_in_plot(dialog, layer, bits):
    """Over LUTs, then over bits; the table and the keyboard follow."""
    view, plot = dialog.table.view, dialog.plot
    place = next(row for row, each in enumerate(view.rows) if each.layer == layer), view.widths.index(bits)
    cell = view.rows[place[0]].cells[place[1]]
    point = next(point for point in plot.points.points() if point.data() == place)
    assert (point.pos().x(), point.pos().y()) == (cell.lut_saved, cell.figure)
    dialog.over.setCurrentIndex(dialog.over.findData(Over.BITS.value))
    point = next(point for point in plot.points.points() if point.data() == place)
    assert (point.pos().x(), point.pos().y()) == (bits, cell.figure)
    plot.points.sigClicked.emit(plot.points, [point], None)
    assert dialog.table.current() == place
    x, y = plot.line.getData()
    assert (bits, cell.figure) in zip(x, y, strict=True)
