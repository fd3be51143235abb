"""All commands of a window, in menu order."""

from collections.abc import Iterator

from app.commands import Command
from app.menus.edit_menu import edit_commands
from app.menus.file_menu import file_commands
from app.menus.help_menu import help_commands
from app.menus.network_menu import network_commands
from app.menus.run_menu import run_commands
from app.menus.view_menu import view_commands
from app.workspace import Workspace


def all_commands(space: Workspace) -> Iterator[Command]:
    """File, Edit, View, Network, Run, Window, Help."""
    for commands in (file_commands, edit_commands, view_commands, network_commands, run_commands, help_commands):
        yield from commands(space)
