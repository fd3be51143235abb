"""How long work in the window says how far it is, and hears that it shall stop.

What is told in the window raises CancelledError when the user wants no more of it.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from engine.project.told import Told

Result = TypeVar("Result")

_STEPS = 1000
_POLL_S = 0.02
_PATIENCE_MS = 400
"""Work that takes less shows no dialog."""


class CancelledError(Exception):
    """The user has cancelled."""


@contextmanager
def progress(window: QWidget | None, text: str) -> Iterator[Told]:
    """A dialog with Cancel over a window, which stays alive: its events are handled each time it is told."""
    dialog = QProgressDialog(text, "Cancel", 0, _STEPS, window)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setWindowTitle(text)
    dialog.setMinimumDuration(_PATIENCE_MS)

    started = time.monotonic()

    def tell(share: float) -> None:
        value = min(round(_STEPS * share), _STEPS - 1)
        if value != dialog.value():
            dialog.setValue(value)
        elif time.monotonic() - started > _PATIENCE_MS / 1000:
            # Qt does nothing for a value that it has: a long step must not hide the dialog, nor freeze it.
            dialog.show()
            QCoreApplication.processEvents()
        if dialog.wasCanceled():
            raise CancelledError

    try:
        yield tell
    finally:
        dialog.reset()
        dialog.setParent(None)
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


def heard_aside(work: Callable[[Told], Result], told: Told) -> Result:
    """Do in a thread what says itself how far it is; a cancelled one ends when it says so the next time."""
    share, cancelled = 0.0, False

    def hear(done: float) -> None:
        nonlocal share
        share = done
        if cancelled:
            raise CancelledError

    with ThreadPoolExecutor(1, "aside") as pool:
        result = pool.submit(work, hear)
        while True:
            try:
                return result.result(timeout=_POLL_S)
            except TimeoutError:
                if result.done():
                    raise
            try:
                told(share)
            except CancelledError:
                cancelled = True
                return result.result()
