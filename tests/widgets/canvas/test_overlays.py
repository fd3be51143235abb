"""What floats over the canvas: minimap, zoom, legend, first steps."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from tests.widgets.canvas import networks
from widgets.canvas.drops import LAYER_MIME
from widgets.canvas.empty import StartAction
from widgets.canvas.model import CanvasModel

LEFT = Qt.MouseButton.LeftButton


def test_a_click_on_the_minimap_moves_the_view_there(view):
    view.zoom_to(2.0)
    minimap = view.overlays.minimap
    left = QPoint(12, minimap.height() // 2)
    QTest.mouseClick(minimap, LEFT, pos=left)
    assert view.camera.seen.centre[0] < view.canvas.picture.layout.bounds.x + 100
    QTest.mousePress(minimap, LEFT, pos=left)
    QTest.mouseMove(minimap, QPoint(minimap.width() - 12, minimap.height() // 2))
    QTest.mouseRelease(minimap, LEFT, pos=QPoint(minimap.width() - 12, minimap.height() // 2))
    assert view.camera.seen.centre[0] > view.canvas.picture.layout.bounds.right - 100


def test_the_frame_of_the_minimap_is_dragged_from_where_it_is_taken(view):
    view.zoom_to(2.0)
    view.center_on("block1_conv2")
    minimap, before = view.overlays.minimap, view.camera.seen.centre
    frame = minimap._mapped(view.camera.seen)
    taken = (frame.topLeft() + QPointF(4, 4)).toPoint()
    QTest.mousePress(minimap, LEFT, pos=taken)
    assert view.camera.seen.centre == pytest.approx(before, abs=8)
    QTest.mouseMove(minimap, taken + QPoint(20, 0))
    QTest.mouseRelease(minimap, LEFT, pos=taken + QPoint(20, 0))
    scale = minimap._scale()[0]
    assert view.camera.seen.centre[0] - before[0] == pytest.approx(20 / scale, rel=0.1)


def test_the_minimap_gives_way_where_it_helps_nobody(view):
    assert not view.overlays.minimap.isHidden()
    view.resize(700, 300)
    assert view.overlays.minimap.isHidden()
    view.zoom_to(1.0)
    view.resize(700, 420)
    assert not view.overlays.minimap.isHidden()


def test_the_minimap_marks_findings(view):
    minimap = view.overlays.minimap
    before = minimap.grab().toImage()
    model = view.model()
    view.set_model(replace(model, nodes=tuple(replace(n, badges=()) for n in model.nodes)))
    assert minimap.grab().toImage() != before


def test_a_long_reason_is_broken_into_lines_and_stays_in_the_view(view):
    view.say("It would close a circle: " + "block_conv → " * 30, QPointF(1300, 590), refusal=True)
    reason = view.overlays.reason
    assert reason.width() <= 460
    assert view.rect().contains(reason.geometry())
    view.say("Short.", QPointF(100, 100), refusal=True)
    assert reason.height() < 40
    assert reason.width() < 100


def test_the_legend_gives_way_in_a_view_that_is_low(view):
    assert view.overlays.legend.isVisible()
    view.resize(900, 150)
    assert not view.overlays.legend.isVisible()


def test_panels_never_overlap(view):
    for size in ((1322, 602), (1018, 426), (1600, 900)):
        view.resize(*size)
        panels = [p for p in (view.overlays.minimap, view.overlays.zoom, view.overlays.legend) if not p.isHidden()]
        for k, panel in enumerate(panels):
            assert view.rect().contains(panel.geometry())
            assert all(not panel.geometry().intersects(other.geometry()) for other in panels[k + 1 :])


def test_the_zoom_control_steps_and_resets(view):
    out, reset, into = view.overlays.zoom.findChildren(QToolButton)
    QTest.mouseClick(out, LEFT)
    assert view.zoom() == pytest.approx(0.8)
    assert reset.text() == "80 %"
    QTest.mouseClick(out, LEFT)
    QTest.mouseClick(reset, LEFT)
    assert view.zoom() == 1.0
    QTest.mouseClick(into, LEFT)
    assert view.zoom() == pytest.approx(1.25)
    assert all(button.accessibleName() for button in (out, reset, into))


def test_the_legend_names_layer_groups_when_seen_from_far(view):
    near = view.overlays.legend.width()
    view.zoom_to(0.3)
    assert view.overlays.legend.width() > near


def test_the_first_layer_is_asked_for_after_the_input(view, qtbot):
    view.set_model(CanvasModel((networks.pill("image", "Image", "8×8×1", "io", "io"),)))
    empty = view.overlays.empty
    assert empty.sketch.accessibleName() == "Add the first layer"
    with qtbot.waitSignal(view.add_menu_requested) as got:
        QTest.mouseClick(empty.sketch, LEFT, pos=empty.sketch.rect().center())
    assert got.args[2] == "image"
    with qtbot.waitSignal(view.selection_changed) as got:
        QTest.mouseClick(empty.sketch, LEFT, pos=QPoint(20, empty.sketch.height() // 2))
    assert got.args == [("image",)]


def test_something_that_works_can_be_started_from(view, qtbot):
    view.set_start_actions(
        [StartAction("open", "Open a model…", "folder"), StartAction("jets", "Jet tagger", "document")]
    )
    view.set_model(CanvasModel())
    buttons = view.overlays.empty.findChildren(QPushButton)
    assert [b.text() for b in buttons] == ["Open a model…", "Jet tagger"]
    with qtbot.waitSignal(view.start_requested) as got:
        QTest.mouseClick(buttons[1], LEFT)
    assert got.args == ["jets"]


def test_a_layer_dropped_on_the_first_steps_is_asked_for(view, qtbot):
    view.set_model(CanvasModel())
    data = QMimeData()
    data.setData(LAYER_MIME, b"dense")
    empty = view.overlays.empty
    rest = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(empty.rect().center(), *rest)
    QApplication.sendEvent(empty, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(view.insert_requested) as got:
        QApplication.sendEvent(empty, QDropEvent(QPointF(empty.rect().center()), *rest))
    assert got.args[:2] == ["dense", None]
