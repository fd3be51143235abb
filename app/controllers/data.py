"""Which data the hardware is judged and emulated on."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QWidget

from app.controllers.edits import EditController
from app.document import Document
from app.job_bridge import JobBridge
from engine.design import DataReference, set_data

LOOKED_AT = 200
"""Samples whose values are looked at before anything starts; the others are looked at where they are used."""


class DataController(QObject):
    """Asks for data sets, and for files of samples.

    `refused` says why a file cannot be used, `fetching` that a job for a public set has started.
    """

    refused = Signal(str)
    fetching = Signal()

    def __init__(self, window: QWidget, document: Document, edits: EditController, bridge: JobBridge) -> None:
        super().__init__(document)
        self._window, self._document, self._edits, self._bridge = window, document, edits, bridge

    def off(self) -> str:
        """Why no data set can be chosen now, or ''."""
        network = self._document.design.network
        whole = network.inputs and network.outputs and all(network.shapes[name] for name in network.order)
        return "" if whole else "complete the network first: its inputs and outputs say which data fit"

    def ask(self) -> None:
        """Ask for the design's data set: one undoable edit."""
        from app.dialogs.data_dialog import DataDialog

        design, active = self._document.design, QApplication.activeWindow()
        asking = active if isinstance(active, QDialog) else self._window
        dialog = DataDialog(design.network, design.data, asking)
        if dialog.exec():
            self._use(dialog.reference)
        dialog.deleteLater()
        # The keyboard goes back to where it was; not every desktop sees to that.
        asking.activateWindow()

    def ask_public(self) -> None:
        """Ask which public set to fetch, and start a job for it."""
        from engine.data.public import PUBLIC
        from engine.data.public.job import ENTRY

        titles = {f"{each.title}: {each.what}": each for each in PUBLIC.values()}
        chosen, accepted = QInputDialog.getItem(self._window, "Fetch public data", "Set", [*titles], 0, False)
        if accepted:
            owner, found = self._document.session.folder.name, titles[chosen]
            self._bridge.submit(owner, ENTRY, f"Fetch {found.title}", {"name": found.id})
            self.fetching.emit()

    def ask_file(self) -> Path | None:
        """A file of samples that fit the network, None where there is none."""
        from engine.emulate.data import load_samples
        from engine.emulate.stored import DataError

        path, _ = QFileDialog.getOpenFileName(
            self._window, "Samples to emulate on", "", "NumPy arrays (*.npz *.npy);;All files (*)"
        )
        if not path:
            return None
        try:
            load_samples(Path(path), self._document.design.network, LOOKED_AT)
        except DataError as error:
            self.refused.emit(str(error))
            return None
        return Path(path)

    def _use(self, data: DataReference | None) -> None:
        text = "Use no data set" if data is None else f"Use the data set {Path(data.name).name}"
        self._edits.apply(text, lambda design: set_data(design, data))
