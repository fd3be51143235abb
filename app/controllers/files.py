"""Opening, saving and closing documents, with the questions that go with it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.document import Document
from app.progress import CancelledError, progress
from engine.opening import OPENABLE
from engine.project import SUFFIX

OPEN_FILTER = f"Networks and projects ({' '.join(f'*{suffix}' for suffix in OPENABLE)});;All files (*)"
SAVE_FILTER = f"Codesign Studio project (*{SUFFIX})"


class FileController(QObject):
    """File commands of one window. Opening is the studio's matter: it may need another window."""

    failed = Signal(str, str)
    """What could not be done, and why."""
    saved = Signal(str)

    def __init__(self, window: QWidget, document: Document, open_path: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._window, self._document, self._open_path = window, document, open_path

    def ask_open(self) -> None:
        """Ask for a file and open it."""
        path, _ = QFileDialog.getOpenFileName(self._window, "Open a network", str(self._folder()), OPEN_FILTER)
        if path:
            self._open_path(Path(path))

    def ask_open_folder(self) -> None:
        """Ask for an hls4ml project folder and open it."""
        path = QFileDialog.getExistingDirectory(self._window, "Open an hls4ml project", str(self._folder()))
        if path:
            self._open_path(Path(path))

    def save(self) -> bool:
        """Save to the document's file, asking for one the first time. Returns whether it is saved."""
        return self._save_to(self._document.path) if self._document.path else self.save_as()

    def save_as(self) -> bool:
        """Ask for a file and save to it."""
        start = self._folder() / f"{self._document.design.name}{SUFFIX}"
        text, _ = QFileDialog.getSaveFileName(self._window, "Save project", str(start), SAVE_FILTER)
        if not text:
            return False
        path = Path(text)
        return self._save_to(path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX))

    def may_close(self) -> bool:
        """Whether the window may close: edits and runs are saved, or the user lets them go."""
        document = self._document
        kept_nowhere = (
            ("edits", document.modified),
            ("runs", document.has_new_runs),
            ("snapshots", document.has_new_snapshots),
        )
        what = " and ".join(word for word, there in kept_nowhere if there)
        if not what:
            return True
        answer = QMessageBox.question(
            self._window,
            "Save changes?",
            f"“{document.design.name}” has {what} that no file holds. Save them?",
            QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Save,
        )
        if answer == QMessageBox.StandardButton.Save:
            return self.save()
        return answer == QMessageBox.StandardButton.Discard

    def _save_to(self, path: Path) -> bool:
        try:
            with progress(self._window, "Saving the project") as told:
                self._document.save(path, told)
        except CancelledError:
            return False
        except OSError as error:
            self.failed.emit(f"{path.name} could not be saved", f"{error.strerror or error}. Choose another place.")
            return False
        self.saved.emit(str(path))
        return True

    def _folder(self) -> Path:
        return self._document.path.parent if self._document.path else Path.home()
