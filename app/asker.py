"""Questions to a process of one's own: one is under way at a time."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

import engine

_HOME = Path(engine.__file__).parent.parent


class Asker(QObject):
    """The process starts with the first question. `answered` carries what it says, `lost` that it ended instead; the
    next question starts another one.
    """

    answered = Signal(object)
    lost = Signal()

    def __init__(self, command: Callable[[], list[str]], parent: QObject) -> None:
        super().__init__(parent)
        self._command = command
        self.process: QProcess | None = None
        self.busy = False

    def ask(self, question: Any) -> None:
        """Send a question, which JSON must know; not while another one is open."""
        self.busy = True
        if self.process is None:
            self._start()
        if self.process is not None:
            self.process.write(json.dumps(question).encode() + b"\n")

    def close(self) -> None:
        """End the process; the open question is forgotten."""
        self.busy = False
        if self.process is not None:
            self.process.finished.disconnect(self._end)
            self.process.kill()
            self.process.waitForFinished()

    def stop(self) -> None:
        """The same, to ask something else later."""
        self.close()
        if self.process is not None:
            self.process.deleteLater()
        self.process = None

    def _start(self) -> None:
        self.process = process = QProcess(self)
        process.setWorkingDirectory(str(_HOME))
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._end)
        process.errorOccurred.connect(self._not_started)
        program, *arguments = self._command()
        process.start(program, arguments)

    def _read(self) -> None:
        if self.process is None or not self.busy or not self.process.canReadLine():
            return
        found = json.loads(bytes(self.process.readLine().data()))
        self.busy = False
        self.answered.emit(found)

    def _not_started(self, error: QProcess.ProcessError) -> None:
        """A process that never ran does not finish either."""
        if error is QProcess.ProcessError.FailedToStart:
            self._end()

    def _end(self) -> None:
        if self.process is not None:
            self.process.deleteLater()
        asked, self.busy, self.process = self.busy, False, None
        if asked:
            self.lost.emit()
