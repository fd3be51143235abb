"""A drag of the inspector's slider in the real window with 300 layers: from the mouse event to painted numbers.

Each event sets another reuse factor. It counts as done once bars, canvas and slider are painted; what follows when
the hand rests is part of it where it falls into one of these times.
"""

import gc
import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.folders import Folders
from app.main_window import MainWindow
from app.studio import Studio
from engine.network import TensorStore
from engine.project import Project, save_project
from tests.end_to_end.hand import SliderHand
from tests.end_to_end.networks import TUNED, long_resnet

EVENTS = 1_000
FRAME_MS, WORST_MS = 16.0, 50.0
SETTLE_MS = 1_000
SIZE = (1920, 1080)


def run() -> list[tuple[str, float, str, float | None]]:
    """Rows of name, value, unit and limit."""
    with opened() as window:
        times = drag(window, EVENTS)
    wall = sorted(wall for wall, _ in times)
    own = sorted(own for _, own in times)
    name = "slider to paint, 300 layers"
    return [
        (f"{name}: median", statistics.median(wall), "ms", None),
        (f"{name}: 95th percentile", wall[len(wall) * 95 // 100], "ms", FRAME_MS),
        (f"{name}: worst of {EVENTS:,}", wall[-1], "ms", WORST_MS),
        (f"{name}: 95th percentile, processor time", own[len(own) * 95 // 100], "ms", None),
        (f"{name}: worst of {EVENTS:,}, processor time", own[-1], "ms", None),
    ]


@contextmanager
def opened() -> Iterator[MainWindow]:
    """The real window with a network of 300 layers, one of them selected, once everything has settled."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        save_project(home / "long.codesign", Project(long_resnet()), TensorStore(home / "tensors"))
        studio = Studio(app, Folders.under(home))
        window = studio.open_or_raise(home / "long.codesign")
        window.resize(*SIZE)
        window.workspace.selection.set([TUNED])
        QTest.qWait(SETTLE_MS)
        # As the program does after its first paint (`app.studio.run`): what is there by then is not looked through.
        gc.freeze()
        yield window
        gc.unfreeze()
        window.workspace.document.let_go()
        window.close()
        studio.shut_down()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def drag(window: MainWindow, events: int) -> list[tuple[float, float]]:
    """Drag to and fro over the legal values; the wall time and the processor time of each event, in ms."""
    hand = SliderHand(window)
    painted = _Painted(window.panels.budget.rows, window.canvas.viewport(), hand.track)
    place, last = hand.grip(), hand.track.axis().last
    times, direction = [], 1
    for _ in range(events):
        if not 0 <= place + direction <= last:
            direction = -direction
        place += direction
        times.append(_timed(hand, place, painted))
    hand.release(hand.track, hand.at(place))
    painted.stop()
    return times


def _timed(hand: SliderHand, place: int, painted: "_Painted") -> tuple[float, float]:
    top = hand.window
    handle, at = top.windowHandle(), hand.track.mapTo(top, hand.at(place))
    painted.forget()
    wall, own = perf_counter(), thread_time()
    QTest.mouseMove(handle, at)
    while not painted.all:
        QApplication.processEvents()
    return (perf_counter() - wall) * 1e3, (thread_time() - own) * 1e3


class _Painted(QObject):
    """Watches until each of some widgets has been painted."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._widgets = widgets
        self._missing: set[QObject] = set()
        for widget in widgets:
            widget.installEventFilter(self)

    @property
    def all(self) -> bool:
        """Whether every widget has been painted since `forget`."""
        return not self._missing

    def forget(self) -> None:
        """Wait for all of them anew."""
        self._missing = set(self._widgets)

    def stop(self) -> None:
        """Watch no longer."""
        for widget in self._widgets:
            widget.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what is painted."""
        if event.type() == QEvent.Type.Paint:
            self._missing.discard(watched)
        return False
