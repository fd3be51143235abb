"""Run: convert, emulate, synthesise."""

from app.commands import Command
from app.dialogs.dialogs import Dialogs
from app.main_window import MainWindow
from app.workspace import Workspace

_ICONS = {"convert": "export", "emulate": "terminal", "synthesise": "play"}
_SHORTCUTS = {"convert": "Ctrl+Shift+Return", "emulate": "Ctrl+E", "synthesise": "Ctrl+Return"}


def run_commands(window: MainWindow, dialogs: Dialogs) -> tuple[Command, ...]:
    """Commands of the Run menu."""
    space = window.workspace
    return (
        *(_offer(space, action) for action in _ICONS),
        *_choosing_commands(space, dialogs),
        *_looking_commands(window, dialogs),
    )


def _choosing_commands(space: Workspace, dialogs: Dialogs) -> tuple[Command, ...]:
    """The same with a choice, and what they said."""
    runs = space.runs
    return (
        Command(
            "run.synthesise_as",
            "Synthesise…",
            dialogs.ask_and_synthesise,
            "Run",
            "Ctrl+Alt+Return",
            "gear",
            "Choose the steps and the computer, then run the flow's tools.",
            lambda: runs.refusal("synthesise"),
            named=lambda: f"{runs.title('synthesise')}…",
        ),
        Command(
            "run.train",
            "Train…",
            dialogs.show_training,
            "Run",
            "Ctrl+Shift+T",
            "loop",
            "Train the weights with the hardware's arithmetic: live curves, then one edit that can be undone.",
        ),
        *_comparing(space, dialogs),
    )


def _looking_commands(window: MainWindow, dialogs: Dialogs) -> tuple[Command, ...]:
    """What runs and has run."""
    space = window.workspace
    runs = space.runs
    return (
        Command(
            "run.cancel",
            "Cancel all jobs",
            runs.cancel_all,
            "Run/jobs",
            "",
            "stop",
            off=lambda: "" if runs.running() else "nothing is running",
        ),
        Command("run.jobs", "Show jobs", lambda: window.docks.show("jobs"), "Run/jobs", "", "list"),
        Command(
            "run.history",
            "Run history…",
            dialogs.show_run_history,
            "Run/jobs",
            "",
            "history",
            "All runs of this project, with what their reports said; compare two of them.",
        ),
        *_snapshots(space, dialogs),
        Command(
            "run.timeline",
            "Timeline of the layers…",
            dialogs.show_timeline,
            "Run/jobs",
            "",
            "chart",
            "In which cycles the words of one frame move through each layer, of the last hardware that was built.",
            lambda: "" if runs.last_build() else "build hardware with the open flow first",
        ),
        Command(
            "run.calibration",
            "Estimates against reports…",
            dialogs.show_calibration,
            "Run/jobs",
            "",
            "chart",
            "How near estimates came to your own runs, and what these taught them.",
        ),
        Command("run.doctor", "What this computer can do…", dialogs.show_environment, "Run/jobs", "", "check-circle"),
    )


def _snapshots(space: Workspace, dialogs: Dialogs) -> tuple[Command, ...]:
    """Designs kept beside this one."""
    return (
        Command(
            "run.snapshot",
            "Take snapshot",
            space.snapshots.take,
            "Run/snapshots",
            "Ctrl+Alt+S",
            "camera",
            "Keep the design as it is now, with its weights and figures.",
        ),
        Command(
            "run.snapshots",
            "Snapshots…",
            dialogs.show_snapshots,
            "Run/snapshots",
            "",
            "chart",
            "Designs kept beside this one: accuracy over cost, and the way back to each.",
        ),
    )


def _comparing(space: Workspace, dialogs: Dialogs) -> tuple[Command, ...]:
    """What is compared with the float network, and on which samples."""
    return (
        Command(
            "run.emulate_data",
            "Emulate on data…",
            lambda: _emulate_on_other_samples(space),
            "Run",
            "",
            "open",
            "Samples as .npz, with labels for accuracy, instead of the data set.",
            lambda: space.runs.why_not("emulate"),
        ),
        Command(
            "run.layers",
            "Compare layer by layer",
            space.runs.layers_requested.emit,
            "Run",
            "Ctrl+Shift+E",
            "layers",
            "Each layer beside the float network, and where the hardware first goes wrong: evaluated at once.",
        ),
        Command(
            "run.ranges",
            "Ranges…",
            dialogs.show_ranges,
            "Run",
            "",
            "bars",
            "The numbers of every layer over the data against their types; types suggested by them.",
        ),
        Command(
            "run.scan",
            "Sensitivity to bits…",
            dialogs.show_scan,
            "Run",
            "",
            "columns",
            "Each layer at each width: accuracy against bits, and the LUTs saved.",
        ),
    )


def _emulate_on_other_samples(space: Workspace) -> None:
    path = space.data.ask_file()
    if path is not None:
        space.runs.emulate(path)


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
        named=lambda: space.runs.title(action),
    )


_HELP = {
    "convert": "Write the design as code: an hls4ml project, or Verilog with the open flow.",
    "emulate": "Compile the generated C++ and compare it with the float network, bit by bit.",
    "synthesise": "Run the flow's tools and read what they report.",
}
