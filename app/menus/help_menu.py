"""Window and Help."""

from app.commands import Command
from app.dialogs.dialogs import Dialogs
from app.host import Host


def help_commands(studio: Host, dialogs: Dialogs) -> tuple[Command, ...]:
    """Commands of the Window and Help menus."""
    return (
        Command("window.new", "New window", studio.new_window, "Window", "Ctrl+Shift+N", "new"),
        Command("help.tour", "Tour", studio.take_tour, "Help", "", "lightbulb", "Four steps on an example."),
        Command("help.term", "Explain what has the focus", dialogs.explain_focus, "Help", "F1", "help"),
        Command("help.glossary", "All terms…", dialogs.show_glossary, "Help", "", "list"),
        Command("help.parts", "Add parts…", dialogs.show_parts, "Help", "", "download", "Training, place and route."),
        Command("help.licences", "Licences…", dialogs.show_licences, "Help", "", "document"),
        Command("help.about", "About Codesign Studio…", dialogs.show_about, "Help/about", "", "info"),
    )
