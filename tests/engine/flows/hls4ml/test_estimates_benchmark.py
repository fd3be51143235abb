"""The benchmark of estimates: what it reads, refuses, scores and says."""

import csv
import json

import numpy as np
import pytest

from engine.estimate import Quantity
from engine.precision import FixedType
from tests.benchmarks.estimates.__main__ import main
from tests.benchmarks.estimates.left import shares
from tests.benchmarks.estimates.made_weights import made_weights
from tests.benchmarks.estimates.measures import Pair, macro, scores, wilson
from tests.benchmarks.estimates.reports import DEVELOPMENT, Report
from tests.benchmarks.estimates.single import single_dense

DENSE = {
    "fn": "dense",
    "n_in": 16,
    "n_out": 8,
    "in_t": "ap_fixed<16,6>",
    "out_t": "ap_fixed<16,6>",
    "weight_t": "ap_fixed<8,1>",
    "bias_t": "ap_fixed<8,1>",
    "accum_t": "ap_fixed<16,6>",
    "strategy": "resource",
    "reuse_factor": 16,
    "wstats_w": {"n": 128, "n_zero_q": 20, "n_pow2": 30, "csd_digits": 250, "max_abs_q": 100},
}
ROW = {
    "source_repo": "owner/one",
    "family": "mlp",
    "io_type": "io_parallel",
    "tool": "Vivado HLS",
    "part": "xcu250-figd2104-2L-e",
    "clock_ns": "5.0",
    "default_precision": "",
    "LUT": "2000",
    "FF": "900",
    "DSP": "8",
    "BRAM_18K": "0",
    "lat_max": "18",
    "ii_max": "16",
    "vsynth_LUT": "",
    "vsynth_FF": "",
    "vsynth_DSP": "",
    "vsynth_BRAM_tile36": "",
    "success": "1",
    "config_trust": "verified",
    "is_duplicate_of": "",
}


def table(folder, *changes):
    """A table of rows, each ROW with some cells changed."""
    path = folder / "reports.csv"
    rows = [{"id": f"T{n}", "layers_json": json.dumps([DENSE]), **ROW, **change} for n, change in enumerate(changes)]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_scores_are_printed_and_written_and_nothing_is_dropped_in_silence(tmp_path, capsys):
    odd = json.dumps([{**DENSE, "fn": "quantum_dense"}])
    path = table(tmp_path, {}, {"layers_json": odd}, {"config_trust": "mismatch"}, {"success": "0"})
    out = tmp_path / "out.json"
    assert main(["--reports", str(path), "--json", str(out)]) == 0
    said = capsys.readouterr().out
    assert "4 rows: 2 trusted results" in said
    assert "1 x layers 'quantum_dense' are not known: T1" in said
    found = json.loads(out.read_text())["as shipped"]
    assert found["unbuilt"] == {"T1": "layers 'quantum_dense' are not known"}
    dsp = next(row for row in found["scores"] if (row["target"], row["family"]) == ("DSP", "mlp"))
    assert (dsp["n"], dsp["smape"], dsp["inside"]) == (1, 0, 50)


def test_unreleased_kernels_count_in_one_row_and_not_in_the_other(tmp_path):
    path = table(tmp_path, {}, {"source_repo": "calwilee/hls4ml-automated-testing", "DSP": "80"})
    out = tmp_path / "out.json"
    assert main(["--reports", str(path), "--json", str(out)]) == 0
    scores = json.loads(out.read_text())["as shipped"]["scores"]
    found = {row["family"]: (row["n"], row["smape"]) for row in scores if row["target"] == "DSP"}
    assert found["release"] == (1, 0)
    assert found["macro"][0] == 2
    assert found["macro"][1] > 50


