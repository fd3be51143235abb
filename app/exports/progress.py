"""How long work in the window says how far it is, and hears that it shall stop."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

Result = TypeVar("Result")

Told = Callable[[float], None]
"""Called with the share done, 0 to 1; raises CancelledError when the user wants no more of it."""

_STEPS = 1000
_POLL_S = 0.02
_PATIENCE_MS = 400
"""Work that takes less shows no dialog."""


class CancelledError(Exception):
    """The user has cancelled."""


def unheard(_share: float) -> None:
    """Tells nobody."""


@contextmanager
def progress(window: QWidget, text: str) -> Iterator[Told]:
    """A dialog with Cancel over a window, which stays alive: its events are handled each time it is told."""
    dialog = QProgressDialog(text, "Cancel", 0, _STEPS, window)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setWindowTitle(text)
    dialog.setMinimumDuration(_PATIENCE_MS)

    def tell(share: float) -> None:
        dialog.setValue(min(round(_STEPS * share), _STEPS - 1))
        if dialog.wasCanceled():
            raise CancelledError

    try:
        yield tell
    finally:
        dialog.reset()
        dialog.deleteLater()


def aside(work: Callable[[], Result], told: Told, share: float) -> Result:
    """Do in a thread what is one long call of Qt, which lets others go on meanwhile; `share` is told until it ends.

    The call itself cannot be stopped: CancelledError is raised when it has ended.
    """
    with ThreadPoolExecutor(1, "export") as pool:
        result = pool.submit(work)
        while True:
            try:
                return result.result(timeout=_POLL_S)
            except TimeoutError:
                told(share)
