"""Estimates against reports of own runs, in a window beside the design."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QVBoxLayout

from app.dialogs.layout import fit
from app.main_window import MainWindow
from app.presenters.calibration import calibration_csv, calibration_view
from engine.flows.taught import current
from widgets.calibration import CalibrationPage


class CalibrationDialog(QDialog):
    """Not modal: one goes on editing, and runs come to their end."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Estimates against reports")
        self._window, self._studio, self._runs = window, window.studio, window.workspace.runs
        self.page = CalibrationPage()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.page.used_changed.connect(self._use)
        self.page.learn_requested.connect(self._learn)
        self.page.export_requested.connect(self._export)
        self.page.reset_requested.connect(self._reset)
        self.page.first_run_requested.connect(self._synthesise)
        self._studio.own_runs.changed.connect(self._show)
        window.workspace.document.runs_changed.connect(self._show)
        self._studio.own_runs.read_again()
        self._show()
        fit(self, 1240, 680)

    def _show(self) -> None:
        preferences, records = self._studio.preferences, self._studio.own_runs.records
        teachable = len(self._runs.teachable())
        view = calibration_view(records, current(records), used=preferences.own_runs, teachable=teachable)
        self.page.set_view(view)

    def _use(self, used: bool) -> None:
        self._studio.prefer(replace(self._studio.preferences, own_runs=used))

    def _learn(self) -> None:
        self._runs.learn_from_reports()

    def _synthesise(self) -> None:
        self._window.commands.run("run.synthesise_as")

    def _reset(self) -> None:
        count = len(self._studio.own_runs.records)
        answer = QMessageBox.question(
            self,
            "Forget own runs?",
            f"{count} run{'' if count == 1 else 's'} of all projects will be forgotten, and estimates be as shipped. "
            "Projects keep their reports.",
            QMessageBox.StandardButton.Reset | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        if answer == QMessageBox.StandardButton.Reset:
            try:
                self._studio.own_runs.forget()
            except OSError as error:
                self._window.say(f"Own runs could not be forgotten: {error.strerror}", "danger")

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export own runs", "own_runs.csv", "Tables (*.csv)")
        if not name:
            return
        records = self._studio.own_runs.records
        try:
            Path(name).write_text(calibration_csv(records, current(records)), "utf-8")
        except OSError as error:
            self._window.say(f"{name} could not be written: {error.strerror}", "danger")
        else:
            self._window.say(f"Written to {name}", "ok")
