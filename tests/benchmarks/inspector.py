"""How quickly the inspector follows a hand: from the slider's event to painted numbers, with 300 layers selected.

Times are of this thread's processor time: what else the computer does is not counted.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widgets.inspector import views
from widgets import theme
from widgets.inspector import Inspector, InspectorView, Tally

Row = tuple[str, float, str, float]
_LAYERS = 300
_EVENTS = 1000
_FRAME_MS = 16.0
_WORST_MS = 50.0
_SET_VIEW_MS = 4.0


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Scheme.LIGHT)
    inspector = Inspector()
    inspector.resize(352, 1200)
    inspector.set_view(_selection(72, "ap_fixed<8,3>"))
    inspector.show()
    app.processEvents()
    try:
        return [*_reuse_drag(app, inspector), *_precision_drag(app, inspector), *_views(app, inspector)]
    finally:
        inspector.close()
        inspector.deleteLater()


def _selection(reuse: int, weights: str) -> InspectorView:
    """300 layers with one value: everything there is to draw is drawn."""
    view = views.conv(reuse, weights)
    held = replace(view.reuse, values=(Tally(reuse, _LAYERS),)) if view.reuse is not None else None
    roles = tuple(replace(role, types=tuple(Tally(t.value, _LAYERS) for t in role.types)) for role in view.precision)
    return replace(view, subject=tuple(f"layer{n}" for n in range(_LAYERS)), reuse=held, precision=roles)


def _reuse_drag(app: QApplication, inspector: Inspector) -> list[Row]:
    track = inspector.reuse.track
    legal = track.view.legal
    made = {value: _selection(value, "ap_fixed<8,3>") for value in legal}
    inspector.reuse_changed.connect(lambda value: inspector.set_view(made[value]))
    axis = track.axis()
    places = [QPoint(round(axis.x(position)), 88) for position in range(len(legal))]
    start = places[legal.index(72)]
    QTest.mousePress(track, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    with _painted(track, inspector.cost) as painted:
        times = [_timed(app, lambda at=at: QTest.mouseMove(track, at)) for at in _there_and_back(places)]
    QTest.mouseRelease(track, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    assert painted.count >= _EVENTS, "every event must reach the screen"
    return _percentiles("inspector: slider event to painted", times)


def _precision_drag(app: QApplication, inspector: Inspector) -> list[Row]:
    bits = inspector.precision.bits
    handle = bits.fraction_handle
    made = {f"ap_fixed<{width},3>": _selection(72, f"ap_fixed<{width},3>") for width in range(1, 40)}
    inspector.precision_changed.connect(lambda _role, type_: inspector.set_view(made[str(type_)]))
    middle = handle.geometry().center()
    places = [QPoint(middle.x() + 24 * step, middle.y()) for step in range(-4, 4)]
    QTest.mousePress(handle, Qt.MouseButton.LeftButton)

    def move(at: QPoint) -> None:
        QTest.mouseMove(handle, handle.mapFromGlobal(bits.mapToGlobal(at)))

    with _painted(bits) as painted:
        times = [_timed(app, lambda at=at: move(at)) for at in _there_and_back(places)]
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)
    assert painted.count >= _EVENTS, "every event must reach the screen"
    return _percentiles("inspector: bit handle event to painted", times)


def _views(app: QApplication, inspector: Inspector) -> list[Row]:
    """Time of `set_view` alone, without the painting that follows."""
    selection = [_selection(value, "ap_fixed<8,3>") for value in (72, 96, 144)]
    mixed = [replace(views.several(_LAYERS), reuse=replace(views.mixed_reuse(), suggestion=s)) for s in (8, 16)]
    rows = []
    for name, given in (("one value", selection), ("mixed values", mixed)):
        inspector.set_view(given[-1])
        app.processEvents()
        times = []
        for number in range(300):
            begin = thread_time()
            inspector.set_view(given[number % len(given)])
            times.append((thread_time() - begin) * 1e3)
            app.processEvents()
        rows.append((f"inspector: set_view, 300 layers, {name}, p95", sorted(times)[285], "ms", _SET_VIEW_MS))
    return rows


class _PaintCounter(QObject):
    """Counts paint events of the widgets it watches."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


@contextmanager
def _painted(*widgets: QObject) -> Iterator[_PaintCounter]:
    counter = _PaintCounter()
    for widget in widgets:
        widget.installEventFilter(counter)
    yield counter
    for widget in widgets:
        widget.removeEventFilter(counter)


def _there_and_back(places: list[QPoint]) -> list[QPoint]:
    """1,000 positions that run along the places and back, each different from the one before."""
    round_trip = [*places, *places[-2:0:-1]]
    return [round_trip[number % len(round_trip)] for number in range(1, _EVENTS + 1)]


def _timed(app: QApplication, act: Callable[[], None]) -> float:
    begin = thread_time()
    act()
    app.processEvents()
    return (thread_time() - begin) * 1e3


def _percentiles(name: str, times: list[float]) -> list[Row]:
    ordered = sorted(times)
    return [
        (f"{name}, p50", ordered[len(ordered) // 2], "ms", _FRAME_MS),
        (f"{name}, p95", ordered[int(len(ordered) * 0.95)], "ms", _FRAME_MS),
        (f"{name}, worst of {_EVENTS:,}", ordered[-1], "ms", _WORST_MS),
    ]


if __name__ == "__main__":
    for row in run():
        print("{:62} {:8.2f} {} (limit {:g})".format(*row))
