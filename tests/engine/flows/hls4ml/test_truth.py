"""Estimates against real synthesis reports; the bounds are what the formulas are known to reach, not wishes."""

from functools import cache

import numpy as np
import pytest

from engine.estimate import Level
from engine.flows.registry import flow
from tests.benchmarks.estimates.rebuild import design_of
from tests.benchmarks.estimates.reports import read_rows, scored
from tests.samples import SHARED

REPORTS = SHARED / "ground_truth" / "reports.csv"
pytestmark = pytest.mark.skipif(not REPORTS.exists(), reason="The reference reports are not at hand.")

PARALLEL = "io_parallel"
SEARCH = "Dendendelen/wa-hls4ml-search"
FORCED = "ArgyKokk/hls4ml_MLP_estimator"
"""Its projects force every product into DSPs, or every one into look-up tables."""


@cache
def mlp_reports():
    """Multilayer perceptrons in io_parallel."""
    return [each for each in scored(read_rows(REPORTS)) if each.family == "mlp" and each.row["io_type"] == PARALLEL]


def said(report, target):
    return report.said(Level.C_SYNTHESIS, target)


def judged(reports, store):
    """(report, total cost) of each."""
    for report in reports:
        design = design_of(report, store)
        yield report, flow(design.target.flow).estimate(design, store).total


def within(quantity, value):
    return quantity.low - 1 <= value <= quantity.high + 1


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
        assert cost.dsp.value == said(report, "DSP"), report.id
        assert abs(cost.interval.value - said(report, "interval")) <= 1, report.id
        assert abs(cost.latency.value - said(report, "latency")) <= 1, report.id


def test_single_resource_layers_are_near_in_luts_and_memory(single_layers):
    luts = [abs(cost.lut.value / said(report, "LUT") - 1) for report, cost in single_layers]
    assert np.quantile(luts, 0.95) < 0.1
    assert all(abs(cost.bram18.value - said(report, "BRAM18")) <= 2 for report, cost in single_layers)


def test_intervals_and_latencies_of_whole_networks_are_within_what_is_stated(whole_networks):
    assert len(whole_networks) > 30
    intervals = [within(cost.interval, said(report, "interval")) for report, cost in whole_networks]
    latencies = [within(cost.latency, said(report, "latency")) for report, cost in whole_networks]
    memories = [within(cost.bram18, said(report, "BRAM18")) for report, cost in whole_networks]
    assert np.mean(intervals) >= 0.9
    assert np.mean(latencies) >= 0.9
    assert all(memories)


def test_latencies_and_intervals_of_whole_networks_are_near(whole_networks):
    for target, most in (("latency", 0.03), ("interval", 0.02)):
        pairs = [(getattr(cost, target).value, said(report, target)) for report, cost in whole_networks]
        assert np.mean([abs(a - b) / ((a + b) / 2 + 1) for a, b in pairs]) < most, target


def test_logic_of_whole_networks_is_within_what_is_stated(whole_networks):
    luts = [within(cost.lut, said(report, "LUT")) for report, cost in whole_networks]
    registers = [within(cost.ff, said(report, "FF")) for report, cost in whole_networks]
    assert np.mean(luts) >= 0.7
    assert np.mean(registers) >= 0.7


def test_dsps_of_networks_whose_products_are_not_forced(whole_networks):
    pairs = [(cost.dsp.value, said(report, "DSP")) for report, cost in whole_networks if report.repository != FORCED]
    assert np.mean([abs(a - b) / ((a + b) / 2 + 1) for a, b in pairs]) < 0.2
