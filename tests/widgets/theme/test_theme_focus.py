"""The focus ring shows for the keyboard only, stays with its widget, and goes with it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton, QScrollArea, QVBoxLayout, QWidget

from widgets import theme
from widgets.theme.focus import FocusRing


@pytest.fixture
def form(qtbot, light):
    """A window with two buttons and a field, focus on the first button."""
    window = QWidget()
    qtbot.addWidget(window)
    stack = QVBoxLayout(window)
    window.buttons = [QPushButton("one"), QPushButton("two")]
    window.field = QLineEdit()
    for widget in (*window.buttons, window.field):
        stack.addWidget(widget)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    window.buttons[0].setFocus()
    return window


def _rings(window):
    return [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]


def test_tab_shows_a_ring_one_pixel_off_the_widget(qtbot, form):
    qtbot.keyClick(form.buttons[0], Qt.Key.Key_Tab)
    (ring,) = _rings(form)
    assert ring.geometry() == form.buttons[1].geometry().adjusted(-3, -3, 3, 3)


def test_the_mouse_shows_none(qtbot, form):
    qtbot.mouseClick(form.buttons[1], Qt.MouseButton.LeftButton)
    assert form.buttons[1].hasFocus()
    assert not _rings(form)


def test_the_mouse_ends_what_tab_began(qtbot, form):
    qtbot.keyClick(form.buttons[0], Qt.Key.Key_Tab)
    qtbot.mouseClick(form.buttons[0], Qt.MouseButton.LeftButton)
    assert not _rings(form)


def test_fields_show_their_own_border(qtbot, form):
    qtbot.keyClick(form.buttons[1], Qt.Key.Key_Tab)
    theme.focus_by_keyboard(form.field)
    assert form.field.hasFocus()
    assert not _rings(form)


def test_a_widget_may_paint_its_own(qtbot, form):
    form.buttons[1].setProperty("focusRing", False)
    qtbot.keyClick(form.buttons[0], Qt.Key.Key_Tab)
    assert not _rings(form)


def test_the_ring_follows_and_goes_with_its_widget(qtbot, form):
    qtbot.keyClick(form.buttons[0], Qt.Key.Key_Tab)
    form.buttons[1].move(40, 60)
    assert _rings(form)[0].pos() == form.buttons[1].pos() - QPoint(3, 3)
    form.buttons[1].deleteLater()
    qtbot.waitUntil(lambda: not _rings(form))


def test_views_are_framed_from_inside(qtbot, form):
    view = QListWidget(form)
    view.setGeometry(0, 0, 100, 50)
    view.show()
    theme.focus_by_keyboard(view)
    assert _rings(form)[0].geometry() == view.geometry()


def test_scrolled_content_carries_its_ring_along(qtbot, form):
    area = QScrollArea(form)
    inside = QWidget()
    inside.resize(100, 800)
    button = QPushButton("deep", inside)
    button.move(10, 400)
    area.setWidget(inside)
    area.setGeometry(0, 0, 100, 100)
    area.show()
    theme.focus_by_keyboard(button)
    (ring,) = _rings(form)
    assert area.viewport().isAncestorOf(ring)
    area.verticalScrollBar().setValue(350)
    at = button.mapTo(area.viewport(), button.rect().topLeft())
    assert ring.mapTo(area.viewport(), ring.rect().topLeft()) == at - QPoint(3, 3)
