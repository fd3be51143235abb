"""What is learned from reports: factors near physics, intervals that hold, and the file that both ship in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.estimate import Level, Quantity, stretched
from engine.flows.hls4ml.cost.corrections import VITIS, VIVADO, book_of, shipped
from engine.flows.hls4ml.cost.schedule import schedule
from engine.flows.hls4ml.cost.site import Site
from tests.benchmarks.estimates.__main__ import main as benchmark
from tests.benchmarks.estimates.fit import main as fit_main
from tests.benchmarks.estimates.learn import by_repository, cross_validated, fit, learn
from tests.benchmarks.estimates.observe import Observation
from tests.engine.flows.hls4ml.test_estimates_benchmark import table

HLS = Level.C_SYNTHESIS


def observation(repository, amount, said, tool=VIVADO, doubt=0.2):
    bare = Quantity(amount, amount * (1 - doubt), amount * (1 + doubt))
    site = (tool, "UltraScale")
    return Observation(repository, repository, repository, "mlp", site, HLS, "LUT", bare, said, {"adder trees": amount})


def factor(learned, tool=VIVADO):
    return learned[HLS, "LUT", (tool, "UltraScale")]["adder trees"]


def test_a_factor_moves_towards_the_reports_and_stays_near_physics_where_they_are_few():
    few = fit([observation("a", 1000, 2000)])
    many = fit([observation(f"r{n}", 1000, 2000) for n in range(200)])
    assert 1 < factor(few) < 1.3 < factor(many) <= 2.05


def test_a_tool_that_was_never_seen_inherits_what_is_shared():
    learned = fit([observation(f"r{n}", 1000, 2000) for n in range(50)])
    assert 1 < factor(learned, VITIS) < factor(learned, VIVADO)


def test_one_report_that_no_term_explains_does_not_bend_the_factors():
    good = [observation(f"r{n}", 1000, 1000) for n in range(30)]
    assert factor(fit([*good, observation("odd", 1000, 30_000)])) == pytest.approx(1, abs=0.05)


def test_intervals_are_stretched_until_they_hold_for_repositories_left_out():
    reports = [observation(f"r{n:02}", 1000, 1000 * (1 + n / 20)) for n in range(20)]
    narrow, wide = (learn(reports, by_repository), learn([*reports[:2]] * 10, by_repository))
    assert narrow.widths[HLS, "LUT"] > 1
    pairs = cross_validated(reports, by_repository, lambda each: True)
    assert sum(pair.inside for pair in pairs) >= 17
    assert wide.widths[HLS, "LUT"] >= 1  # two repositories cannot tell, so nothing is narrowed


@given(st.floats(0, 1e6), st.floats(0, 1), st.floats(0, 3), st.floats(0, 8))
def test_a_stretched_interval_holds_its_value_and_stays_above_zero(value, below, above, stretch):
    found = stretched(Quantity(value, value * (1 - below), value * (1 + above)), stretch)
    assert 0 <= found.low <= value <= found.high * (1 + 1e-12)


def test_what_is_exact_stays_so():
    assert stretched(Quantity(7, 7, 7), 5).exact


def test_more_products_need_more_cycles_and_registers():
    site = Site(vitis=False, series7=True, clock_ns=5.0, stream=False)
    small, large = (schedule(0, 4 * deepest, deepest, 16, 16.0, site) for deepest in (10, 1000))
    assert small.cycles < large.cycles
    assert small.held_bits < large.held_bits
    assert schedule(0, 0, 4, 16, 16.0, site).held_bits == 0


def test_what_ships_names_its_sources_and_knows_both_levels_and_tools():
    book = shipped()
    assert len(book.sources) >= 10
    assert all({"repository", "licence", "tools", "reports"} <= source.keys() for source in book.sources)
    for level in Level:
        for tool in (VIVADO, VITIS):
            found = book.of(level, tool, "UltraScale")
            assert found.lut["adder trees"] > 0
            assert all(width >= 0 for width in found.widths.values())
    assert book.of(Level.LOGIC_SYNTHESIS, VIVADO, "UltraScale").lut["adder trees"] < 0.8


def test_a_fit_writes_what_the_studio_reads(tmp_path, capsys):
    out = tmp_path / "corrections.json"
    rows = table(tmp_path, *({"source_repo": f"owner/{n}", "LUT": str(1500 + 300 * n)} for n in range(3)))
    assert fit_main(["--reports", str(rows), "--out", str(out)]) == 0
    data = json.loads(out.read_text())
    assert [source["repository"] for source in data["sources"]] == ["owner/0", "owner/1", "owner/2"]
    assert book_of(data).of(HLS, VIVADO, "UltraScale").lut["accumulators"] > 0
    assert "3 designs" in capsys.readouterr().out


def test_cross_validation_scores_every_design_twice(tmp_path, capsys):
    rows = table(tmp_path, *({"source_repo": f"owner/{n}"} for n in range(3)))
    out = tmp_path / "scores.json"
    assert benchmark(["--reports", str(rows), "--cross-validate", "--json", str(out)]) == 0
    said, found = capsys.readouterr().out, json.loads(out.read_text())
    assert "Networks left out" in said
    assert "Repositories left out" in said
    assert all(len(found[title]["pairs"]) == 18 for title in ("networks left out", "repositories left out"))
