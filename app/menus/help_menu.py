"""Window and Help."""

from app.commands import Command
from app.workspace import Workspace


def help_commands(space: Workspace) -> tuple[Command, ...]:
    """Commands of the Window and Help menus."""
    return (
        Command("window.new", "New window", space.studio.new_window, "Window", "Ctrl+Shift+N", "new"),
        Command("help.tour", "Tour", space.studio.take_tour, "Help", "", "lightbulb", "Four steps on an example."),
        Command("help.term", "Explain what has the focus", space.dialogs.explain_focus, "Help", "F1", "help"),
        Command("help.glossary", "All terms…", space.dialogs.show_glossary, "Help", "", "list"),
        Command(
            "help.parts", "Add parts…", space.dialogs.show_parts, "Help", "", "download", "Training, place and route."
        ),
        Command("help.licences", "Licences…", space.dialogs.show_licences, "Help", "", "document"),
        Command("help.about", "About Codesign Studio…", space.dialogs.show_about, "Help/about", "", "info"),
    )
