"""The user's own runs on this computer, for all windows: kept, learned from where that is wanted, forgotten."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.calibration import NO_RUNS, OwnRuns, Record, add, forget, read
from engine.flows.taught import taught_by


class KeptRuns(QObject):
    """`changed` says that estimates may be others now. The files are read when somebody first asks."""

    changed = Signal()

    def __init__(self, folder: Path, wanted: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._wanted = folder, wanted
        self._records: tuple[Record, ...] | None = None
        self._taught: OwnRuns | None = None
        self._was_wanted = wanted()

    @property
    def records(self) -> tuple[Record, ...]:
        """All of them, the oldest first."""
        if self._records is None:
            self._records = read(self._folder)
        return self._records

    @property
    def folder_in_use(self) -> Path | None:
        """Where they lie, for processes of their own; None where the user does not want them."""
        return self._folder if self._wanted() else None

    @property
    def taught(self) -> OwnRuns:
        """What estimates take part of: nothing where the user does not want it."""
        if not self._wanted():
            return NO_RUNS
        if self._taught is None:
            self._taught = taught_by(self.records)
        return self._taught

    def learn(self, records: Iterable[Record]) -> None:
        """Keep records of finished runs. Raises OSError."""
        for record in records:
            add(self._folder, record)
        self.read_again()

    def forget(self) -> None:
        """Start anew. Raises OSError."""
        forget(self._folder)
        self.read_again()

    def read_again(self) -> None:
        """Look at the files: another studio or the command line may have written some."""
        known, self._records = self._records, None
        if known != self.records:
            self._taught = None
            self.changed.emit()

    def follow_wish(self) -> None:
        """Hear whether own runs are wanted now."""
        if self._was_wanted != self._wanted():
            self._was_wanted = self._wanted()
            self.changed.emit()
