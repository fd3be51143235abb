"""What the command palette offers: commands, fixes, layers, targets, files, themes, kinds to add, terms."""

from collections.abc import Iterator

from app.commands import Commands
from app.main_window import MainWindow
from app.palette.targets import file_entries, target_entries, theme_entries
from app.workspace import Workspace
from engine.network import Op
from engine.network.variants import variants
from widgets.help import terms
from widgets.palette import Entry
from widgets.theme import kind_icon_name


def palette_entries(window: MainWindow) -> tuple[Entry, ...]:
    """Everything, in the order in which equal matches are shown."""
    space = window.workspace
    return (
        *_commands(window.commands),
        *_fixes(space),
        *_layers(space),
        *target_entries(space),
        *file_entries(space),
        *theme_entries(space),
        *kind_entries(),
        *_terms(),
    )


def _commands(commands: Commands) -> Iterator[Entry]:
    for command in commands:
        group = command.menu.partition("/")[0] or "Commands"
        yield Entry(
            f"command:{command.id}",
            command.title_now,
            group,
            command.help,
            command.icon,
            commands.shortcut(command.id),
            command.off(),
        )


def _fixes(space: Workspace) -> Iterator[Entry]:
    for place, finding in enumerate(space.live.findings):
        if finding.fix is not None:
            yield Entry(f"fix:{place}", finding.fix.text, "Fixes", finding.title, "lightbulb")


def _layers(space: Workspace) -> Iterator[Entry]:
    network = space.document.design.network
    for name in network.order:
        op = network[name].op
        yield Entry(f"layer:{name}", name, "Layers", op.subtitle(), kind_icon_name(op.GROUP, op.KIND))


def kind_entries() -> tuple[Entry, ...]:
    """One entry for each kind of layer that can be added, and for each function of an activation."""
    return tuple(
        Entry(f"add:{variant}", f"Add {_name(variant, op)}", "Add a layer", op.HELP, kind_icon_name(op.GROUP, op.KIND))
        for variant, op in variants().items()
    )


def _name(variant: str, op: Op) -> str:
    return op.subtitle() if variant != op.KIND else op.LABEL


def _terms() -> Iterator[Entry]:
    for term in terms():
        yield Entry(f"term:{term.id}", f"What {term.title} means", "Help", term.text, "info")
