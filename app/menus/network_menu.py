"""Network: add, set, reset."""

from app.commands import Command
from app.workspace import Workspace
from engine.design import REUSE_FACTOR, STRATEGY


def network_commands(space: Workspace) -> tuple[Command, ...]:
    """Commands of the Network menu."""

    def off() -> str:
        return "" if space.selection.names else "select a layer first"

    settings = space.settings
    return (
        Command("network.add", "Add layer…", space.ask_layer, "Network", "A", "plus"),
        Command(
            "network.connect",
            "Connect to…",
            space.connect_layer,
            "Network",
            "C",
            "link",
            "Arrows, Tab or typing choose the layer that shall read the selected one; Enter connects.",
            off=space.not_one_selected,
        ),
        Command("network.rename", "Rename…", space.ask_rename, "Network", "F2", "edit", off=space.not_one_selected),
        Command("network.reuse", "Set reuse factor…", space.focus_reuse, "Network/set", "R", "loop", off=off),
        Command(
            "network.precision",
            "Set precision…",
            space.focus_precision,
            "Network/set",
            "P",
            "columns",
            off=off,
        ),
        Command(
            "network.reset_reuse",
            "Reset reuse factor to inherited",
            lambda: settings.reset(REUSE_FACTOR),
            "Network/set",
            "Ctrl+Backspace",
            "reset",
            off=off,
        ),
        Command(
            "network.reset_strategy",
            "Reset strategy to inherited",
            lambda: settings.reset(STRATEGY),
            "Network/set",
            "",
            "reset",
            off=off,
        ),
        Command(
            "network.reset_all",
            "Reset all settings of the selection",
            settings.reset_all,
            "Network/set",
            "",
            "reset",
            off=off,
        ),
    )
