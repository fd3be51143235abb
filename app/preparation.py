"""What a flow's jobs would wait for on a new computer, done in the background once a design is for that flow."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from app.main_window import MainWindow
from app.rest import PREPARATION_MS
from engine.design import Design
from engine.flows.registry import flow


class Preparation(QObject):
    """One for the studio: its job is no window's own, and ends with the last one. Nothing is asked for twice in a
    sitting, so that a job which the user cancelled stays so.
    """

    def __init__(self, windows: Sequence[MainWindow], parent: QObject) -> None:
        """`windows` are those that are open whenever it looks."""
        super().__init__(parent)
        self._windows = windows
        self._asked: set[str] = set()
        self._rest = QTimer(self, singleShot=True, interval=PREPARATION_MS)
        self._rest.timeout.connect(self._look)

    def follow(self, window: MainWindow) -> None:
        """Look at a window's design now, and whenever it is for another flow or board."""

        def changed(before: Design, after: Design) -> None:
            if before.target is not after.target:
                self._rest.start()

        window.workspace.document.changed.connect(changed)
        self._rest.start()

    def _look(self) -> None:
        for window in self._windows:
            target = window.workspace.document.design.target
            found = flow(target.flow).preparation(target.board)
            if found is not None and found.title not in self._asked:
                self._asked.add(found.title)
                # On the warm worker, which is of low priority: what the user starts meanwhile goes before.
                window.studio.jobs.submit("", found.entry, found.title, found.arguments, warm=True)
                window.say(f"{found.title}: compiled in the background, once for all", "info", "Show", _jobs(window))


def _jobs(window: MainWindow) -> Callable[[], None]:
    return lambda: window.docks.show("jobs")
