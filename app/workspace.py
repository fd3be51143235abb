"""Everything that belongs to one open document: what commands and controllers work on.

The window makes it and owns the widgets; commands know the window only through it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QWidget

from app.controllers.edits import EditController
from app.controllers.exports import ExportController
from app.controllers.fifos import FifoController
from app.controllers.files import FileController
from app.controllers.runs import RunController
from app.controllers.settings import SettingsController
from app.controllers.view import ViewController
from app.document import Document
from app.live import LiveNumbers
from app.palette_entries import kind_entries, palette_entries
from app.palette_targets import choose_target
from app.selection import Selection
from app.simulated import SimulatedNumbers
from app.sitting import Sitting
from engine.design import Design
from engine.estimate import Level
from engine.network.variants import variants

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.studio import Studio


class Workspace:
    """A document with its numbers, selection, controllers, and the questions it asks."""

    def __init__(self, window: MainWindow, studio: Studio, document: Document) -> None:
        self.window, self.studio, self.document = window, studio, document
        self.simulated = SimulatedNumbers(document)
        self.live = LiveNumbers(
            document, studio.preferences.safe_share, self.simulated, Level(studio.preferences.level)
        )
        self.sitting = Sitting(document, self.live)
        self.selection = Selection(document)
        # Before any view hears of the change: no view is asked about a layer that has gone.
        document.changed.connect(lambda _before, after: self.selection.keep_within(after.network))
        self.edits = EditController(document, self.selection)
        self.settings = SettingsController(document, self.selection, self.edits)
        self.fifos = FifoController(document, self.simulated, self.edits)
        self.files = FileController(window, document, studio.open_path)
        self.exports = ExportController(window, document, self.live, window.canvas)
        self.runs = RunController(document, studio.jobs, self.live, lambda: studio.preferences)
        self.view = ViewController(window.canvas, document, self.live, self.selection)

    def close(self) -> None:
        """Leave the document on purpose: its jobs end, its session goes."""
        self.runs.cancel_all()
        self.simulated.close()
        self.document.close()

    def take_preferences(self) -> None:
        """Follow what the user prefers now."""
        preferences = self.studio.preferences
        self.window.commands.rebind(dict(preferences.shortcuts))
        self.window.commands.refresh()
        self.live.set_level(Level(preferences.level))
        if self.live.safe_share != preferences.safe_share:
            self.live.safe_share = preferences.safe_share
            self.live.advise()

    def show_panel(self, panel_id: str) -> None:
        """Bring a panel to the front."""
        self.window.docks.show(panel_id)

    def show_welcome(self) -> None:
        """Show the welcome page instead of the canvas."""
        self.window.show_welcome()

    def select_all(self) -> None:
        """Select every layer."""
        self.selection.set(self.document.design.network.order)

    def not_one_selected(self) -> str:
        """Why a command for exactly one layer is off, or ''."""
        return "" if len(self.selection.names) == 1 else "select one layer first"

    def find_layer(self) -> None:
        """Ask for a layer and go to it."""
        layers = tuple(entry for entry in palette_entries(self) if entry.group == "Layers")
        self.window.ask(layers, self.choose_entry)

    def show_palette(self) -> None:
        """Everything one can do or go to."""
        self.window.ask(palette_entries(self), self.choose_entry)

    def ask_layer(self) -> None:
        """Ask for a kind of layer and add it behind the selection."""
        self.window.ask(kind_entries(), self.choose_entry)

    def connect_layer(self) -> None:
        """Draw a wire from the selected layer by keyboard."""
        self.window.canvas.start_connecting()

    def ask_rename(self) -> None:
        """Ask for the selected layer's new name."""
        name = self.selection.names[0]
        new, accepted = QInputDialog.getText(self.window, "Rename layer", "Name", text=name)
        if accepted and new and new != name:
            self.edits.rename(name, new)

    def focus_reuse(self) -> None:
        """Put the keyboard on the reuse factor."""
        self.window.inspector.focus_reuse()

    def focus_precision(self) -> None:
        """Put the keyboard on the precision."""
        self.window.inspector.focus_precision()

    def import_config(self) -> None:
        """Ask for an hls4ml configuration and apply it as one edit."""
        path, _ = QFileDialog.getOpenFileName(
            self.window, "Apply hls4ml configuration", "", "hls4ml configuration (*.yml *.yaml);;All files (*)"
        )
        if path:
            self._apply_config(Path(path))

    def _apply_config(self, path: Path) -> None:
        from engine.flows.hls4ml.config import apply_config

        notes: list[str] = []
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.window.say(f"{path.name} cannot be read: {error}", "danger")
            return

        def edit(design: Design) -> Design:
            applied = apply_config(design, text)
            notes.extend(applied.notes)
            return applied.design

        if self.edits.apply(f"Configuration {path.name}", edit):
            self.window.say(notes[0] if notes else f"Applied {path.name}", "warning" if notes else "ok")

    def next_panel(self) -> None:
        """Give the keyboard to the next dock."""
        self.window.docks.focus_next(1)

    def previous_panel(self) -> None:
        """Give the keyboard to the dock before."""
        self.window.docks.focus_next(-1)

    def reset_docks(self) -> None:
        """Put every panel back in its place."""
        self.window.show_canvas()

    def explain_focus(self) -> None:
        """Open the glossary at the term of the control that has the keyboard."""
        from app.dialogs.explain import term_of

        self.explain(term_of(QApplication.focusWidget()) or "reuse_factor")

    def show_glossary(self) -> None:
        """All terms."""
        self.explain("")

    def explain(self, term: str) -> None:
        """The glossary, at one term."""
        from app.dialogs.glossary_dialog import GlossaryDialog

        GlossaryDialog(self.window, term).exec()

    @property
    def streams(self) -> bool:
        """Whether layers pass words through FIFOs."""
        return self.document.design.target.io_type == "io_stream"

    def show_fifos(self) -> None:
        """How full each FIFO gets, in a window that stays beside this one."""
        from app.dialogs.fifo_dialog import FifoDialog

        dialog = self.window.findChild(FifoDialog) or FifoDialog(self.window)
        dialog.show()
        dialog.raise_()

    def show_about(self) -> None:
        """Version and licences."""
        from app.dialogs.about_dialog import AboutDialog

        AboutDialog(self.window).exec()

    def show_run_history(self) -> None:
        """All runs, in a window that stays beside this one; a second call brings it to the front."""
        from app.dialogs.run_history_dialog import RunHistoryDialog

        dialog = self.window.findChild(RunHistoryDialog) or RunHistoryDialog(self.window)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def show_environment(self) -> None:
        """What this computer can do."""
        from app.dialogs.environment_dialog import EnvironmentDialog

        EnvironmentDialog(self.window, self.studio.check).exec()

    def foretell(self, level: Level) -> None:
        """Show estimates of a tool's reports, here and in every window, also next time."""
        self.studio.prefer(replace(self.studio.preferences, level=level.value))

    def ask_and_synthesise(self) -> None:
        """Ask for steps and computer, remember them, and synthesise."""
        from app.dialogs.synthesise_dialog import SynthesiseDialog

        offer = self.runs.offer("synthesise")
        if offer is None:
            return
        self.runs.tools.look_again()
        dialog = SynthesiseDialog(offer, self.runs.tools, self._edit_computers, self.window)
        if dialog.exec():
            preferences = self.studio.preferences
            self.studio.prefer(replace(preferences, synthesis_steps=dialog.steps, synthesis_place=dialog.place))
            self.runs.start("synthesise")
        dialog.deleteLater()

    def _edit_computers(self, dialog: QWidget) -> None:
        self.studio.show_preferences("Computers", dialog)

    def choose_entry(self, entry_id: str) -> None:
        """Run what was chosen in the palette."""
        group, _, name = entry_id.partition(":")
        match group:
            case "layer":
                self.selection.set([name])
                self.window.canvas.center_on(name)
            case "add" if name in variants():
                self.edits.add(name)
            case "command":
                self.window.commands.run(name)
            case "fix":
                fix = self.live.findings[int(name)].fix
                if fix is not None:
                    self.edits.apply(fix.text, fix.edit)
            case "term":
                self.explain(name)
            case _:
                choose_target(self, group, name)
