"""The ranges of the document's numbers, measured by a job and shown while it runs."""

import json

from PySide6.QtCore import QObject, Signal

from app.accuracy import UNTRAINED
from app.document import Document
from app.job_bridge import JobBridge
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.project import design_to_json
from engine.ranges import Ranges
from engine.ranges.job import ENTRY, FILE
from engine.ranges.spread import ranges_from_json

NOTHING = Ranges()


class MeasuredRanges(QObject):
    """Keeps the newest measurement. Types take no part in it: only other weights or other data make it stale."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, document: Document, bridge: JobBridge) -> None:
        super().__init__(document)
        self._document, self._bridge = document, bridge
        self._found = NOTHING
        self._of: object = None
        self._job = ""
        self._asked: object = None
        bridge.updated.connect(self._follow)

    @property
    def ranges(self) -> Ranges:
        """What is known of the network and the data as they are now."""
        return self._found if self._of == self._key() else NOTHING

    @property
    def running(self) -> bool:
        """Whether they are being measured."""
        return bool(self._job)

    def why_not(self) -> str:
        """Why they cannot be measured now, or ''."""
        if self.running:
            return "they are being measured"
        trained = any(layer.weights for layer in self._document.design.network.layers)
        return "" if trained else UNTRAINED.rstrip(".").lower()

    def measure(self) -> None:
        """Start a job, unless one runs."""
        if self.why_not():
            return
        design = self._document.design
        arguments = {"design": design_to_json(design), "tensors": str(self._document.tensors.folder)}
        self._asked = self._key()
        view = self._bridge.submit(self._document.session.folder.name, ENTRY, f"Ranges of {design.name}", arguments)
        self._job = view.id
        self.changed.emit()

    def _follow(self, view: JobView) -> None:
        if view.id != self._job:
            return
        if view.state.is_final:
            self._job = ""
        if view.state is JobState.FAILED:
            self.failed.emit(view.reason)
        seen = view.metric("samples")
        if seen != self._found.samples or self._of != self._asked or view.state.is_final:
            self._read(view)

    def _read(self, view: JobView) -> None:
        """What the job has written so far."""
        try:
            self._found = ranges_from_json(json.loads((view.folder / FILE).read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            # Nothing is written yet, or the disk is full: the next report brings more.
            pass
        else:
            self._of = self._asked
        self.changed.emit()

    def _key(self) -> object:
        design = self._document.design
        return design.network, design.data
