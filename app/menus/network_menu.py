"""Network: add, set, reset."""

from functools import partial

from app.commands import Command
from app.dialogs.dialogs import Dialogs
from app.main_window import MainWindow
from app.palette import Palette
from app.workspace import Workspace
from engine.design import REUSE_FACTOR, STRATEGY
from engine.flows.labels import FINN


def network_commands(window: MainWindow, dialogs: Dialogs, palette: Palette) -> tuple[Command, ...]:
    """Commands of the Network menu."""
    space = window.workspace
    return (
        *_layer_commands(window, dialogs, palette),
        *_setting_commands(window),
        *_weight_commands(space),
        *_fold_commands(space, dialogs),
        *_fifo_commands(space, dialogs),
        *_data_commands(space),
    )


def _layer_commands(window: MainWindow, dialogs: Dialogs, palette: Palette) -> tuple[Command, ...]:
    space = window.workspace

    def off() -> str:
        return "" if len(space.selection.names) == 1 else "select one layer first"

    return (
        Command("network.add", "Add layer…", palette.ask_kind, "Network", "A", "plus"),
        Command(
            "network.connect",
            "Connect to…",
            window.canvas.start_connecting,
            "Network",
            "C",
            "link",
            "Arrows, Tab or typing choose the layer that shall read the selected one; Enter connects.",
            off,
        ),
        Command("network.rename", "Rename…", dialogs.ask_rename, "Network", "F2", "edit", off=off),
    )


def _setting_commands(window: MainWindow) -> tuple[Command, ...]:
    space = window.workspace

    def off() -> str:
        return "" if space.selection.names else "select a layer first"

    def no_reuse() -> str:
        live, design = space.live, space.document.design
        factors = (REUSE_FACTOR in {spec.key for spec in live.flow.settings(design, name)} for name in selection.names)
        return off() or ("" if all(factors) else "not all that is selected has a reuse factor")

    settings, selection, menu = space.settings, space.selection, "Network/set"
    return (
        Command("network.reuse", "Set reuse factor…", window.inspector.focus_reuse, menu, "R", "loop", off=no_reuse),
        Command("network.precision", "Set precision…", window.inspector.focus_precision, menu, "P", "columns", off=off),
        Command(
            "network.reset_reuse",
            "Reset reuse factor to inherited",
            lambda: settings.reset(REUSE_FACTOR),
            menu,
            "Ctrl+Backspace",
            "reset",
            off=no_reuse,
        ),
        Command(
            "network.reset_strategy",
            "Reset strategy to inherited",
            lambda: settings.reset(STRATEGY),
            menu,
            "",
            "reset",
            off=off,
        ),
        Command(
            "network.reset_all", "Reset all settings of the selection", settings.reset_all, menu, "", "reset", off=off
        ),
    )


_WEIGHTS = (
    ("binary", "Make weights binary", "−1 and 1: products become sign changes."),
    ("ternary", "Make weights ternary", "−1, 0 and 1: products become sign changes, or nothing."),
    ("power_of_two", "Make weights powers of two", "A sign and one of eight exponents: products become shifts."),
    ("", "Make weights fixed-point again", "In the type that the layer has or inherits."),
)


def _weight_commands(space: Workspace) -> tuple[Command, ...]:
    def off() -> str:
        network = space.document.design.network
        groups = {network[name].op.GROUP for name in space.selection.names}
        return "" if groups & {"dense", "conv"} else "select a dense layer or a convolution first"

    return tuple(
        Command(
            f"network.weights_{kind or 'fixed'}",
            title,
            partial(space.settings.quantise, kind),
            "Network/weights",
            "",
            "columns",
            f"{words} Train… then teaches the network to live with it." if kind else words,
            off,
        )
        for kind, title, words in _WEIGHTS
    )


def _fold_commands(space: Workspace, dialogs: Dialogs) -> tuple[Command, ...]:
    def off() -> str:
        return space.live.estimate.refusal.rstrip(".")

    def one_schedule() -> str:
        return off() if space.document.design.target.flow == FINN else "choose FINN as the flow first"

    return (
        Command(
            "network.fit",
            "Fit to board…",
            dialogs.show_fit,
            "Network/fold",
            "",
            "fit",
            "The fastest reuse factors, or PE and SIMD, within the board's limits; shown before they are set.",
            off,
        ),
        Command(
            "network.meet_rate",
            "Meet a rate…",
            dialogs.show_rate,
            "Network/fold",
            "",
            "target",
            "The least hardware that reaches a rate; shown before it is set.",
            off,
        ),
        Command(
            "network.compare",
            "Compare flows…",
            dialogs.show_comparison,
            "Network/fold",
            "",
            "columns",
            "hls4ml, the open flow and FINN beside each other on this board.",
        ),
        Command(
            "network.schedules",
            "Compare schedules…",
            dialogs.show_schedules,
            "Network/fold",
            "",
            "chart",
            "FINN: a unit for each layer, or one engine for all of them; rate over hardware.",
            one_schedule,
        ),
    )


def _fifo_commands(space: Workspace, dialogs: Dialogs) -> tuple[Command, ...]:
    return (
        Command(
            "network.fifos",
            "FIFOs…",
            dialogs.show_fifos,
            "Network/fifos",
            "",
            "columns",
            "How full each FIFO gets in a simulated run, and how deep it is.",
            space.fifos.none,
        ),
        Command(
            "network.fifos_needed",
            "Set FIFO depths as needed",
            space.fifos.set_needed,
            "Network/fifos",
            "",
            "check-circle",
            "For every FIFO the least depth that costs neither latency nor interval.",
            space.fifos.why_not,
            detail=space.fifos.saving,
        ),
        Command(
            "network.fifos_reset",
            "Reset FIFO depths",
            space.fifos.reset,
            "Network/fifos",
            "",
            "reset",
            "As deep as the flow makes them: one word for each pixel or step.",
            space.fifos.reset_off,
        ),
    )


def _data_commands(space: Workspace) -> tuple[Command, ...]:
    return (
        Command(
            "network.data",
            "Data set…",
            space.data.ask,
            "Network/data",
            "",
            "grid",
            "What the network is trained and judged on: a file, a set that comes with the studio, or made-up data.",
            space.data.off,
        ),
        Command(
            "network.fetch",
            "Fetch public data…",
            space.data.ask_public,
            "Network/data",
            "",
            "download",
            "Fetch a public set, such as CIFAR-10, to this computer; a job that can be cancelled.",
        ),
    )
