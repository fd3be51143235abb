"""The preferences work on a copy, are seen at once, and come out as chosen."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.dialogs.pages import AppearancePage, BudgetPage, ToolsPage
from app.dialogs.preferences_dialog import PreferencesDialog
from app.folders import Folders
from app.preferences import Preferences
from engine.computers import Computer
from widgets import theme

PREFERENCES = st.builds(
    Preferences,
    theme=st.sampled_from(["system", "light", "dark"]),
    safe_share=st.integers(10, 100).map(lambda percent: percent / 100),
    text_scale=st.integers(80, 200).map(lambda percent: percent / 100),
    reduced_motion=st.booleans(),
    tool_paths=st.dictionaries(st.sampled_from(["vivado", "mystery"]), st.just("/opt/tools"), max_size=2),
    computers=st.lists(st.builds(Computer, st.sampled_from(["a", "b"]), host=st.just("h")), max_size=3).map(tuple),
    synthesis_steps=st.just(("export",)),
    synthesis_place=st.sampled_from(["", "a"]),
    shortcuts=st.dictionaries(st.sampled_from(["file.open", "gone"]), st.sampled_from(["", "Ctrl+P", "F5"])),
    recent=st.just(("a.codesign",)),
    window=st.just({"state": "x"}),
)


@pytest.fixture
def dialog(shown, commands, tmp_path):
    return shown(PreferencesDialog(Preferences(theme="light"), commands, folders=Folders.under(tmp_path)))


def _page(dialog, kind):
    return next(page for page in dialog.pages if isinstance(page, kind))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(preferences=PREFERENCES)
def test_what_nobody_touches_stays_the_same(dialog, preferences):
    taken = preferences
    for page in dialog.pages:
        page.show_preferences(preferences)
        taken = page.applied_to(taken)
    assert taken == preferences


def test_the_theme_is_seen_at_once_and_cancel_takes_it_back(dialog, qtbot):
    page = _page(dialog, AppearancePage)
    qtbot.mouseClick(page.theme.button("dark"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: theme.current().is_dark)
    assert dialog.preferences.theme == "dark"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert not theme.current().is_dark
    assert dialog.preferences == Preferences(theme="light")


def test_a_change_that_is_saved_before_it_was_shown_is_shown(dialog, qtbot):
    page = _page(dialog, AppearancePage)
    qtbot.mouseClick(page.theme.button("dark"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert theme.current().is_dark


def test_text_grows_by_keyboard(dialog, qtbot):
    page = _page(dialog, AppearancePage)
    page.text_size.slider.setFocus()
    qtbot.keyClick(page.text_size.slider, Qt.Key.Key_Right)
    assert dialog.preferences.text_scale == 1.1
    qtbot.keyClick(page.text_size.slider, Qt.Key.Key_End)
    assert dialog.preferences.text_scale == 2.0
    assert page.text_size.number.value() == 200
    qtbot.waitUntil(lambda: theme.current().text_scale == 2.0)
    screen = dialog.screen().availableGeometry()
    assert dialog.sizeHint().width() <= screen.width()
    dialog.reject()


def test_the_safe_share_is_typed(dialog, qtbot):
    dialog.show_page("Budget")
    page = _page(dialog, BudgetPage)
    page.safe_share.number.setFocus()
    page.safe_share.number.selectAll()
    qtbot.keyClicks(page.safe_share.number, "65")
    qtbot.keyClick(page.safe_share.number, Qt.Key.Key_Return)
    assert dialog.preferences == replace(Preferences(theme="light"), safe_share=0.65)
    assert page.safe_share.slider.value() == 65


def test_pages_are_walked_by_keyboard(dialog, qtbot):
    dialog.names.setFocus()
    visible = []
    for _ in dialog.pages:
        visible.append([page.TITLE for page in dialog.pages if page.isVisible()])
        qtbot.keyClick(dialog.names, Qt.Key.Key_Down)
    assert visible == [[page.TITLE] for page in dialog.pages]


def test_return_in_a_field_saves_and_opens_nothing(dialog, qtbot):
    dialog.show_page("Tools")
    field = next(iter(_page(dialog, ToolsPage).fields.values()))
    field.edit.setFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_every_control_has_a_name(dialog):
    from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QSlider

    for kind in (QAbstractSpinBox, QComboBox, QSlider, QLineEdit):
        for control in dialog.findChildren(kind):
            if not control.objectName().startswith("qt_"):
                assert control.accessibleName(), control
