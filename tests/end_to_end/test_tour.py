"""The tour: four steps over a real example, with mouse and keyboard, skipped and repeated."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from app.tour import STEPS, Tour
from tests.end_to_end.conftest import settle
from tests.end_to_end.hand import Hand


def _tour(studio, qtbot):
    """The tour of the newest window, once it stands."""
    window = studio.windows[-1]
    window.resize(1440, 900)
    settle(qtbot, window)
    tour = window.findChild(Tour)
    qtbot.waitUntil(lambda: tour.outline.isVisible())
    return window, tour


def seen_of(card):
    """The card without its shadow, in the window."""
    rest = (card.size() - card.outside()) / 2
    return QRect(card.pos() + QPoint(rest.width(), rest.height()), card.outside())


def test_the_first_start_shows_the_tour_the_next_one_the_welcome_page(studio, qtbot):
    studio.first_window()
    window, tour = _tour(studio, qtbot)
    assert window.workspace.document.design.name == "jet_tagger"
    assert window.workspace.document.path is None
    assert tour.card.place.text() == "1 of 4"
    studio.first_window()
    assert studio.windows[-1].unused


def test_four_steps_are_walked_on_and_back_and_end(studio, qtbot):
    studio.take_tour()
    window, tour = _tour(studio, qtbot)
    hand, seen = Hand(window), []
    for number in range(1, len(STEPS) + 1):
        assert tour.card.place.text() == f"{number} of 4"
        seen.append(tour.card.title.text())
        qtbot.waitUntil(lambda: not tour._settled.isActive())
        part = STEPS[number - 1].part(window)
        assert tour.outline.geometry() == QRect(part.mapTo(window, QPoint(0, 0)), part.size())
        assert window.rect().contains(seen_of(tour.card))
        hand.click(tour.card.next)
    assert seen == [step.title for step in STEPS]
    assert not tour.card.isVisible()
    assert not tour.outline.isVisible()


def test_back_and_escape_by_keyboard_and_the_window_stays_in_use(studio, qtbot):
    studio.take_tour()
    window, tour = _tour(studio, qtbot)
    qtbot.keyClick(tour.card.next, Qt.Key.Key_Return)
    assert tour.card.place.text() == "2 of 4"
    assert window.workspace.selection.names == ("fc1",)
    Hand(window).click(tour.card.previous)
    assert tour.card.place.text() == "1 of 4"
    qtbot.keyClick(tour.card.next, Qt.Key.Key_Escape)
    assert not tour.card.isVisible()


def test_it_is_repeated_from_the_help_menu(studio, qtbot, window):
    window.commands.run("help.tour")
    again, tour = _tour(studio, qtbot)
    assert tour.card.place.text() == "1 of 4"
    Hand(again).click(tour.card.skip)
    assert not tour.card.isVisible()


@pytest.mark.parametrize("size", [(960, 600), (1920, 1080)])
def test_the_card_stays_in_the_window_at_any_size(studio, qtbot, size):
    studio.take_tour()
    window, tour = _tour(studio, qtbot)
    window.resize(*size)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not tour._settled.isActive())
    for _ in STEPS[1:]:
        Hand(window).click(tour.card.next)
        qtbot.waitUntil(lambda: not tour._settled.isActive())
        assert window.rect().contains(seen_of(tour.card))


def test_the_first_card_leaves_canvas_and_budget_in_sight_on_a_laptop(studio, qtbot):
    studio.take_tour()
    window, tour = _tour(studio, qtbot)
    window.resize(1366, 768)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not tour._settled.isActive())
    for part in (window.panels.centre, window.docks.dock("budget")):
        assert not seen_of(tour.card).intersects(QRect(part.mapTo(window, QPoint()), part.size()))
