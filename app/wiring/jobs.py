"""The wires of jobs: rows, logs, and what is said when one ends."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from app.main_window import MainWindow
from app.presenters.jobs import fits, job_row, run_row
from engine.flows.flow import Remedy
from engine.jobs.logs import read_log
from engine.jobs.state import JobState
from engine.jobs.view import JobView

_FOLLOW_MS = 100
_LEDGER = "ledger:"
_SHOWN = 50
"""Jobs listed; older ones stay in their folders."""


def wire_jobs(window: MainWindow) -> None:
    """Connect the jobs panel and the log."""
    _Jobs(window)


def open_folder(window: MainWindow, folder: str) -> None:
    """Show a run's folder in the system's file manager, or say that it has gone."""
    if Path(folder).is_dir():
        QDesktopServices.openUrl(QUrl.fromLocalFile(folder))
    else:
        window.say(f"The folder {folder} is not there any more", "warning")


class _Jobs(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._runs = window, window.workspace.runs
        self._panel, self._log = window.panels.jobs, window.panels.log
        self._followed: JobView | None = None
        self._offset = 0
        self._timer = QTimer(self, interval=_FOLLOW_MS)
        self._timer.timeout.connect(self._follow)
        self._panel.cancel_requested.connect(self._runs.cancel)
        self._panel.log_requested.connect(self._show_log)
        self._panel.folder_requested.connect(self._open_folder)
        self._runs.changed.connect(self._show)
        self._runs.finished.connect(self._say_finished)
        self._runs.learned.connect(self._say_learned)
        self._runs.refused.connect(lambda why: window.say(why, "danger"))
        window.workspace.measured.failed.connect(
            lambda why: window.say(f"Ranges could not be measured: {why}", "danger")
        )
        window.workspace.scan.failed.connect(lambda why: window.say(f"The scan stopped: {why}", "danger"))
        window.workspace.data.fetching.connect(lambda: window.docks.show("jobs"))
        window.workspace.data.refused.connect(lambda why: window.say(why, "danger"))
        self._runs.started.connect(lambda: window.docks.show("jobs"))
        self._show()

    def _show(self) -> None:
        """This document's jobs that go on, what makes tools ready, its jobs that have ended, the reports that came
        with it, jobs of earlier sittings.
        """
        jobs, runs = self._runs.jobs(), self._runs.reports()
        others = [view for view in jobs if not self._runs.own(view)]
        ahead = [job_row(view) for view in others if not view.state.is_final]
        mine = [view for view in jobs if self._runs.own(view)]
        active = [job_row(view, self._runs.estimated(view)) for view in mine if not view.state.is_final]
        ended = [job_row(view, self._runs.estimated(view)) for view in mine if view.state.is_final]
        reports = [run_row(run, f"{_LEDGER}{place}") for place, run in runs]
        earlier = [job_row(view) for view in others if view.state.is_final]
        self._panel.set_jobs((*active, *ahead, *ended, *reports, *earlier)[:_SHOWN])
        self._window.commands.refresh()

    def _open_folder(self, job_id: str) -> None:
        open_folder(self._window, self._folder(job_id))

    def _folder(self, row_id: str) -> str:
        if row_id.startswith(_LEDGER):
            return self._window.workspace.document.runs[int(row_id.removeprefix(_LEDGER))].folder
        return str(self._runs.find(row_id).folder)

    def _show_log(self, job_id: str) -> None:
        self._followed, self._offset = self._runs.find(job_id), 0
        self._log.start(self._followed.spec.title)
        self._window.docks.show("log")
        self._timer.start()

    def _follow(self) -> None:
        """Read on in the followed log; stops at the end of a job that has ended."""
        assert self._followed is not None
        piece = read_log(Path(self._followed.log_path), self._offset)
        self._offset = piece.next_offset
        self._log.append(piece.text)
        more = self._log.show_slice()
        if not more and not piece.text and self._runs.find(self._followed.id).state.is_final:
            self._timer.stop()

    def _say_finished(self, view: JobView) -> None:
        words = {JobState.DONE: "is done", JobState.FAILED: "failed", JobState.CANCELLED: "was cancelled"}
        tone = {JobState.DONE: "ok" if fits(view) else "warning", JobState.FAILED: "danger"}.get(view.state, "info")
        reason = f": {view.reason}" if view.state is JobState.FAILED else ""
        if view.state is JobState.DONE:
            reason = f": {job_row(view).detail}"
        text = f"{view.spec.title} {words.get(view.state, str(view.state))}{reason}"
        remedy = self._remedy(view)
        if remedy is None:
            self._window.say(text, tone)
        else:
            edits = self._window.workspace.edits
            self._window.say(text, tone, remedy.label, lambda: edits.apply(remedy.label, remedy.edit))

    def _say_learned(self) -> None:
        """Numbers move without an edit: that is said, and where one can look."""
        show = partial(self._window.commands.run, "run.calibration")
        self._window.say("Estimates have learned from this run", "info", "Show", show)

    def _remedy(self, view: JobView) -> Remedy | None:
        """The first edit that would mend a failed job, or one whose result has no room on the board."""
        wrong = view.state is JobState.FAILED or not fits(view)
        found = self._window.workspace.live.flow.remedies(view.folder) if wrong else ()
        return found[0] if found else None
