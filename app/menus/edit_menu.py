"""Edit: history, clipboard, deletion, search."""

from app.commands import Command
from app.main_window import MainWindow
from app.palette import Palette


def edit_commands(window: MainWindow, palette: Palette) -> tuple[Command, ...]:
    """Commands of the Edit menu."""
    space = window.workspace
    stack, edits = space.document.undo_stack, space.edits

    def nothing_selected() -> str:
        return "" if space.selection.names else "select a layer first"

    def select_all() -> None:
        space.selection.set(space.document.design.network.order)

    def nothing_to_delete() -> str:
        return "" if space.selection.edge else nothing_selected()

    return (
        Command(
            "edit.undo",
            "Undo",
            stack.undo,
            "Edit",
            "Ctrl+Z",
            "undo",
            off=lambda: "" if stack.canUndo() else "nothing to undo",
        ),
        Command(
            "edit.redo",
            "Redo",
            stack.redo,
            "Edit",
            "Ctrl+Shift+Z",
            "redo",
            off=lambda: "" if stack.canRedo() else "nothing to redo",
        ),
        Command("edit.history", "History", lambda: window.docks.show("history"), "Edit", "Ctrl+H", "history"),
        Command("edit.cut", "Cut", edits.cut_selected, "Edit/clipboard", "Ctrl+X", "cut", off=nothing_selected),
        Command("edit.copy", "Copy", edits.copy_selected, "Edit/clipboard", "Ctrl+C", "copy", off=nothing_selected),
        Command("edit.paste", "Paste", edits.paste, "Edit/clipboard", "Ctrl+V", "paste"),
        Command(
            "edit.duplicate",
            "Duplicate",
            edits.duplicate_selected,
            "Edit/clipboard",
            "Ctrl+D",
            "copy",
            off=nothing_selected,
        ),
        Command(
            "edit.delete",
            "Delete and reconnect",
            edits.delete_selected,
            "Edit/clipboard",
            "Del",
            "trash",
            "The layers behind read what the deleted ones read. A selected edge is disconnected.",
            off=nothing_to_delete,
        ),
        Command("edit.select_all", "Select all", select_all, "Edit/select", "Ctrl+A"),
        Command("edit.find", "Find a layer…", palette.ask_layer, "Edit/select", "Ctrl+F", "search"),
        Command("edit.palette", "Find a command…", palette.ask, "Edit/select", "Ctrl+K", "search"),
    )
