"""A job's log of 200,000 lines shown in the real window: the longest time in which nothing else could happen."""

import os
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.folders import EXAMPLES, Folders
from app.studio import Studio
from engine.jobs.runner import JobRunner
from tests.engine.jobs.job_support import ALLOWED, run_to_end

LINES = 200_000
WORST_MS = 50.0
_LINE = "INFO: [HLS 200-10] line {:06d} of what a tool says while it works on a design of many layers\n"
_PATIENCE_S = 300


def run() -> list[tuple[str, float, str, float | None]]:
    """Rows of name, value, unit and limit."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        folders = Folders.under(Path(folder))
        job_id = _job_with_log(folders.jobs)
        studio = Studio(app, folders)
        window = studio.open_or_raise(EXAMPLES / "jet_tagger.codesign")
        window.resize(1600, 900)
        QTest.qWait(500)
        began = perf_counter()
        idle = _longest_gap(lambda: perf_counter() > began + 1)
        began = perf_counter()
        window.panels.jobs.log_requested.emit(job_id)
        log = window.panels.log
        gap = _longest_gap(lambda: log.line_count >= LINES and not log.backlog)
        took = perf_counter() - began
        window.close()
        studio.shut_down()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [
        ("log: longest gap without a log", idle, "ms", None),
        (f"log: longest gap while {LINES:,} lines come in", gap, "ms", WORST_MS),
        (f"log: until all {LINES:,} lines are shown", took, "s", None),
    ]


def _job_with_log(root: Path) -> str:
    """A job of an earlier sitting that said a lot."""
    with JobRunner(root, allowed=ALLOWED) as runner:
        view = run_to_end(runner, "whoami")
    Path(view.log_path).write_text("".join(_LINE.format(number) for number in range(LINES)))
    return view.id


def _longest_gap(done: Callable[[], bool]) -> float:
    """The longest time between two turns of the event loop until `done`, in ms."""
    moments = [perf_counter()]
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: moments.append(perf_counter()))
    beat.start()
    stop = perf_counter() + _PATIENCE_S
    while not done():
        assert perf_counter() < stop, "the log was not shown in time"
        QApplication.processEvents()
    beat.stop()
    return max(after - before for before, after in pairwise(moments)) * 1e3
