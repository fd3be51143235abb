"""Budget at 300 layers: from a new estimate's view to painted bars, over 1,000 updates as during a drag.

Times are of this thread's processor time: what else the computer does is not counted.
"""

import os
import random
from collections.abc import Callable
from dataclasses import replace
from time import thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from engine.boards import board
from engine.design import Requirement, Target
from engine.estimate import RESOURCES, Cost, Estimate, LayerCost, Tier, about, exactly, total
from widgets import theme
from widgets.budget import BudgetBars, EditsStrip, WhereItGoes, budget_view, edit_point, edits_view, where_view

LAYERS, UPDATES = 300, 1_000
LIMIT_MS, WORST_MS = 4.0, 16.0
_FULL = {"LUT": 150_000, "FF": 200_000, "DSP": 1_400, "BRAM18": 400, "URAM": 60}


def run() -> list[tuple[str, float, str, float]]:
    """Rows of name, value, unit and limit."""
    app = QApplication.instance() or QApplication([])
    theme.apply(app, theme.Scheme.LIGHT)
    estimates = [_estimate(scale / 20) for scale in range(10, 31)]
    rows = [
        *_timed("budget", BudgetBars(), (612, 316), _bars, estimates),
        *_timed("where it goes", WhereItGoes(), (484, 156), _where, estimates),
        *_timed("edits of the sitting", EditsStrip(), (484, 164), _edits(estimates), estimates),
    ]
    return [*rows, *_timed("budget, low", BudgetBars(), (1019, 172), _bars, estimates)]


def _timed(
    name: str,
    widget: QWidget,
    size: tuple[int, int],
    show: Callable[[QWidget, list[Estimate], int], None],
    estimates: list[Estimate],
) -> list[tuple[str, float, str, float]]:
    """Time each update from the estimate to the last painted pixel."""
    widget.resize(*size)
    image = QImage(widget.size(), QImage.Format.Format_ARGB32_Premultiplied)
    widget.show()
    times = []
    for update in range(UPDATES):
        start = thread_time()
        show(widget, estimates, update)
        widget.render(image)
        times.append((thread_time() - start) * 1e3)
    widget.close()
    times.sort()
    return [
        (f"{name}: median", times[UPDATES // 2], "ms", LIMIT_MS),
        (f"{name}: 95th percentile", times[UPDATES * 95 // 100], "ms", LIMIT_MS),
        (f"{name}: worst", times[-1], "ms", WORST_MS),
    ]


def _bars(widget: QWidget, estimates: list[Estimate], update: int) -> None:
    assert isinstance(widget, BudgetBars)
    now, before = estimates[update % len(estimates)], estimates[update // 50 % len(estimates)]
    widget.set_view(budget_view(now, before, Requirement(10_000, 150), 0.8))


def _where(widget: QWidget, estimates: list[Estimate], update: int) -> None:
    assert isinstance(widget, WhereItGoes)
    widget.set_view(where_view(estimates[update % len(estimates)], 0.8))
    widget.set_selected(frozenset(f"stage_{layer}_conv" for layer in range(update % 50, update % 50 + 20)))


def _edits(estimates: list[Estimate]) -> Callable[[QWidget, list[Estimate], int], None]:
    points = tuple(edit_point(f"Reuse factor of stage_{step}_conv", each) for step, each in enumerate(estimates))

    def show(widget: QWidget, estimates: list[Estimate], update: int) -> None:
        assert isinstance(widget, EditsStrip)
        last = edit_point("Reuse factor", estimates[update % len(estimates)])
        widget.set_view(edits_view((*points, last), len(points)))

    return show


def _estimate(scale: float) -> Estimate:
    """A made-up estimate of 300 layers that fills `scale` of most of a ZCU104."""
    chance = random.Random(1)
    layers = tuple(LayerCost(f"stage_{layer}_conv", _cost(chance, scale)) for layer in range(LAYERS))
    sums = [total(each.cost.resource(name) for each in layers) for name in RESOURCES]
    latency = total(each.cost.latency for each in layers)
    slowest = max((each.cost.interval for each in layers), key=lambda interval: interval.value)
    whole = replace(Cost(*sums), latency=latency, interval=slowest)
    return Estimate(Target(board("zcu104"), 10.0), Tier.ESTIMATE, layers, whole)


def _cost(chance: random.Random, scale: float) -> Cost:
    parts = [about(_FULL[name] * scale / LAYERS * chance.uniform(0.1, 1.9), 0.1, 0.2, "made up") for name in RESOURCES]
    return Cost(*parts, about(chance.randint(10, 900), 0.1, 0.1), exactly(chance.randint(100, 4_836)))


if __name__ == "__main__":
    for row in run():
        print("{:<34}{:8.2f} {} (limit {:g})".format(*row))
