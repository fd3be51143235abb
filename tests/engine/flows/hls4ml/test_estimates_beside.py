"""The comparison with rule4ml: what it can express, whose numbers stand beside whose; without rule4ml itself."""

import json

import pytest

from engine.estimate import Level, exactly
from tests.benchmarks.estimates.beside import compared, main
from tests.benchmarks.estimates.measures import Pair
from tests.benchmarks.estimates.peer import PEER, InexpressibleError, expressed
from tests.benchmarks.estimates.reports import Report
from tests.engine.flows.hls4ml.test_estimates_benchmark import DENSE, ROW, table

RELU = {"fn": "relu", "n_in": 8}
CONV = {
    "fn": "conv_2d_cl",
    **{"in_height": 8, "in_width": 8, "n_chan": 3, "filt_height": 3, "filt_width": 3, "n_filt": 4},
    "mult_config": {"strategy": "latency", "weight_t": "ap_fixed<8,1>"},
}


def row(*layers, **cells):
    always = {"id": "T", "layers_json": json.dumps(layers), "hls4ml_version": "", "tool_version": "2020.1"}
    return expressed(Report({**ROW, **always, **cells}))


def test_a_row_becomes_a_network_with_one_strategy_and_two_readings_of_its_precision():
    found = row(DENSE, RELU, default_precision="ap_fixed<16,6>")
    assert [layer["kind"] for layer in found["layers"]] == ["input", "dense", "activation"]
    assert found["layers"][1] == {"kind": "dense", "units": 8, "name": "layer0", "reuse_factor": 16}
    assert found["precisions"] == ["ap_fixed<16, 6>", "ap_fixed<8, 1>"]
    assert (found["strategy"], found["board"], found["hls4ml"]) == ("resource", "alveo-u250", "0.8.1")
    assert row(DENSE)["precisions"] == ["ap_fixed<8, 1>"]


@pytest.mark.parametrize(
    ("version", "taken"), [("2018.3", "2019.1"), ("2019.2.1", "2019.2"), ("2020.1?", "2020.1"), ("2025.2", "2024.2")]
)
def test_the_nearest_version_of_the_tool_is_taken(version, taken):
    assert row(DENSE, tool_version=version)["tool"] == taken


def test_the_zeros_in_front_of_a_convolution_are_its_padding():
    (_, conv) = row({**CONV, "fn": "zeropad2d_cl"}, CONV)["layers"]
    assert (conv["padding"], conv["kernel"], conv["strides"]) == ("same", [3, 3], [1, 1])


@pytest.mark.parametrize(
    ("layers", "reason"),
    [
        ([{**DENSE, "fn": "gru_stack"}], "'gru_stack' have no counterpart"),
        ([DENSE, {**DENSE, "strategy": "latency"}], "strategies of its layers differ"),
        ([{**DENSE, "strategy": "resource_unrolled"}], "unknown to it"),
        ([{**DENSE, "weight_t": "exponent"}], "no fixed-point type"),
        ([], "no layers"),
    ],
)
def test_what_it_has_no_words_for_is_said(layers, reason):
    with pytest.raises(InexpressibleError, match=reason):
        row(*layers)


def pair(id, repository, target, estimate, said):
    return Pair(id, repository, id, "mlp", Level.C_SYNTHESIS.value, target, exactly(estimate), said)


def test_lines_compare_the_same_rows_and_the_better_reading():
    ours = [pair("A", "one", "LUT", 110, 100), pair("B", "two", "LUT", 100, 100), pair("C", "two", "LUT", 1, 100)]
    lines = {line.group: line for line in compared(ours, {"A": [{"LUT": 300.0}, {"LUT": 100.0}], "B": [{"LUT": 50.0}]})}
    assert set(lines) == {"mlp", "all", "macro"}
    assert lines["all"].n == 2
    assert lines["all"].ours == pytest.approx(100 * 10 / 106 / 2)
    assert lines["all"].theirs == pytest.approx(100 * 50 / 76 / 2)
    assert lines["macro"].ratio == pytest.approx(lines["all"].ratio)


def test_without_rule4ml_that_is_said(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv(PEER, raising=False)
    path = table(tmp_path, {"tool_version": "2020.1", "hls4ml_version": ""})
    assert main(["--reports", str(path)]) == 1
    written = capsys.readouterr()
    assert "1 trusted results of successful syntheses; rule4ml can express 1." in written.out
    assert PEER in written.err
