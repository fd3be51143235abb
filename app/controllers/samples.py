"""Which samples the hardware is evaluated and emulated on."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.accuracy import LiveAccuracy
from app.document import Document

LOOKED_AT = 200
"""Samples whose values are looked at before anything starts; the others are looked at where they are used."""


class SampleController(QObject):
    """Asks for files of samples. `refused` says why one cannot be used, `chosen` carries one that can."""

    refused = Signal(str)
    chosen = Signal(object)

    def __init__(self, window: QWidget, document: Document, accuracy: LiveAccuracy) -> None:
        super().__init__(document)
        self._window, self._document, self._accuracy = window, document, accuracy

    def ask(self) -> bool:
        """Ask for samples; whether there are others now."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Samples to evaluate on", "", "NumPy arrays (*.npz *.npy);;All files (*)"
        )
        return bool(path) and self.choose(Path(path))

    def choose(self, path: Path) -> bool:
        """Evaluate and emulate on the samples of a file from now on, if it fits the network."""
        from engine.emulate.data import load_samples
        from engine.emulate.stored import DataError

        try:
            load_samples(path, self._document.design.network, LOOKED_AT)
        except DataError as error:
            self.refused.emit(str(error))
            return False
        self._accuracy.choose(path)
        self.chosen.emit(path)
        return True
