"""A window as people get it: what can be done in it, and how its parts hear of each other."""

from app.dialogs.dialogs import Dialogs
from app.main_window import MainWindow
from app.menus.all import all_commands
from app.palette import Palette
from app.wiring import wire


def furnish(window: MainWindow) -> None:
    """Declare the commands, connect everything, show the document for the first time."""
    dialogs = Dialogs(window)
    palette = Palette(window, dialogs.explain)
    window.commands.add(*all_commands(window, dialogs, palette))
    window.show_commands()
    wire(window)
    window.restore()
