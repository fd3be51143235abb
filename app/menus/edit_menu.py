"""Edit: history, clipboard, deletion, search."""

from app.commands import Command
from app.workspace import Workspace


def edit_commands(space: Workspace) -> tuple[Command, ...]:
    """Commands of the Edit menu."""
    stack, edits = space.document.undo_stack, space.edits

    def nothing_selected() -> str:
        return "" if space.selection.names else "select a layer first"

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
        Command("edit.history", "History", lambda: space.show_panel("history"), "Edit", "Ctrl+H", "history"),
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
        Command("edit.select_all", "Select all", space.select_all, "Edit/select", "Ctrl+A"),
        Command("edit.find", "Find a layer…", space.palette.ask_layer, "Edit/select", "Ctrl+F", "search"),
        Command("edit.palette", "Find a command…", space.palette.ask, "Edit/select", "Ctrl+K", "search"),
    )
