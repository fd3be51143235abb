"""News of jobs on their way to the window's thread."""

import threading
from dataclasses import replace

from app.job_bridge import JobBridge
from engine.jobs.runner import JobRunner
from engine.jobs.spec import job_spec
from engine.jobs.view import JobView


def test_of_news_that_come_faster_than_they_are_shown_the_newest_is_brought(qtbot, monkeypatch, tmp_path):
    listeners, brought = [], []
    monkeypatch.setattr(JobRunner, "subscribe", lambda _, listener: listeners.append(listener) or (lambda: None))
    bridge = JobBridge(tmp_path)
    bridge.updated.connect(brought.append)
    views = [JobView(job_spec("engine.jobs:none", name), 1, tmp_path, 0.0) for name in ("one", "other")]

    def tell():
        for progress in (0.1, 0.2, 0.3):
            for view in views:
                listeners[0](replace(view, progress=progress))

    thread = threading.Thread(target=tell)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(brought) >= 2)
    assert [(view.spec.title, view.progress) for view in brought] == [("one", 0.3), ("other", 0.3)]
    bridge.close()
