"""How fast the canvas lays out, builds, repaints and takes new contents; rows for `make bench`.

Times are of the thread that paints, so that other work on the computer does not count.
"""

import os
import statistics
import sys
from dataclasses import replace
from pathlib import Path
from time import thread_time
from typing import get_args

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtWidgets import QApplication

from tests.widgets.canvas.networks import repeated, resnet_300, tangle
from widgets import theme
from widgets.canvas.axis import Direction
from widgets.canvas.layout import lay_out
from widgets.canvas.model import CanvasModel, Heat
from widgets.canvas.shown import shown
from widgets.canvas.view import CanvasView

Row = tuple[str, float, str, float | None]

_PAINTS = 60


def run() -> list[Row]:
    """Rows of (name, value, unit, limit)."""
    app = QApplication.instance() or QApplication([])
    theme.apply(app, theme.Scheme.LIGHT)
    model = repeated(2000)
    view = CanvasView()
    view.resize(1600, 900)
    view.set_heat(Heat("DSP", theme.current().color("resource.DSP").name()))
    view.show()
    app.processEvents()
    rows: list[Row] = []
    begin = thread_time()
    view.set_model(model)
    view.viewport().repaint()
    rows.append(("canvas: 2,000 nodes laid out, built, painted", thread_time() - begin, "s", 2.0))
    rows += _tangled()
    rows += _paints(view, model)
    rows += _zooming(view)
    rows += _contents(view)
    view.hide()
    view.deleteLater()
    return rows


def _tangled() -> list[Row]:
    """Wirings that are not nested, whose wires must find ways between the nodes."""
    content = shown(tangle(2000))
    times = [_timed(lambda: lay_out(content, {}, direction, (1600.0, 900.0))) for direction in get_args(Direction)]  # noqa: B023
    return [("canvas: 2,000 nodes in a tangle laid out", max(times) / 1e3, "s", 2.0)]


def _paints(view: CanvasView, model: CanvasModel) -> list[Row]:
    rows: list[Row] = []
    middle = model.nodes[len(model.nodes) // 2].id
    for name, zoom in (("fit-all", None), ("45 %", 0.45), ("100 %", 1.0)):
        view.fit_all()
        if zoom is not None:
            view.center_on(middle)
            view.zoom_to(zoom)
        view.viewport().repaint()
        rows.append((f"canvas: repaint at {name}, 95th percentile", _p95(_repaints(view)), "ms", 16.0))
        rows.append((f"canvas: repaint while panning at {name}, 95th percentile", _p95(_pans(view)), "ms", 16.0))
    return rows


def _repaints(view: CanvasView) -> list[float]:
    return [_timed(view.viewport().repaint) for _ in range(_PAINTS)]


def _pans(view: CanvasView) -> list[float]:
    """Repaints after the view has moved on by 60 px each time, into nodes not seen before."""
    times = []
    for _ in range(_PAINTS):
        view.camera.pan(-60, -13)
        times.append(_timed(view.viewport().repaint))
    return times


def _zooming(view: CanvasView) -> list[Row]:
    """Repaints at ever new zooms, where nothing kept from before can serve."""
    times = []
    for step in range(40):
        view.zoom_to(1.3 * 0.955**step)
        times.append(_timed(view.viewport().repaint))
    return [("canvas: repaint at a new zoom, 95th percentile", _p95(times), "ms", None)]


def _contents(view: CanvasView) -> list[Row]:
    """New shares for every node of 300, as a slider brings them with each step."""
    model = resnet_300()
    view.set_model(model)
    view.fit_all()
    view.viewport().repaint()
    takes, paints = [], []
    for step in range(40):
        nodes = tuple(n if n.share is None else replace(n, share=n.share * (1 + step / 1000)) for n in model.nodes)
        changed = replace(model, nodes=nodes)
        takes.append(_timed(lambda: view.set_model(changed)))  # noqa: B023
        paints.append(_timed(view.viewport().repaint))
    return [
        ("canvas: new contents of 300 nodes, median", statistics.median(takes), "ms", 2.0),
        ("canvas: repaint after them, 95th percentile", _p95(paints), "ms", 16.0),
    ]


def _timed(call) -> float:
    begin = thread_time()
    call()
    return (thread_time() - begin) * 1e3


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    for name, value, unit, limit in run():
        print(f"{name:60} {value:8.2f} {unit:3} {'' if limit is None else f'limit {limit:g}'}")
