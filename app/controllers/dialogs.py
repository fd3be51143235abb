"""The dialogs of a window: which one a command opens, and what its answer changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QWidget

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.workspace import Workspace

Beside = TypeVar("Beside", bound=QDialog)


class DialogController:
    """Dialogs are imported when they are asked for: the start does not wait for them."""

    def __init__(self, window: MainWindow, space: Workspace) -> None:
        self._window, self._space = window, space

    def ask_rename(self) -> None:
        """Ask for the selected layer's new name."""
        name = self._space.selection.names[0]
        new, accepted = QInputDialog.getText(self._window, "Rename layer", "Name", text=name)
        if accepted and new and new != name:
            self._space.edits.rename(name, new)

    def ask_and_synthesise(self) -> None:
        """Ask for steps and computer, remember them but for exceptions, and synthesise."""
        from app.dialogs.synthesise_dialog import SynthesiseDialog

        runs, studio = self._space.runs, self._space.studio
        offer = runs.offer("synthesise")
        if offer is None:
            return
        runs.tools.look_again()
        dialog = SynthesiseDialog(offer, runs.tools, self._edit_computers, self._window)
        if dialog.exec():
            studio.prefer(replace(studio.preferences, synthesis_steps=dialog.steps, synthesis_place=dialog.place))
            runs.start("synthesise")
            once = {step.key for step in offer.steps if step.once}
            if once.intersection(dialog.steps):
                lasting = tuple(step for step in dialog.steps if step not in once)
                studio.prefer(replace(studio.preferences, synthesis_steps=lasting))
        dialog.deleteLater()

    def show_fifos(self) -> None:
        """How full each FIFO gets, and how deep it is."""
        from app.dialogs.fifo_dialog import FifoDialog

        self._show_beside(FifoDialog)

    def show_ranges(self) -> None:
        """Which numbers each layer has, and whether their types hold them."""
        from app.dialogs.ranges_dialog import RangesDialog

        self._show_beside(RangesDialog)

    def show_fit(self) -> None:
        """The fastest folding that fits the board, shown before it is set."""
        from app.dialogs.fold_dialog import FoldDialog

        self._show_beside(FoldDialog)

    def show_rate(self, rate: float | None = None) -> None:
        """The least hardware for a rate, shown before it is set."""
        from app.dialogs.fold_dialog import FoldDialog

        self._show_beside(FoldDialog).aim_at_rate(rate)

    def show_schedules(self) -> None:
        """A unit for each layer, or one engine for all of them."""
        from app.dialogs.schedules_dialog import SchedulesDialog

        self._show_beside(SchedulesDialog)

    def show_scoreboard(self) -> None:
        """The designs submitted to MLPerf Tiny, simulated beside what was measured."""
        from app.dialogs.scoreboard_dialog import ScoreboardDialog

        self._show_beside(ScoreboardDialog)

    def show_scan(self) -> None:
        """What each layer's bits are worth."""
        from app.dialogs.scan_dialog import ScanDialog

        self._show_beside(ScanDialog)

    def show_comparison(self) -> None:
        """What several flows make of the design."""
        from app.dialogs.compare_dialog import CompareDialog

        self._show_beside(CompareDialog)

    def show_timeline(self) -> None:
        """When each layer's words move."""
        from app.dialogs.timeline_dialog import TimelineDialog

        self._show_beside(TimelineDialog)

    def show_training(self) -> None:
        """Train the weights."""
        from app.dialogs.training_dialog import TrainingDialog

        self._show_beside(TrainingDialog)

    def show_snapshots(self) -> None:
        """Designs kept beside this one, with their figures."""
        from app.dialogs.snapshots_dialog import SnapshotsDialog

        self._show_beside(SnapshotsDialog)

    def show_run_history(self) -> None:
        """All runs, with what their reports said."""
        from app.dialogs.run_history_dialog import RunHistoryDialog

        self._show_beside(RunHistoryDialog)

    def show_calibration(self) -> None:
        """Estimates against the reports of own runs."""
        from app.dialogs.calibration_dialog import CalibrationDialog

        self._show_beside(CalibrationDialog)

    def show_environment(self) -> None:
        """What this computer can do."""
        from app.dialogs.environment_dialog import EnvironmentDialog

        EnvironmentDialog(self._window, self._space.studio.check).exec()

    def show_parts(self) -> None:
        """Parts that can be added."""
        from app.dialogs.parts_dialog import PartsDialog

        PartsDialog(self._space.studio, self._window).exec()

    def show_about(self) -> None:
        """Version and licences."""
        from app.dialogs.about_dialog import AboutDialog

        AboutDialog(self._window).exec()

    def show_licences(self) -> None:
        """The texts of all licences."""
        from app.dialogs.licences_dialog import LicencesDialog

        LicencesDialog(self._window).exec()

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

        GlossaryDialog(self._window, term).exec()

    def _show_beside(self, kind: type[Beside]) -> Beside:
        """A dialog that stays beside the window; a second call brings it to the front.

        Undo and redo go there too: what one sets or removes there is taken back there.
        """
        commands = self._window.commands
        dialog = self._window.findChild(kind) or kind(self._window)
        dialog.addActions([commands.action("edit.undo"), commands.action("edit.redo")])
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    def _edit_computers(self, dialog: QWidget) -> None:
        self._space.studio.show_preferences("Computers", dialog)
