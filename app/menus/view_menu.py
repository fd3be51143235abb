"""View: overlays, layout, zoom, panels, theme."""

from collections.abc import Callable

from app.commands import Command
from app.main_window import MainWindow
from app.presenters.canvas import OVERLAYS
from app.workspace import Workspace
from engine.advice.words import resource_name
from engine.estimate import Level


def view_commands(window: MainWindow) -> tuple[Command, ...]:
    """Commands of the View menu."""
    space = window.workspace
    view = space.view
    overlays = tuple(_overlay(space, name, number) for number, name in enumerate(OVERLAYS, start=1))
    return (
        *overlays,
        *(_level(space, level) for level in Level),
        Command("view.fit", "Fit selection", view.fit, "View/zoom", "F", "fit"),
        Command("view.home", "Fit everything", view.fit_all, "View/zoom", "Home", "fit"),
        Command("view.zoom_in", "Zoom in", view.zoom_in, "View/zoom", "Ctrl++", "plus"),
        Command("view.zoom_out", "Zoom out", view.zoom_out, "View/zoom", "Ctrl+-", "minus"),
        Command(
            "view.rows",
            "Layout in rows",
            view.toggle_rows,
            "View/layout",
            "",
            "rows",
            checked=lambda: view.rows,
        ),
        Command(
            "view.fold",
            "Fold or unfold block",
            view.toggle_fold,
            "View/layout",
            "G",
            "fold",
            off=lambda: "" if view.block_of_selection() else "select a layer in a block",
        ),
        Command(
            "view.converter",
            "Show what the converter inserts",
            view.toggle_built,
            "View/layout",
            "Ctrl+L",
            "link",
            checked=lambda: view.shows_built,
        ),
        Command("view.clean", "Lay out automatically", space.edits.clean_up, "View/layout", "", "grid"),
        Command("view.next_dock", "Next panel", window.focus_next_panel, "View/panels", "F6"),
        Command("view.previous_dock", "Previous panel", lambda: window.docks.focus_next(-1), "View/panels", "Shift+F6"),
        Command("view.reset_docks", "Reset panels", window.show_canvas, "View/panels"),
    )


def _level(space: Workspace, level: Level) -> Command:
    return Command(
        f"view.level.{level.name.lower()}",
        f"Estimate {level}",
        lambda: space.foretell(level),
        "View/level",
        help=f"Bars and nodes foretell the report of {level}.",
        checked=lambda: space.live.level is level,
    )


def _overlay(space: Workspace, name: str, number: int) -> Command:
    def choose() -> None:
        space.view.set_overlay(name)

    def chosen() -> bool:
        return space.view.overlay == name

    title = "No overlay" if number == 1 else f"Overlay {resource_name(name)}"
    checked: Callable[[], bool] = chosen
    return Command(f"view.overlay.{name}", title, choose, "View/overlay", str(number), checked=checked)
