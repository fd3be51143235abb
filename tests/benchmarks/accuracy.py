"""Precision of the digits CNN under a hand in the real window, with its accuracy evaluated in the background meanwhile.

Each event sets another type and is done once what follows at once is painted, the answers that came in between
included: within a frame, as the window sees it. All that the window does for an event, what follows some frames later
included, stands beside it, and the same drag without any evaluation: what evaluation adds is the ratio of the two. How
soon an answer comes is measured by `golden`.
"""

import gc
import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.folders import EXAMPLES, Folders
from app.main_window import MainWindow
from app.studio import Studio
from engine.design import WEIGHT, Design, set_on_layers
from engine.precision import FixedType

EVENTS = 300
FRAME_MS, WORST_MS, MOST_ADDED = 1000 / 60, 50.0, 1.1
LAYER = "conv2"


def run() -> list[tuple[str, float, str, float | None]]:
    """Rows of name, value, unit and limit."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(app, Folders.under(Path(folder)))
        window = studio.open_or_raise(EXAMPLES / "digits_cnn.codesign")
        window.resize(1920, 1080)
        window.workspace.selection.set([LAYER])
        _settle(window)
        # As the program does after its first paint (`app.studio.run`).
        gc.freeze()
        began = thread_time()
        times, answers = _drag(window)
        whole = 1000 * (thread_time() - began) / EVENTS
        # The same window, in which nothing is asked any more.
        window.workspace.accuracy.asker.ask = lambda question: None  # type: ignore[method-assign]
        alone, _ = _drag(window)
        gc.unfreeze()
        window.workspace.document.let_go()
        window.close()
        studio.shut_down()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    both, without = statistics.median(times), statistics.median(alone)
    times.sort()
    name = "precision edit to paint, processor time"
    return [
        (f"{name}: 95th percentile with accuracy", times[EVENTS * 95 // 100], "ms", FRAME_MS),
        (f"{name}: worst of {EVENTS}", times[-1], "ms", WORST_MS),
        (f"{name}: median with accuracy", both, "ms", None),
        (f"{name}: median without", without, "ms", None),
        ("all that the window does for an event, mean", whole, "ms", FRAME_MS),
        ("the first median over the second", both / without, "", MOST_ADDED),
        ("answers on 450 samples meanwhile", answers, "", None),
    ]


def _settle(window: MainWindow) -> None:
    accuracy = window.workspace.accuracy
    end = perf_counter() + 60
    while perf_counter() < end and (accuracy.pending or accuracy.stale):
        QTest.qWait(50)
    QTest.qWait(500)


def _drag(window: MainWindow) -> tuple[list[float], int]:
    """The window's own time for each event, and how many answers came."""
    document, answers, times = window.workspace.document, list[int](), list[float]()
    window.workspace.accuracy.changed.connect(lambda: answers.append(1))
    with document.gesture():
        for event in range(EVENTS):
            start = thread_time()
            document.edit("Set precision", _width(3 + event % 6))
            QApplication.processEvents()
            times.append(1000 * (thread_time() - start))
            QTest.qWait(5)
    return times, len(answers)


def _width(bits: int) -> Callable[[Design], Design]:
    return lambda design: set_on_layers(design, (LAYER,), WEIGHT, FixedType(bits, 2))
