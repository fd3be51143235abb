"""Toasts come, wait while someone attends to them, and go."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import ToastHost


@pytest.fixture
def window(qtbot, light):
    """A window with a field that has the focus, and a host for toasts."""
    window = QWidget()
    qtbot.addWidget(window)
    window.field = QLineEdit()
    QVBoxLayout(window).addWidget(window.field)
    window.resize(700, 300)
    window.host = ToastHost(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    window.field.setFocus()
    return window


def test_a_toast_goes_by_itself(qtbot, window):
    toast = window.host.show_toast("Saved.", "ok", timeout_ms=20)
    assert toast.isVisible()
    with qtbot.waitSignal(toast.dismissed):
        pass
    assert window.host.toast is None


def test_its_action_runs_once_and_ends_it(qtbot, window):
    ran = []
    toast = window.host.show_toast("Removed 3 layers.", action="Undo", on_action=lambda: ran.append(1))
    qtbot.mouseClick(toast.action_button, Qt.MouseButton.LeftButton)
    assert ran == [1]
    assert window.host.toast is None


def test_a_toast_takes_no_focus_by_itself(window):
    window.host.show_toast("Saved.", "ok")
    assert window.field.hasFocus()


def test_the_keyboard_reaches_it_and_escape_gives_the_focus_back(qtbot, window):
    toast = window.host.show_toast("Removed 3 layers.", action="Undo")
    assert window.host.focus_toast()
    assert toast.action_button.hasFocus()
    assert not window.host.focus_toast()
    qtbot.keyClick(toast.action_button, Qt.Key.Key_Tab)
    assert toast.close_button.hasFocus()
    qtbot.keyClick(toast.close_button, Qt.Key.Key_Escape)
    assert window.host.toast is None
    assert window.field.hasFocus()
    assert not window.host.focus_toast()


def test_it_waits_while_the_keyboard_is_in_it(qtbot, window):
    toast = window.host.show_toast("Removed 3 layers.", action="Undo", timeout_ms=30)
    assert toast.is_waiting
    window.host.focus_toast()
    assert not toast.is_waiting
    window.field.setFocus()
    assert toast.is_waiting


def test_it_waits_while_the_pointer_is_over_it(qtbot, window):
    toast = window.host.show_toast("Saved.", timeout_ms=1000)
    here = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(here, here, here))
    assert not toast.is_waiting
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.is_waiting


def test_one_toast_at_a_time(window):
    first = window.host.show_toast("First.")
    second = window.host.show_toast("Second.")
    assert not first.isVisible()
    assert window.host.toast is second


def test_it_stays_inside_the_window(qapp, window):
    for width, scale in ((700, 1.0), (380, 1.0), (500, 2.0)):
        theme.apply(qapp, theme.Scheme.LIGHT, text_scale=scale)
        window.resize(width, 300)
        toast = window.host.show_toast("Removed 3 layers and joined their neighbours.", "warning", "Undo")
        assert window.rect().contains(toast.geometry())
        assert toast.action_button.isVisible()
        window.resize(width + 60, 300)
        assert window.rect().contains(toast.geometry())


def test_it_tells_its_message_to_a_screen_reader(window):
    assert window.host.show_toast("Saved.").accessibleName() == "Saved."
