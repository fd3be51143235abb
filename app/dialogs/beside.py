"""Dialogs that stay beside their window while one works in it."""

from typing import TypeVar

from PySide6.QtWidgets import QDialog

from app.main_window import MainWindow

Beside = TypeVar("Beside", bound=QDialog)


def show_beside(window: MainWindow, kind: type[Beside]) -> Beside:
    """The window's dialog of a kind, brought to the front.

    Undo and redo go there too: what one sets or removes there is taken back there.
    """
    commands = window.commands
    dialog = window.findChild(kind) or kind(window)
    dialog.addActions([commands.action("edit.undo"), commands.action("edit.redo")])
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog
