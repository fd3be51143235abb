"""What a proposed folding comes to, in words."""

from dataclasses import replace

import pytest

from app.presenters.proposal import over_limit, verdict
from engine.design import Requirement
from engine.flows.registry import flow
from tests.samples import jet_tagger

FOUND = {"met": True, "fits": True, "changes": [["fc1", "reuse_factor", 1, 2]]}


@pytest.mark.parametrize(
    ("latency", "rate", "said", "missed"),
    [
        (0.5, 2.0, "The latency stays above its limit, the rate below its.", 2),
        (0.5, 0.5, "The latency stays above its limit.", 1),
        (2.0, 2.0, "The rate stays below what is required.", 1),
        (2.0, 0.5, "", 0),
    ],
)
def test_all_that_stays_missed_is_said_and_marked(store, latency, rate, said, missed):
    design = jet_tagger(store)
    after = flow("vitis").estimate(design, store)
    wanted = Requirement(latency * after.latency_us.value, rate * after.rate.value)
    assert verdict(replace(design, requirement=wanted), FOUND, after) == said
    resources = over_limit(after, after, Requirement())
    assert len([column for _, column in over_limit(after, after, wanted) - resources if column == 2]) == missed
