"""What will not synthesise is foretold, with the runs that tell so, and one edit leads out of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.advice import Severity
from engine.advice.settings import setting_findings
from engine.advice.synthesis import synthesis_findings
from engine.design import REUSE_FACTOR, STRATEGY, Design, Target, set_on_layers
from engine.flows.hls4ml.failing import AT_LIMIT, NEAR_LIMIT, SAFE, VITIS
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import Conv2D, Dense, DepthwiseConv2D, Input
from tests.benchmarks.estimates.reports import read_rows
from tests.benchmarks.failures.foretell import foretell, labelled
from tests.samples import SHARED, jet_tagger

REPORTS = Path(SHARED) / "ground_truth/reports.csv"


def _dense(n_in, n_out, tool, strategy, reuse=1):
    network = Network((Layer("x", Input(shape=(n_in,))), Layer("fc", Dense(units=n_out), ("x",))))
    design = Design("one layer", network, replace(jet_tagger().target, flow=tool))
    return set_on_layers(set_on_layers(design, ("fc",), STRATEGY, strategy), ("fc",), REUSE_FACTOR, reuse)


def _found(design):
    return list(synthesis_findings(design, flow(design.target.flow)))


def _over(design):
    its_flow = flow(design.target.flow)
    found = [*setting_findings(design, its_flow), *synthesis_findings(design, its_flow)]
    return [each for each in found if each.severity is Severity.OVER]


@pytest.mark.parametrize(
    ("n_in", "n_out", "strategy", "known"),
    [
        (96, 32, "latency", NEAR_LIMIT),
        (32, 128, "latency", AT_LIMIT),
        (32, 128, "resource", AT_LIMIT),
    ],
)
def test_products_unrolled_near_the_limit_are_a_risk_with_its_evidence_and_a_way_out(n_in, n_out, strategy, known):
    design = _dense(n_in, n_out, "vivado", strategy)
    (finding,) = _found(design)
    assert finding.severity is Severity.RISK
    assert finding.layers == ("fc",)
    assert f"{known.failed} of {known.runs} runs of {known.products:,} products failed" in finding.detail
    mended = finding.fix.edit(design)
    assert not _found(mended)
    assert not _over(mended)
    assert flow("vivado").resolve(mended, "fc", STRATEGY).value == "resource"


@pytest.mark.parametrize(
    ("n_in", "n_out", "tool", "strategy", "reuse"),
    [
        (64, 32, "vivado", "latency", 1),
        (96, 32, "vivado", "resource", 1),
        (256, 256, "vivado", "resource", 512),
        (96, 32, "vitis", "latency", 1),
        (96, 32, "quartus", "latency", 1),
    ],
)
def test_what_has_always_gone_through_is_no_risk(n_in, n_out, tool, strategy, reuse):
    assert not _found(_dense(n_in, n_out, tool, strategy, reuse))


def test_past_the_limit_vivado_refuses_and_one_click_leaves_nothing_that_it_refuses():
    design = _dense(256, 128, "vivado", "latency")
    (finding,) = _over(design)
    assert "limit 4,096" in finding.detail
    assert not _over(finding.fix.edit(design))


def test_vitis_has_built_more_and_beyond_that_nothing_is_known():
    seen, beyond = _dense(196, 56, "vitis", "latency"), _dense(256, 128, "vitis", "latency")
    assert not _over(seen) + _over(beyond)
    assert [each.severity for each in _found(seen) + _found(beyond)] == [Severity.HINT, Severity.RISK]
    assert "of more nothing is known" in _found(beyond)[0].detail


def test_a_tensor_too_wide_for_io_parallel_is_streamed_with_one_click():
    network = Network((Layer("x", Input(shape=(70, 70, 1))), Layer("c", Conv2D(filters=2, kernel=(3, 3)), ("x",))))
    design = Design("wide", network, _parallel())
    (finding,) = _found(design)
    assert (finding.severity, finding.layers) == (Severity.OVER, ("x", "c"))
    assert finding.title == "c: 9,248 values side by side cannot be built"
    assert not _found(finding.fix.edit(design))


def test_no_way_out_is_offered_where_there_is_no_such_kernel():
    layers = (Layer("x", Input(shape=(3, 3, 300))), Layer("d", DepthwiseConv2D(kernel=(3, 3)), ("x",)))
    design = Design("depthwise", Network(layers), replace(_parallel(), flow="vivado"))
    (finding,) = _found(set_on_layers(design, ("d",), STRATEGY, "latency"))
    assert finding.fix is None


def _parallel() -> Target:
    return replace(jet_tagger().target, io_type="io_parallel")


@pytest.mark.skipif(not REPORTS.exists(), reason="no table of reports beside the checkout")
def test_the_known_runs_are_those_of_the_table_and_nothing_that_went_through_is_refused():
    found, unbuilt = foretell(labelled(read_rows(REPORTS)))
    assert not unbuilt
    assert not [each.report.id for each in found if each.refused and not each.failed]
    for known in (NEAR_LIMIT, AT_LIMIT, VITIS):
        alike = [each for each in found if each.reason.startswith(str(known))]
        assert (sum(each.failed for each in alike), len(alike)) == (known.failed, known.runs)
    missed = [each for each in found if each.failed and each.chance < 0.5]
    assert len(missed) == 24
    small = [each for each in found if all(_products(entry) <= SAFE for entry in each.report.layers)]
    assert len(small) > 100
    assert not any(each.failed for each in small)
    vitis = [each for each in found if "Vitis" in each.report.row["tool"]]
    assert max(_products(entry) for each in vitis for entry in each.report.layers) == VITIS.products


def _products(entry):
    return entry.get("n_in", 0) * entry.get("n_out", 0)
