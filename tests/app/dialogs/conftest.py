"""Dialogs are shown in the studio's theme, which is put back after each test."""

import pytest

from app.commands import Command, Commands
from widgets import theme


@pytest.fixture(autouse=True)
def dressed(qapp):
    """Light at 100 %."""
    theme.apply(qapp, theme.Scheme.LIGHT)
    yield
    theme.apply(qapp, theme.Scheme.LIGHT)


@pytest.fixture
def shown(qtbot):
    """Show a widget and close it after the test."""

    def show(widget):
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        return widget

    return show


def _nothing():
    pass


@pytest.fixture
def commands(qtbot):
    """Four commands of a window."""
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    commands = Commands(window, {})
    commands.add(
        Command("file.open", "&Open…", _nothing, "File", "Ctrl+O"),
        Command("file.save", "Save", _nothing, "File/save", "Ctrl+S"),
        Command("edit.undo", "Undo", _nothing, "Edit", "Ctrl+Z"),
        Command("view.rows", "Layout in rows", _nothing, "View/layout"),
    )
    return commands
