"""The dialogs of a window: which one a command opens, and what its answer changes."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication, QInputDialog, QWidget

from app.dialogs.beside import show_beside
from app.main_window import MainWindow


class Dialogs:
    """They are imported when they are asked for: the start does not wait for them."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._space, self._studio = window, window.workspace, window.studio

    def ask_rename(self) -> None:
        """Ask for the selected layer's new name."""
        name = self._space.selection.names[0]
        new, accepted = QInputDialog.getText(self._window, "Rename layer", "Name", text=name)
        if accepted and new and new != name:
            self._space.edits.rename(name, new)

    def ask_and_synthesise(self) -> None:
        """Ask for steps and computer, remember them but for exceptions, and synthesise."""
        from app.dialogs.synthesise_dialog import SynthesiseDialog

        runs, studio = self._space.runs, self._studio
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

        show_beside(self._window, FifoDialog)

    def show_ranges(self) -> None:
        """Which numbers each layer has, and whether their types hold them."""
        from app.dialogs.ranges_dialog import RangesDialog

        show_beside(self._window, RangesDialog)

    def show_fit(self) -> None:
        """The fastest folding that fits the board, shown before it is set."""
        from app.dialogs.fold_dialog import FoldDialog

        show_beside(self._window, FoldDialog)

    def show_rate(self, rate: float | None = None) -> None:
        """The least hardware for a rate, shown before it is set."""
        from app.dialogs.fold_dialog import FoldDialog

        show_beside(self._window, FoldDialog).aim_at_rate(rate)

    def show_schedules(self) -> None:
        """A unit for each layer, or one engine for all of them."""
        from app.dialogs.schedules_dialog import SchedulesDialog

        show_beside(self._window, SchedulesDialog)

    def show_scoreboard(self) -> None:
        """The designs submitted to MLPerf Tiny, simulated beside what was measured."""
        from app.dialogs.scoreboard_dialog import ScoreboardDialog

        show_beside(self._window, ScoreboardDialog)

    def show_scan(self) -> None:
        """What each layer's bits are worth."""
        from app.dialogs.scan_dialog import ScanDialog

        show_beside(self._window, ScanDialog)

    def show_comparison(self) -> None:
        """What several flows make of the design."""
        from app.dialogs.compare_dialog import CompareDialog

        show_beside(self._window, CompareDialog)

    def show_timeline(self) -> None:
        """When each layer's words move."""
        from app.dialogs.timeline_dialog import TimelineDialog

        show_beside(self._window, TimelineDialog)

    def show_training(self) -> None:
        """Train the weights."""
        from app.dialogs.training_dialog import TrainingDialog

        show_beside(self._window, TrainingDialog)

    def show_snapshots(self) -> None:
        """Designs kept beside this one, with their figures."""
        from app.dialogs.snapshots_dialog import SnapshotsDialog

        show_beside(self._window, SnapshotsDialog)

    def show_run_history(self) -> None:
        """All runs, with what their reports said."""
        from app.dialogs.run_history_dialog import RunHistoryDialog

        show_beside(self._window, RunHistoryDialog)

    def show_calibration(self) -> None:
        """Estimates against the reports of own runs."""
        from app.dialogs.calibration_dialog import CalibrationDialog

        show_beside(self._window, CalibrationDialog)

    def show_environment(self) -> None:
        """What this computer can do."""
        from app.dialogs.environment_dialog import EnvironmentDialog

        EnvironmentDialog(self._window, self._studio.check).exec()

    def show_parts(self) -> None:
        """Parts that can be added."""
        from app.dialogs.parts_dialog import PartsDialog

        PartsDialog(self._studio, self._window).exec()

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

    def _edit_computers(self, dialog: QWidget) -> None:
        self._studio.show_preferences("Computers", dialog)
