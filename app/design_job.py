"""What a job finds out about the document's design, read from the job's folder while it runs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.accuracy import UNTRAINED
from app.document import Document
from app.job_bridge import JobBridge
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.project import design_to_json


class DesignJob(QObject):
    """Keeps the newest finding, `found`, of the design as it was when it was asked for.

    The job `entry` writes `file` in its folder before each report of `metric`; `parse` reads it. What `key` says of
    the document decides whether a finding still holds.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        bridge: JobBridge,
        entry: str,
        title: str,
        file: str,
        metric: str,
        parse: Callable[[Any], Any],
        key: Callable[[], object],
    ) -> None:
        super().__init__(document)
        self._document, self._bridge = document, bridge
        self._entry, self._title, self._file, self._metric = entry, title, file, metric
        self._parse, self._key = parse, key
        self.found: Any = None
        self._of: object = None
        self._asked: object = None
        self._job = ""
        self.waits = False
        """Whether the job that is under way has not begun."""
        self._reported: object = None
        bridge.updated.connect(self._follow)

    @property
    def running(self) -> bool:
        """Whether a job is under way."""
        return bool(self._job)

    @property
    def stale(self) -> bool:
        """Whether there is no finding, or one of what the document is no more."""
        return self.found is None or self._of != self._key()

    def why_not(self) -> str:
        """Why no job can start now, or ''."""
        if self.running:
            return "it waits for the jobs before it" if self.waits else "it is running"
        trained = any(layer.weights for layer in self._document.design.network.layers)
        return "" if trained else UNTRAINED.rstrip(".").lower()

    def start(self) -> None:
        """Start a job, unless one runs."""
        if self.why_not():
            return
        design, owner = self._document.design, self._document.session.folder.name
        arguments = {"design": design_to_json(design), "tensors": str(self._document.tensors.folder)}
        self._asked, self._reported, self.waits = self._key(), None, True
        self._job = self._bridge.submit(owner, self._entry, f"{self._title} {design.name}", arguments).id
        self.changed.emit()

    def cancel(self) -> None:
        """End the job; what was found stays."""
        if self._job:
            self._bridge.cancel(self._job)

    def _follow(self, view: JobView) -> None:
        if view.id != self._job:
            return
        if view.state.is_final:
            self._job = ""
        if self.waits and view.state is not JobState.QUEUED:
            self.waits = False
            self.changed.emit()
        if view.state is JobState.FAILED:
            self.failed.emit(view.reason)
        reported = view.metric(self._metric)
        if reported != self._reported or view.state.is_final:
            self._reported = reported
            self._read(view.folder / self._file)

    def _read(self, path: Path) -> None:
        """What the job has written so far."""
        try:
            self.found = self._parse(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            # Nothing is written yet, or the disk is full: the next report brings more.
            pass
        else:
            self._of = self._asked
        self.changed.emit()
