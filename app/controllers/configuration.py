"""Applying an hls4ml configuration or a FINN folding to the design, as one edit."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.controllers.edits import EditController
from app.document import Document

_FILTER = "Configuration (*.yml *.yaml *.json);;hls4ml (*.yml *.yaml);;FINN folding (*.json);;All files (*)"
_FOLDING = ".json"


class ConfigurationController(QObject):
    """`applied` carries the file's name and what of it means nothing here, `failed` why it cannot be read."""

    applied = Signal(str, tuple)
    failed = Signal(str)

    def __init__(self, window: QWidget, document: Document, edits: EditController) -> None:
        super().__init__(document)
        self._window, self._document, self._edits = window, document, edits

    def ask(self) -> None:
        """Ask for a configuration and apply it."""
        path, _ = QFileDialog.getOpenFileName(self._window, "Apply a configuration", "", _FILTER)
        if path:
            self.apply(Path(path))

    def apply(self, path: Path) -> None:
        """Apply a configuration's file: of FINN where it is JSON, else of hls4ml."""
        # They bring YAML with them: the start does not wait for that.
        from engine.flows.finn.folding_file import apply_folding
        from engine.flows.hls4ml.config import apply_config, config_text

        design, folding = self._document.design, path.suffix.lower() == _FOLDING
        try:
            found = (
                apply_folding(design, path.read_text("utf-8")) if folding else apply_config(design, config_text(path))
            )
        except OSError as error:
            self.failed.emit(f"{path.name} cannot be read: {error.strerror or error}.")
        except ValueError as error:
            self.failed.emit(str(error))
        else:
            self._edits.apply(f"Configuration {path.name}", lambda _design: found.design)
            self.applied.emit(path.name, found.notes)
