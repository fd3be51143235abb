"""Estimates against real synthesis reports; the bounds are what the formulas are known to reach, not wishes."""

import numpy as np
import pytest

from engine.flows.registry import flow
from tests.engine.flows.hls4ml.truth import design_of, mlp_reports, smape

pytestmark = pytest.mark.skipif(not mlp_reports(), reason="The reference reports are not at hand.")

SEARCH = "wa-hls4ml-search"
FORCED = "hls4ml_MLP_estimator"
"""Its projects force every product into DSPs, or every one into look-up tables."""


def judged(reports, store):
    """(report, total cost) of each."""
    for report in reports:
        design = design_of(report, store)
        yield report, flow(design.target.flow).estimate(design, store).total


def within(quantity, said):
    return quantity.low - 1 <= said <= quantity.high + 1


@pytest.fixture
def single_layers(store):
    """Single dense layers with the Resource strategy at reuse above 1, 8 bits and more; every fourth."""
    reports = [
        report
        for report in mlp_reports()
        if report.repository == SEARCH
        and report.layers[0]["strategy"] == "resource"
        and report.layers[0]["reuse_factor"] > 1
        and int(report.row["weight_bits"].strip("[]") or 0) >= 8
    ]
    return list(judged(reports[::4], store))


@pytest.fixture
def whole_networks(store):
    """Trained networks of several layers."""
    return list(judged([report for report in mlp_reports() if report.repository != SEARCH], store))


def test_single_resource_layers_are_exact_in_dsp_and_interval(single_layers):
    assert len(single_layers) > 50
    for report, cost in single_layers:
        assert cost.dsp.value == report.said("DSP"), report.id
        assert abs(cost.interval.value - report.said("ii_max")) <= 1, report.id
        assert abs(cost.latency.value - report.said("lat_max")) <= 3, report.id


def test_single_resource_layers_are_near_in_luts_and_memory(single_layers):
    luts = [abs(cost.lut.value / report.said("LUT") - 1) for report, cost in single_layers]
    assert np.quantile(luts, 0.95) < 0.1
    assert all(abs(cost.bram18.value - report.said("BRAM_18K")) <= 2 for report, cost in single_layers)


def test_intervals_and_latencies_of_whole_networks_are_within_what_is_stated(whole_networks):
    assert len(whole_networks) > 30
    intervals = [within(cost.interval, report.said("ii_max")) for report, cost in whole_networks]
    latencies = [within(cost.latency, report.said("lat_max")) for report, cost in whole_networks]
    memories = [within(cost.bram18, report.said("BRAM_18K")) for report, cost in whole_networks]
    assert np.mean(intervals) >= 0.9
    assert np.mean(latencies) >= 0.9
    assert all(memories)


def test_logic_of_whole_networks_is_within_what_is_stated(whole_networks):
    luts = [within(cost.lut, report.said("LUT")) for report, cost in whole_networks]
    registers = [within(cost.ff, report.said("FF")) for report, cost in whole_networks]
    assert np.mean(luts) >= 0.7
    assert np.mean(registers) >= 0.7


def test_dsps_of_networks_whose_products_are_not_forced(whole_networks):
    pairs = [(cost.dsp.value, report.said("DSP")) for report, cost in whole_networks if report.repository != FORCED]
    assert smape(pairs) < 20
