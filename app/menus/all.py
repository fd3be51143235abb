"""All commands of a window, in menu order."""

from collections.abc import Iterator

from app.commands import Command
from app.dialogs.dialogs import Dialogs
from app.main_window import MainWindow
from app.menus.edit_menu import edit_commands
from app.menus.file_menu import file_commands
from app.menus.help_menu import help_commands
from app.menus.network_menu import network_commands
from app.menus.run_menu import run_commands
from app.menus.view_menu import view_commands
from app.palette import Palette


def all_commands(window: MainWindow, dialogs: Dialogs, palette: Palette) -> Iterator[Command]:
    """File, Edit, View, Network, Run, Window, Help."""
    yield from file_commands(window, dialogs)
    yield from edit_commands(window, palette)
    yield from view_commands(window)
    yield from network_commands(window, dialogs, palette)
    yield from run_commands(window, dialogs)
    yield from help_commands(window.studio, dialogs)