def test_single_dense_layers_are_held_to_their_figures():
    layers = {"wide": [DENSE], "narrow": [{**DENSE, "weight_t": "ap_fixed<4,1>"}], "two": [DENSE, DENSE]}
    reports = [Report({"id": name, "layers_json": json.dumps(each)}) for name, each in layers.items()]
    said = {"wide": (10, 100), "narrow": (0, 100), "two": (50, 500)}
    pairs = [
        Pair(name, "owner", name, "mlp", "C synthesis", target, Quantity(value, value, value), number)
        for name, numbers in said.items()
        for target, value, number in zip(("DSP", "LUT"), (10, 104), numbers, strict=True)
    ]
    dsp, lut = single_dense(pairs, reports)
    assert (dsp.target, dsp.n, dsp.found, dsp.met) == ("DSP", 1, 100, True)
    assert (lut.target, lut.n, lut.met) == ("LUT", 2, True)
    assert lut.found == pytest.approx(100 * 4 / 103)


def test_what_is_left_names_repositories_by_their_part_of_the_error():
    found = list(shares([pair(100, 100), pair(100, 300, "b"), pair(100, 100, "b"), pair(1, 9, DEVELOPMENT[0])]))
    assert [(each.repository, each.n, each.exact) for each in found] == [(DEVELOPMENT[0], 1, 0), ("b", 2, 1)]
    assert found[1].points == pytest.approx(found[1].smape / 3)
    assert "no release" in found[0].why


def test_the_learning_curve_has_the_formulas_alone_and_all_networks(tmp_path, capsys):
    path = table(tmp_path, *({"source_repo": f"owner/{n}"} for n in range(4)))
    out = tmp_path / "out.json"
    assert main(["--reports", str(path), "--learning-curve", "--json", str(out)]) == 0
    assert "Learning curve, networks left out" in capsys.readouterr().out
    points = [point for point in json.loads(out.read_text())["learning curve"] if point["target"] == "LUT"]
    assert points[0]["networks"] == 0
    assert all(later["networks"] <= 4 for later in points)


def test_a_file_that_is_no_table_is_refused_in_words(tmp_path, capsys):
    path = tmp_path / "notes.csv"
    path.write_text("a,b\n1,2\n")
    assert main(["--reports", str(path)]) == 2
    assert "is no table of reports" in capsys.readouterr().err


def pair(value, said, repository="a", low=None, high=None):
    quantity = Quantity(value, value if low is None else low, value if high is None else high)
    return Pair("id", repository, "n", "mlp", "C synthesis", "LUT", quantity, said)


def test_errors_are_symmetric_with_one_added_below():
    assert scores([pair(0, 0)]).smape == 0
    assert scores([pair(3, 1)]).smape == pytest.approx(100 * 2 / 3)
    assert scores([pair(3, 1)]).median_ape == pytest.approx(200)


def test_repositories_count_alike_however_many_rows_they_have():
    pairs = [pair(100, 100, "large")] * 9 + [pair(0, 100, "small")]
    assert macro(pairs).smape == pytest.approx(scores([pair(0, 100)]).smape / 2)
    assert macro(pairs).n == 2


def test_intervals_hold_to_the_rounding_of_a_whole_number():
    assert scores([pair(10, 10.4)]).inside == 100
    assert scores([pair(10, 11)]).inside == 0
    assert scores([pair(10, 11, low=5, high=12)]).width == pytest.approx(100 * 7 / 11)


def test_the_interval_of_a_share_narrows_with_trials():
    few, many = wilson(90, 10), wilson(90, 1000)
    assert few[0] < many[0] < 90 < many[1] < few[1]


def test_made_up_weights_have_the_counts_of_the_real_ones():
    stats, type = DENSE["wstats_w"], FixedType(8, 1)
    codes = np.abs(np.rint(made_weights(stats, type, (16, 8)) / type.step).astype(int)).ravel()
    digits = np.bitwise_count(codes ^ (3 * codes))
    assert (codes == 0).sum() == stats["n_zero_q"]
    assert (digits == 1).sum() == stats["n_pow2"]
    assert digits.sum() == pytest.approx(stats["csd_digits"], rel=0.1)
    assert codes.max() <= stats["max_abs_q"]
