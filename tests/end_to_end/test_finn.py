"""FINN chosen as the flow: units, sliders of PE and SIMD, bars that follow them, and one step to undo."""

from PySide6.QtCore import QPoint, Qt

from engine.design import PE
from tests.end_to_end.hand import CTRL


def test_pe_is_dragged_and_the_bars_follow(window, hand, qtbot):
    space = window.workspace
    space.settings.set_flow("finn")
    hand.click_layer("block1_conv1")
    start, field = space.document.design, window.panels.inspector.settings.field(PE)
    assert space.live.estimate.refusal == ""
    seen = []
    space.live.estimated.connect(lambda: seen.append(space.live.estimate.of("block1_conv1").interval.value))
    middle = field.slider.height() // 2
    qtbot.mousePress(field.slider, Qt.MouseButton.LeftButton, pos=QPoint(8, middle))
    for place in range(1, 5):
        qtbot.mouseMove(field.slider, QPoint(field.slider.width() * place // 5, middle))
    qtbot.mouseRelease(field.slider, Qt.MouseButton.LeftButton, pos=QPoint(field.slider.width() * 4 // 5, middle))
    assert len(set(seen)) > 1
    assert seen[-1] < seen[0]
    chips = window.canvas.canvas.picture.nodes["block1_conv1"].chips
    assert chips[-1] == f"PE {space.live.flow.resolve(space.document.design, 'block1_conv1', PE).value}×1"
    hand.key(Qt.Key.Key_Z, CTRL)
    assert space.document.design == start
