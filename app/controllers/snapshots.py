"""Snapshots: take one, restore one as an edit, rename, remove."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.accuracy import LiveAccuracy
from app.controllers.edits import EditController
from app.document import Document
from app.figures import figures_now, quality_figures, quality_of
from app.live import LiveNumbers
from engine.design import Design
from engine.project import Snapshot


class SnapshotController(QObject):
    """Snapshots of one document; they are kept in its project file. `taken` carries the name of a new one."""

    taken = Signal(str)

    def __init__(self, document: Document, live: LiveNumbers, accuracy: LiveAccuracy, edits: EditController) -> None:
        super().__init__(document)
        self._document, self._live, self._accuracy, self._edits = document, live, accuracy, edits
        # An accuracy that was not known when a snapshot was taken is entered once it is there.
        accuracy.found.connect(self._complete)

    def take(self) -> None:
        """Keep the design as it is now."""
        taken = datetime.now(UTC).isoformat(timespec="seconds")
        kept = self._document.snapshots
        foretold = "" if self._live.estimate.refusal else self._live.estimate.label
        snapshot = Snapshot(self._free_name(), taken, self._document.design, self._figures(), foretold)
        self._document.keep_snapshots((*kept, snapshot))
        if not quality_of(snapshot):
            self._accuracy.owe(snapshot.design)
        self.taken.emit(snapshot.name)

    def restore(self, place: int) -> None:
        """Go back to a snapshot's design: one edit."""
        snapshot = self._document.snapshots[place]
        if not quality_of(snapshot):
            self._accuracy.owe(snapshot.design)
        self._edits.apply(f"Restore {snapshot.name}", lambda _design: snapshot.design)

    def rename(self, place: int, name: str) -> None:
        """Give a snapshot another name."""
        kept = self._document.snapshots
        self._document.keep_snapshots((*kept[:place], replace(kept[place], name=name), *kept[place + 1 :]))

    def remove(self, place: int) -> None:
        """Forget a snapshot: one undo step."""
        self._document.remove_snapshot(place)

    def _figures(self) -> tuple[tuple[str, float], ...]:
        comparison = None if self._accuracy.stale else self._accuracy.comparison
        return figures_now(self._document.design, self._live.estimate, comparison)

    def _complete(self, design: Design, comparison: dict[str, Any]) -> None:
        kept, found = self._document.snapshots, quality_figures(comparison)
        lacking = [each.design == design and not quality_of(each) for each in kept]
        if found and any(lacking):
            completed = zip(kept, lacking, strict=True)
            self._document.keep_snapshots(
                tuple(replace(each, figures=each.figures + found) if lacks else each for each, lacks in completed)
            )

    def _free_name(self) -> str:
        names = {snapshot.name for snapshot in self._document.snapshots}
        numbers = range(1, len(names) + 2)
        return next(name for number in numbers if (name := f"Snapshot {number}") not in names)
