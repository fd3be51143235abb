"""Tells listeners how jobs go, from one background thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from engine.jobs.view import JobView

Listener = Callable[[JobView], None]

_PAUSE_SECONDS = 0.02

_log = logging.getLogger(__name__)


class Notifier:
    """Delivers views in order, at most fifty times a second, the newest one of each job.

    A job that reports faster than that, or a listener that is slow, costs intermediate views, never the
    last one.
    """

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._waiting: dict[str, JobView] = {}
        self._wake = threading.Condition()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._deliver, name="job news", daemon=True)
        self._thread.start()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener with each new view, on the background thread; return what ends that."""
        with self._wake:
            self._listeners = [*self._listeners, listener]

        def unsubscribe() -> None:
            with self._wake:
                self._listeners = [other for other in self._listeners if other is not listener]

        return unsubscribe

    def post(self, view: JobView) -> None:
        """Have a view delivered; never waits."""
        with self._wake:
            self._waiting[view.id] = view
            self._wake.notify()

    def close(self) -> None:
        """Deliver what is left and end the thread; not to be called by a listener."""
        self._closing.set()
        with self._wake:
            self._wake.notify()
        self._thread.join()

    def _deliver(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting or self._closing.is_set())
                views, self._waiting = list(self._waiting.values()), {}
                listeners = self._listeners
            if not views:
                return
            for view in views:
                for listener in listeners:
                    _tell(listener, view)
            self._closing.wait(_PAUSE_SECONDS)


def _tell(listener: Listener, view: JobView) -> None:
    try:
        listener(view)
    except Exception:  # noqa: BLE001 - a listener's fault must not stop the news for the others
        _log.exception("A listener failed on the job %s.", view.id)
