"""A unit for each layer, or one for all: two fronts, and why there is none."""

from dataclasses import replace

import pytest

from engine.boards import board
from engine.flows.registry import flow
from engine.scoreboard.finn_designs import kws_w3a3
from engine.search import SHARE, NothingToFoldError, fit_to_board
from engine.search.schedules import COSTS, front, quickest, schedules
from tests.samples import jet_tagger

KWS = kws_w3a3(board("pynq-z2"))


@pytest.fixture(scope="module")
def found():
    return schedules(KWS, flow("finn"), None)


def test_the_design_as_set_lies_on_or_behind_its_front(found):
    assert found.present.rate == pytest.approx(1e8 / 392)
    at_least = [point for point in front(found.dataflow, SHARE) if point.rate >= found.present.rate]
    assert min(point.cost(SHARE) for point in at_least) <= found.present.cost(SHARE)


def test_the_quickest_dataflow_is_that_of_fit_to_board(found):
    fitted = fit_to_board(KWS, flow("finn"), None)
    assert quickest(found.dataflow).rate == pytest.approx(fitted.after.rate.value)


@pytest.mark.parametrize("cost", COSTS)
def test_nothing_on_a_front_is_beaten(found, cost):
    for points in (found.dataflow, found.shared):
        kept = front(points, cost)
        costs, rates = [each.cost(cost) for each in kept], [each.rate for each in kept]
        assert costs == sorted(costs)
        assert rates == sorted(rates)
        assert cost == SHARE or all(each.fits for each in kept)


def test_a_shared_engine_holds_one_inference_at_a_time(found):
    for point in found.shared:
        assert point.latency_us * point.rate == pytest.approx(1e6)
        assert point.label


def test_without_a_second_schedule_it_says_so():
    with pytest.raises(NothingToFoldError, match="FINN's"):
        schedules(jet_tagger(), flow("vitis"), None)
    wide = replace(jet_tagger(), target=replace(jet_tagger().target, flow="finn"))
    with pytest.raises(NothingToFoldError, match="16 bits"):
        schedules(wide, flow("finn"), None)
