"""Variances without a root are named, and no number that is none reaches an estimate."""

from dataclasses import replace
from math import isfinite

import numpy as np
import pytest

from engine.advice import findings
from engine.estimate import RESOURCES
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import Activation, BatchNorm, Dense, Input
from tests.samples import jet_tagger

FLOW = flow("vitis")


@pytest.mark.parametrize(
    ("variance", "said"),
    [((1, -0.5, 2), "1 variance not above zero"), ((np.nan, 0, -1), "2 variances not above zero"), ((1, 1, 2), "")],
)
@pytest.mark.parametrize("between", [(), (Layer("act", Activation("tanh"), ("dense",)),)])
def test_a_damaged_normalisation_is_a_finding_and_its_estimate_a_number(store, variance, said, between):
    kept = {
        role: store.put(np.array(values, np.float32)) for role, values in (("variance", variance), ("mean", (0, 0, 0)))
    }
    kernel = ("kernel", store.put(np.ones((4, 3), np.float32)))
    before = (Layer("in", Input((4,))), Layer("dense", Dense(3), ("in",), (kernel,)), *between)
    norm = Layer("norm", BatchNorm(), (before[-1].name,), tuple(kept.items()))
    design = replace(jet_tagger(), network=Network((*before, norm)))
    estimate = FLOW.estimate(design, store)
    assert all(isfinite(estimate.total.resource(name).value) for name in RESOURCES)
    told = [each for each in findings(design, estimate, FLOW, store, 0.8) if "variance" in each.title]
    assert [(each.title, each.layers) for each in told] == ([(f"norm: {said}", ("norm",))] if said else [])
