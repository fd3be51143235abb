"""Many foldings at once: equal to estimates one by one."""

from itertools import product

import numpy as np
import pytest

from engine.boards import board
from engine.design import MULTIPLIERS, PE, SIMD, Settings
from engine.estimate import QUANTITIES, Axis, SweepError, picked
from engine.flows.registry import flow
from engine.scoreboard.finn_designs import cnv_w1a1, kws_w3a3
from tests.engine.flows.finn.test_flow import for_finn
from tests.samples import small_resnet

FINN = flow("finn")


def axes_of(design):
    """Each matrix layer with all its foldings, its products in look-up tables or DSPs."""
    found = []
    for layer in design.network.layers:
        legal = {spec.key: spec.choices for spec in FINN.settings(design, layer.name) if spec.key in (PE, SIMD)}
        pairs = [(pe, simd) for pe in legal.get(PE, (1,)) for simd in legal.get(SIMD, (1,))]
        if layer.op.GROUP in ("conv", "dense"):
            each = product(pairs, ("lut", "dsp"))
            settings = (Settings(((MULTIPLIERS, made), (PE, pe), (SIMD, simd))) for (pe, simd), made in each)
            found.append(Axis(layer.name, tuple(settings)))
    return found


@pytest.mark.parametrize("design", [for_finn(small_resnet()), kws_w3a3(board("pynq-z2")), cnv_w1a1(board("zcu104"))])
def test_settings_at_once_are_those_one_by_one(design):
    axes = axes_of(design)
    random = np.random.default_rng(1)
    picks = np.stack([random.integers(0, len(axis.candidates), 30) for axis in axes], axis=1)
    totals = FINN.sweep(design, axes, None).totals(picks)
    for row, pick in enumerate(picks.tolist()):
        cost = FINN.estimate(picked(design, axes, pick), None).total
        expected = [cost.lut, cost.ff, cost.dsp, cost.bram18, cost.uram, cost.latency, cost.interval]
        for place, name in enumerate(QUANTITIES):
            for array, end in ((totals.value, "value"), (totals.low, "low"), (totals.high, "high")):
                assert array[place, row] == pytest.approx(getattr(expected[place], end)), (name, end)


def test_what_changes_the_units_is_not_swept():
    design = for_finn(small_resnet())
    with pytest.raises(SweepError, match="not thresholds"):
        FINN.sweep(design, [Axis("conv1", (Settings((("thresholds", "fused"),)),))], None)
