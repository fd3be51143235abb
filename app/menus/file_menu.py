"""File: open, save, export, close."""

from collections.abc import Iterator
from functools import partial

from app.commands import Command
from app.dialogs.dialogs import Dialogs
from app.exports import EXPORTS
from app.main_window import MainWindow
from app.workspace import Workspace


def file_commands(window: MainWindow, dialogs: Dialogs) -> tuple[Command, ...]:
    """Commands of the File menu."""
    space, studio = window.workspace, window.studio
    files = space.files
    return (
        Command("file.new", "New network", studio.new_window, "File", "Ctrl+N", "new", "Draw one from its input."),
        Command("file.open", "Open…", files.ask_open, "File", "Ctrl+O", "open", "A project or a Keras model."),
        Command("file.open_folder", "Open hls4ml project…", files.ask_open_folder, "File", "", "folder"),
        Command(
            "file.scoreboard",
            "MLPerf Tiny scoreboard…",
            dialogs.show_scoreboard,
            "File",
            "",
            "chart",
            "Four published designs, simulated beside what was measured; each opens with its exact settings.",
        ),
        Command("file.welcome", "Welcome page", window.show_welcome, "File", "", "layers"),
        Command("file.save", "Save", files.save, "File/save", "Ctrl+S", "save"),
        Command("file.save_as", "Save as…", files.save_as, "File/save", "Ctrl+Shift+S", "save-as"),
        Command(
            "file.import_config",
            "Apply a configuration…",
            space.configuration.ask,
            "File/exchange",
            "",
            "import",
            "An hls4ml configuration, or a FINN folding.",
        ),
        *_exports(space),
        Command("file.preferences", "Preferences…", studio.show_preferences, "File/studio", "Ctrl+,", "gear"),
        Command("file.close", "Close window", window.close, "File/end", "Ctrl+W", "close"),
        Command("file.quit", "Quit", studio.quit, "File/end", "Ctrl+Q"),
    )


def _exports(space: Workspace) -> Iterator[Command]:
    """One command for each way to write the design."""
    for export in EXPORTS:
        yield Command(
            f"file.export.{export.id}",
            export.label,
            partial(space.exports.ask, export),
            "File/exchange/Export",
            icon="export",
            off=partial(space.exports.why_not, export),
        )
