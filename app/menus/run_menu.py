"""Run: convert, emulate, synthesise."""

from app.commands import Command
from app.workspace import Workspace

_ICONS = {"convert": "export", "emulate": "terminal", "synthesise": "play"}
_SHORTCUTS = {"convert": "Ctrl+Shift+Return", "emulate": "Ctrl+E", "synthesise": "Ctrl+Return"}


def run_commands(space: Workspace) -> tuple[Command, ...]:
    """Commands of the Run menu."""
    runs = space.runs
    offers = tuple(_offer(space, action) for action in _ICONS)
    return (
        *offers,
        Command(
            "run.synthesise_as",
            "Synthesise…",
            space.dialogs.ask_and_synthesise,
            "Run",
            "Ctrl+Alt+Return",
            "gear",
            "Choose the steps and the computer, then run the vendor's tool.",
            lambda: runs.refusal("synthesise"),
        ),
        Command(
            "run.emulate_data",
            "Emulate on data…",
            lambda: runs.ask_data_and_emulate(space.window),
            "Run",
            "",
            "open",
            "Samples as .npz, with labels for accuracy.",
            lambda: runs.why_not("emulate"),
        ),
        Command(
            "run.layers",
            "Compare layer by layer",
            runs.show_layers,
            "Run",
            "Ctrl+Shift+E",
            "layers",
            "Each layer of the last emulation beside the float network, and where it first goes wrong.",
            lambda: "" if runs.last_comparison() else "emulate first",
        ),
        Command(
            "run.cancel",
            "Cancel all jobs",
            runs.cancel_all,
            "Run/jobs",
            "",
            "stop",
            off=lambda: "" if runs.running() else "nothing is running",
        ),
        Command("run.jobs", "Show jobs", lambda: space.show_panel("jobs"), "Run/jobs", "", "list"),
        Command(
            "run.history",
            "Run history…",
            space.dialogs.show_run_history,
            "Run/jobs",
            "",
            "history",
            "All runs of this project, with what their reports said; compare two of them.",
        ),
        Command(
            "run.doctor", "What this computer can do…", space.dialogs.show_environment, "Run/jobs", "", "check-circle"
        ),
    )


def _offer(space: Workspace, action: str) -> Command:
    def run() -> None:
        if action == "emulate":
            space.runs.emulate()
        else:
            space.runs.start(action)

    def off() -> str:
        return space.runs.why_not(action)

    title = action.capitalize()
    return Command(
        f"run.{action}",
        title,
        run,
        "Run",
        _SHORTCUTS[action],
        _ICONS[action],
        _HELP[action],
        off,
        detail=lambda: space.runs.words(action),
    )


_HELP = {
    "convert": "Write the hls4ml project.",
    "emulate": "Compile the generated C++ and compare it with the float network, bit by bit.",
    "synthesise": "Run the vendor's tool and read its reports.",
}
