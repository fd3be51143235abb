"""The accuracy beside the bars: in every form, dimmed when it is old, cut where there is no room."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from tests.widgets.budget.designs import view
from widgets import theme
from widgets.budget import AccuracyView, BudgetBars, Form
from widgets.budget.spot import Spot

ACCURACY = AccuracyView(
    "Accuracy", "98.7 %", ("97.4 to 99.3 %", "float 98.9 %"), "bit-exact, 450 samples", "Accuracy 98.7 %, all of it."
)


@pytest.fixture
def bars(qtbot, dressed):
    bars = BudgetBars()
    qtbot.addWidget(bars)
    bars.resize(612, 316)
    bars.set_view(replace(view(), accuracy=ACCURACY))
    bars.show()
    qtbot.waitExposed(bars)
    return bars


def colours(widget):
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def token(name):
    return theme.current().color(name).name()


@pytest.mark.parametrize(("size", "form"), [((612, 316), Form.FULL), ((1006, 182), Form.SIDE), ((420, 240), Form.ROWS)])
def test_it_stands_in_every_form_without_touching_a_neighbour(bars, size, form):
    bars.resize(*size)
    assert bars.form is form
    assert bars.accuracy.isVisible()
    place = bars.accuracy.geometry()
    assert bars.rect().contains(place)
    for part in (bars.rows, bars.tiles, bars.verdict):
        assert part.isHidden() or not part.geometry().intersects(place)
    assert token("text.primary") in colours(bars.accuracy)


def test_a_budget_without_one_has_its_room_back(bars):
    with_it = bars._least(Form.FULL).height()
    bars.set_view(view())
    assert bars.accuracy.isHidden()
    assert bars._least(Form.FULL).height() < with_it


def test_old_answers_are_dimmed_and_bad_ones_marked(bars):
    bars.set_view(replace(view(), accuracy=replace(ACCURACY, stale=True)))
    assert token("text.primary") not in colours(bars.accuracy)
    bars.set_view(replace(view(), accuracy=replace(ACCURACY, danger=True)))
    assert token("warning") in colours(bars.accuracy)


def test_click_and_key_ask_for_the_reason(bars, qtbot):
    spot = bars.accuracy.findChild(Spot, "spot.accuracy")
    assert spot.accessibleName() == ACCURACY.spoken
    for act in (
        lambda: qtbot.mouseClick(spot, Qt.MouseButton.LeftButton, pos=QPoint(20, 10)),
        lambda: qtbot.keyClick(spot, Qt.Key.Key_Return),
    ):
        with qtbot.waitSignal(bars.explain_requested) as asked:
            act()
        assert asked.args == ["accuracy"]
