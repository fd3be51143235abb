"""The page of estimates against reports: groups, quantities and runs are chosen by mouse and keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from widgets.calibration import CalibrationPage, CalibrationView, Chart, Dot, Group, RunLine
from widgets.calibration.axes import square, steps


def dot(run, shipped, own, said, inside=True):
    return Dot(run, shipped, own, said, inside, f"{run} in words")


def chart(title, *dots, band=(0.8, 1.25)):
    errors = tuple(10.0 / place for place in range(1, len(dots) + 1))
    return Chart(title, "resource.LUT", dots, band, (10.0,) * len(dots), errors, f"{title} in a sentence.")


def line(run, group):
    return RunLine(run, group, ("1 Jan", f"net {run}", "Vitis HLS", "C synthesis", "7 series"), ("+7 %", ""), "")


HLS = Group(
    "hls",
    "Vitis HLS · 2 runs",
    {
        "LUT": chart("LUT", dot("a", 1000, 1000, 1300), dot("b", 2000, 2400, 2500, inside=False)),
        "latency": chart("Latency, cycles", dot("a", 40, 40, 41), dot("b", 0, 0, 0), band=None),
    },
)
LOGIC = Group("logic", "Vivado · 1 run", {"LUT": chart("LUT", dot("c", 500, 500, 450))})
VIEW = CalibrationView(
    (("LUT", "LUT"), ("latency", "Latency")), (HLS, LOGIC), (line("b", "hls"), line("a", "hls"), line("c", "logic"))
)


@pytest.fixture
def page(qtbot):
    page = CalibrationPage()
    qtbot.addWidget(page)
    page.resize(1200, 640)
    page.show()
    page.set_view(VIEW)
    return page


def painted(widget):
    """Pixels by their colour."""
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 2)}


def test_the_newest_group_is_shown_first(page):
    assert page.groups.currentText() == "Vitis HLS · 2 runs"
    assert page.chart is HLS.charts["LUT"]
    assert page.sentence.text() == page.scatter.accessibleDescription() == "LUT in a sentence."
    assert page.errors.accessibleDescription() == "LUT: 10.0 % as shipped, 5.0 % with own runs"


def test_another_group_has_quantities_of_its_own(page):
    page.quantities.selected.emit("latency")
    assert page.sentence.text() == "Latency, cycles in a sentence."
    page.groups.setCurrentIndex(1)
    # It has no latency.
    assert page.chart is LOGIC.charts["LUT"]
    page.groups.setCurrentIndex(0)
    assert page.chart is HLS.charts["LUT"]


def test_a_click_on_a_dot_chooses_its_run(page):
    place = page.scatter.dot_place("a").toPoint()
    QTest.mouseClick(page.scatter, Qt.MouseButton.LeftButton, pos=place)
    assert page.table.current() == "a"
    QTest.mouseClick(page.scatter, Qt.MouseButton.LeftButton, pos=page.scatter.rect().topRight())
    assert page.table.current() == "a"


def test_the_keyboard_walks_runs_and_charts_follow(page):
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.model().index(1, 0))
    assert page.groups.currentIndex() == 0
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.current() == "c"
    assert page.chart is LOGIC.charts["LUT"]


def test_what_is_chosen_stays_chosen_when_a_run_comes(page):
    page.groups.setCurrentIndex(1)
    page.table.select_run("a")
    page.set_view(CalibrationView(VIEW.quantities, VIEW.groups, (line("new", "hls"), *VIEW.runs)))
    assert page.groups.currentText() == "Vivado · 1 run"
    assert page.table.current() == "a"


def test_the_table_is_copied_for_a_spreadsheet(page):
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = [row.split("\t") for row in QGuiApplication.clipboard().text().splitlines()]
    assert rows[0] == ["Started", "Network", "Tool", "Level", "Family", "LUT", "Latency"]
    assert rows[1][1:] == ["net b", "Vitis HLS", "C synthesis", "7 series", "+7 %", ""]


def test_the_switch_says_what_the_user_wants_and_nothing_else(page):
    said = []
    page.used_changed.connect(said.append)
    page.set_view(CalibrationView(VIEW.quantities, VIEW.groups, VIEW.runs, used=False))
    assert said == []
    page.used.setFocus()
    QTest.keyClick(page.used, Qt.Key.Key_Space)
    assert said == [True]


def test_an_empty_page_teaches_the_next_step(page):
    asked = []
    page.first_run_requested.connect(lambda: asked.append("run"))
    page.learn_requested.connect(lambda: asked.append("learn"))
    page.set_view(CalibrationView())
    assert page.empty.isVisible()
    assert "Each synthesis" in page.empty.accessibleDescription()
    page.empty.button.click()
    page.set_view(CalibrationView(teachable=2))
    assert page.empty.button.text() == "Learn from 2 reports"
    assert "another computer" in page.empty.accessibleDescription()
    page.empty.button.click()
    assert asked == ["run", "learn"]


def test_reports_that_do_not_count_are_offered(page):
    assert not page.learn.isVisible()
    page.set_view(CalibrationView(VIEW.quantities, VIEW.groups, VIEW.runs, teachable=1))
    assert page.learn.isVisible()
    assert page.learn.text() == "Learn from 1 report of this project"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_run_outside_its_interval_has_another_shape_and_colour(page, qapp, name):
    from widgets import theme

    theme.apply(qapp, theme.Scheme(name))
    warning = theme.current().color("warning").name()
    assert warning in painted(page.scatter)
    page.quantities.selected.emit("latency")
    assert warning not in painted(page.scatter)
    theme.apply(qapp, theme.Scheme.LIGHT)


amounts = st.lists(st.floats(0, 1e7), min_size=1, max_size=9)


@given(amounts)
def test_every_amount_lies_inside_the_square_and_larger_ones_further(found):
    area = QRectF(0, 0, 400, 300)
    plot = square(area, found)
    places = [plot.place(amount, amount) for amount in sorted(found)]
    assert all(area.adjusted(-1, -1, 1, 1).contains(place) for place in places)
    assert [place.x() for place in places] == sorted(place.x() for place in places)
    assert all(plot.low <= tick <= plot.high for tick in plot.ticks())


@given(st.lists(st.floats(0, 200), min_size=1, max_size=9))
def test_errors_lie_inside_their_chart(errors):
    area = QRectF(0, 0, 400, 300)
    plot = steps(area, [tuple(errors)])
    assert all(area.adjusted(-1, -1, 1, 1).contains(plot.place(*each)) for each in enumerate(errors))
    assert 1 <= len(plot.ticks()) <= 6
    assert plot.place(0, 0) == QPointF(0 if len(errors) > 1 else 200, 300)
