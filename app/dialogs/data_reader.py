"""Reads data sets in a thread, so that a dialog goes on meanwhile; only the newest is of interest."""

from contextlib import suppress
from threading import Lock, Thread

from PySide6.QtCore import QObject, Signal

from app.presenters.data import data_view
from engine.data import DataError, load_data_set
from engine.design import DataReference
from engine.network import Network
from widgets.data import DataView

_NO_MEMORY = "There is not enough memory to read it. Give a part of the samples."


class DataReader(QObject):
    """`read` carries what is in the data set asked for last, and why it cannot be used, or ''."""

    read = Signal(object, str)
    _ended = Signal(object, object, str)
    _faulty = Signal(object)

    def __init__(self, network: Network, parent: QObject) -> None:
        super().__init__(parent)
        self._network = network
        self._wanted: DataReference | None = None
        self._next: DataReference | None = None
        self._reading = False
        self._lock = Lock()
        self._ended.connect(self._take)
        self._faulty.connect(self._raise)

    @property
    def busy(self) -> bool:
        """Whether a data set is being read."""
        return self._wanted is not None

    def start(self, reference: DataReference) -> None:
        """Read this one; what was asked for before is of no interest any more."""
        self._wanted = reference
        with self._lock:
            self._next, reading, self._reading = reference, self._reading, True
        if not reading:
            # A daemon: neither the dialog nor the program waits for the rest of a large file.
            Thread(target=self._serve, name="data", daemon=True).start()

    def forget(self) -> None:
        """What is being read is of no interest any more: it is read to its end, for nobody."""
        self._wanted = None
        with self._lock:
            self._next = None

    def _serve(self) -> None:
        while (reference := self._taken()) is not None:
            # The dialog may be gone by the time a large file is read.
            with suppress(RuntimeError):
                self._read(reference)

    def _taken(self) -> DataReference | None:
        """What is to be read now; with None the thread ends."""
        with self._lock:
            reference, self._next = self._next, None
            self._reading = reference is not None
        return reference

    def _read(self, reference: DataReference) -> None:
        try:
            view = data_view(load_data_set(reference, self._network), self._network)
        except DataError as error:
            self._ended.emit(reference, DataView(), str(error))
        except MemoryError:
            self._ended.emit(reference, DataView(), _NO_MEMORY)
        except Exception as error:  # noqa: BLE001 - whatever it is, the dialog must not wait for ever
            self._ended.emit(reference, DataView(), f"It could not be read: {error or type(error).__name__}.")
            self._faulty.emit(error)
        else:
            self._ended.emit(reference, view, "")

    def _take(self, reference: DataReference, view: DataView, wrong: str) -> None:
        if reference == self._wanted:
            self._wanted = None
            self.read.emit(view, wrong)

    def _raise(self, error: Exception) -> None:
        """In the window's thread, where an unexpected error becomes a report."""
        raise error
