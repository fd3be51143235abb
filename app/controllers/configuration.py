"""Applying an hls4ml configuration to the design, as one edit."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.controllers.edits import EditController
from app.document import Document

_FILTER = "hls4ml configuration (*.yml *.yaml);;All files (*)"


class ConfigurationController(QObject):
    """`applied` carries the file's name and what of it means nothing here, `failed` why it cannot be read."""

    applied = Signal(str, tuple)
    failed = Signal(str)

    def __init__(self, window: QWidget, document: Document, edits: EditController) -> None:
        super().__init__(document)
        self._window, self._document, self._edits = window, document, edits

    def ask(self) -> None:
        """Ask for a configuration and apply it."""
        path, _ = QFileDialog.getOpenFileName(self._window, "Apply hls4ml configuration", "", _FILTER)
        if path:
            self.apply(Path(path))

    def apply(self, path: Path) -> None:
        """Apply a configuration's file."""
        # It brings YAML with it: the start does not wait for that.
        from engine.flows.hls4ml.config import apply_config, config_text

        try:
            found = apply_config(self._document.design, config_text(path))
        except OSError as error:
            self.failed.emit(f"{path.name} cannot be read: {error.strerror or error}.")
        except ValueError as error:
            self.failed.emit(str(error))
        else:
            self._edits.apply(f"Configuration {path.name}", lambda _design: found.design)
            self.applied.emit(path.name, found.notes)
