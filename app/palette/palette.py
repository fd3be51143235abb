"""What is asked in the command palette, and what each answer does."""

from collections.abc import Callable

from app.main_window import MainWindow
from app.palette.entries import kind_entries, palette_entries
from app.palette.targets import choose_target
from engine.network.variants import variants


class Palette:
    """Asks in the palette of a window. Entries are called `group:name`."""

    def __init__(self, window: MainWindow, explain: Callable[[str], object]) -> None:
        """`explain` shows a term of the glossary."""
        self._window, self._explain = window, explain

    def ask(self) -> None:
        """Everything one can do or go to."""
        self._window.ask(palette_entries(self._window), self.choose)

    def ask_layer(self) -> None:
        """A layer to go to."""
        layers = tuple(entry for entry in palette_entries(self._window) if entry.group == "Layers")
        self._window.ask(layers, self.choose)

    def ask_kind(self) -> None:
        """A kind of layer to add behind the selection."""
        self._window.ask(kind_entries(), self.choose)

    def choose(self, entry_id: str) -> None:
        """Do what an entry says."""
        window, space = self._window, self._window.workspace
        group, _, name = entry_id.partition(":")
        match group:
            case "layer":
                space.selection.set([name])
                window.canvas.center_on(name)
            case "add" if name in variants():
                space.edits.add(name)
            case "command":
                window.commands.run(name)
            case "fix":
                fix = space.live.findings[int(name)].fix
                if fix is not None:
                    space.edits.apply(fix.text, fix.edit)
            case "term":
                self._explain(name)
            case _:
                choose_target(space, group, name)
