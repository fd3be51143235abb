"""Shortcuts are changed by pressing them; who shares a key is named."""

import pytest
from PySide6.QtCore import Qt

from app.dialogs.pages import ShortcutsPage
from app.preferences import Preferences

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(shown, commands):
    page = ShortcutsPage(tuple(commands))
    page.show_preferences(Preferences())
    return shown(page)


def _choose(page, title):
    row = next(row for row in range(page.table.rowCount()) if page.table.item(row, 0).text() == title)
    page.table.selectRow(row)
    return row


def _press(page, qtbot, key, modifiers=CTRL):
    page.editor.keys.setFocus()
    qtbot.keyClick(page.editor.keys, key, modifiers)


def _kept(page):
    return page.applied_to(Preferences()).shortcuts


def test_all_commands_are_listed_with_their_keys(page):
    rows = [[page.table.item(row, column).text() for column in range(3)] for row in range(page.table.rowCount())]
    assert rows == [
        ["Open", "File", "Ctrl+O"],
        ["Save", "File", "Ctrl+S"],
        ["Undo", "Edit", "Ctrl+Z"],
        ["Layout in rows", "View", ""],
    ]
    assert _kept(page) == {}


def test_keys_are_pressed_and_kept(page, qtbot):
    _choose(page, "Layout in rows")
    with qtbot.waitSignal(page.changed):
        _press(page, qtbot, Qt.Key.Key_L)
    assert _kept(page) == {"view.rows": "Ctrl+L"}
    assert page.table.item(3, 3).text() == "was none"


def test_a_single_letter_will_do(page, qtbot):
    _choose(page, "Layout in rows")
    _press(page, qtbot, Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier)
    assert _kept(page) == {"view.rows": "L"}


def test_a_key_that_is_taken_is_named_and_can_be_taken_over(page, qtbot):
    _choose(page, "Undo")
    assert not page.editor.notice.isVisible()
    _press(page, qtbot, Qt.Key.Key_S)
    assert page.table.item(1, 3).text() == "also Undo"
    assert page.table.item(2, 3).text() == "also Save"
    assert "“Save”" in page.editor.notice.accessibleName()
    qtbot.mouseClick(page.editor.notice.button, Qt.MouseButton.LeftButton)
    assert _kept(page) == {"edit.undo": "Ctrl+S", "file.save": ""}
    assert not page.editor.notice.isVisible()


def test_a_shortcut_is_removed_and_reset(page, qtbot):
    _choose(page, "Save")
    qtbot.mouseClick(page.editor.remove, Qt.MouseButton.LeftButton)
    assert _kept(page) == {"file.save": ""}
    assert not page.editor.remove.isEnabled()
    qtbot.mouseClick(page.editor.reset, Qt.MouseButton.LeftButton)
    assert _kept(page) == {}
    assert not page.editor.reset.isEnabled()


def test_all_are_reset_at_once(page, qtbot):
    page.show_preferences(Preferences(shortcuts={"file.save": "F2", "file.open": ""}))
    assert page.table.item(1, 2).text() == "F2"
    qtbot.mouseClick(page.reset_all, Qt.MouseButton.LeftButton)
    assert _kept(page) == {}
    assert not page.reset_all.isEnabled()


def test_tab_leaves_the_field(page, qtbot):
    _choose(page, "Save")
    page.editor.keys.setFocus()
    focused = page.editor.keys.focusProxy() or page.editor.keys
    qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert _kept(page) == {}
    assert page.focusWidget() not in (page.editor.keys, *page.editor.keys.children())


def test_commands_are_found_by_name_and_by_key(page, qtbot):
    qtbot.keyClicks(page.search, "ctrl+s")
    assert [row for row in range(4) if not page.table.isRowHidden(row)] == [1]
    page.search.clear()
    qtbot.keyClicks(page.search, "view")
    assert [row for row in range(4) if not page.table.isRowHidden(row)] == [3]


def test_shortcuts_of_commands_that_are_gone_are_kept(page):
    assert page.applied_to(Preferences(shortcuts={"gone": "F9"})).shortcuts == {"gone": "F9"}
