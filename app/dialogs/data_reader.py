"""Reads data sets in a thread, so that a dialog goes on meanwhile; only the newest is of interest."""

from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

from app.presenters.data import data_view
from engine.data import DataError, load_data_set
from engine.design import DataReference
from engine.network import Network
from widgets.data import DataView


class DataReader(QObject):
    """`read` carries what is in the data set asked for last, and why it cannot be used, or ''."""

    read = Signal(object, str)
    _ended = Signal(object, object, str)

    def __init__(self, network: Network, parent: QObject) -> None:
        super().__init__(parent)
        self._network = network
        self._wanted: DataReference | None = None
        self._pool = ThreadPoolExecutor(1, "data")
        self._ended.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether a data set is being read."""
        return self._wanted is not None

    def start(self, reference: DataReference) -> None:
        """Read this one; what was asked for before is of no interest any more."""
        self._wanted = reference
        self._pool.submit(self._read, reference)

    def forget(self) -> None:
        """What is being read is of no interest any more."""
        self._wanted = None

    def close(self) -> None:
        """Wait for the thread to end; nothing is read any more."""
        self.forget()
        self._pool.shutdown(cancel_futures=True)

    def _read(self, reference: DataReference) -> None:
        if reference != self._wanted:
            return
        try:
            self._ended.emit(reference, data_view(load_data_set(reference, self._network), self._network), "")
        except DataError as error:
            self._ended.emit(reference, DataView(), str(error))
        except MemoryError:
            self._ended.emit(
                reference, DataView(), "There is not enough memory to read it. Give a part of the samples."
            )

    def _take(self, reference: DataReference, view: DataView, wrong: str) -> None:
        if reference == self._wanted:
            self._wanted = None
            self.read.emit(view, wrong)
