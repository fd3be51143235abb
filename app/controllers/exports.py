"""File > Export: writes what `app.exports` can make of the document."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.document import Document
from app.exports import Export, Subject, network_picture, suggested_name, widget_picture, write_export
from app.live import LiveNumbers
from app.progress import CancelledError, progress
from widgets.canvas.view import CanvasView

_MOST_REASONS = 3


class ExportController(QObject):
    """Asks where to write to, writes, and says how it went."""

    written = Signal(str)
    failed = Signal(str)
    cancelled = Signal(str)

    def __init__(self, window: QWidget, document: Document, live: LiveNumbers, canvas: CanvasView) -> None:
        super().__init__(document)
        self._window, self._document, self._live, self._canvas = window, document, live, canvas
        self.budget: QWidget | None = None
        """The widget whose picture is the budget's."""

    def why_not(self, export: Export) -> str:
        """Why an export cannot be written now, or ''."""
        return export.off(self._subject())

    def ask(self, export: Export) -> None:
        """Ask for a file and write it."""
        subject = self._subject()
        folder = self._document.path.parent if self._document.path else Path.home()
        start = str(folder / suggested_name(export, subject))
        kinds = f"{export.kind} (*{export.suffix})"
        path, _ = QFileDialog.getSaveFileName(self._window, export.label.rstrip("…"), start, kinds)
        if path:
            self.write(export, Path(path))

    def write(self, export: Export, path: Path) -> None:
        """Write an export to a file."""
        try:
            with progress(self._window, f"Writing {path.name}") as told:
                target = write_export(export, self._subject(), path, told)
        except CancelledError:
            self.cancelled.emit(f"{path.name} was not written")
        except ValueError as error:
            self.failed.emit(_in_brief(str(error)))
        except OSError as error:
            self.failed.emit(f"{path.name} could not be written: {error.strerror or error}. Choose another place.")
        else:
            self.written.emit(str(target))

    def _subject(self) -> Subject:
        return Subject(
            self._document.design,
            self._live.estimate,
            self._live.flow,
            self._live.findings,
            self._document.runs,
            self._live.safe_share,
            network_picture(self._canvas),
            widget_picture(self.budget) if self.budget is not None else None,
            self._document.tensors,
            self._live.simulation,
        )


def _in_brief(reasons: str) -> str:
    """The first of many reasons, one a line: a message has no room for three hundred layers."""
    lines = reasons.splitlines()
    rest = len(lines) - _MOST_REASONS
    return reasons if rest <= 1 else "\n".join([*lines[:_MOST_REASONS], f"And {rest} more."])
