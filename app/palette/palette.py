"""What is asked in the command palette, and what each answer does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.palette.entries import kind_entries, palette_entries
from app.palette.targets import choose_target
from engine.network.variants import variants

if TYPE_CHECKING:
    from app.workspace import Workspace


class Palette:
    """Asks in the palette of a window. Entries are called `group:name`."""

    def __init__(self, space: Workspace) -> None:
        self._space = space

    def ask(self) -> None:
        """Everything one can do or go to."""
        self._space.window.ask(palette_entries(self._space), self.choose)

    def ask_layer(self) -> None:
        """A layer to go to."""
        layers = tuple(entry for entry in palette_entries(self._space) if entry.group == "Layers")
        self._space.window.ask(layers, self.choose)

    def ask_kind(self) -> None:
        """A kind of layer to add behind the selection."""
        self._space.window.ask(kind_entries(), self.choose)

    def choose(self, entry_id: str) -> None:
        """Do what an entry says."""
        space = self._space
        group, _, name = entry_id.partition(":")
        match group:
            case "layer":
                space.selection.set([name])
                space.window.canvas.center_on(name)
            case "add" if name in variants():
                space.edits.add(name)
            case "command":
                space.window.commands.run(name)
            case "fix":
                fix = space.live.findings[int(name)].fix
                if fix is not None:
                    space.edits.apply(fix.text, fix.edit)
            case "term":
                space.dialogs.explain(name)
            case _:
                choose_target(space, group, name)
