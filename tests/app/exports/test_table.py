"""The CSV table holds what the design and its estimate say, and nothing a spreadsheet would run."""

import csv
import io
from dataclasses import replace

from app.exports.table import COLUMNS, WHOLE, table_csv
from engine.boards import board
from engine.design import RESULT, REUSE_FACTOR, Design, Target, set_on_layers
from engine.estimate import RESOURCES
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import Dense, Input


def _rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_for_each_layer_and_one_for_the_whole(subject):
    rows = _rows(table_csv(subject.design, subject.estimate, subject.flow))
    assert [row["layer"] for row in rows] == [*subject.design.network.order, ""]
    assert rows[-1]["kind"] == WHOLE
    assert {len(row) for row in rows} == {len(COLUMNS)}


def test_numbers_are_those_of_the_estimate(subject):
    rows = _rows(table_csv(subject.design, subject.estimate, subject.flow))
    for row in rows:
        cost = subject.estimate.of(row["layer"]) if row["layer"] else subject.estimate.total
        for name in RESOURCES:
            quantity = cost.resource(name)
            assert int(row[name]) == round(quantity.value)
            assert int(row[f"{name}_low"]) == round(quantity.low)
            assert int(row[f"{name}_high"]) == round(quantity.high)
        assert int(row["latency_cycles"]) == round(cost.latency.value)
        assert int(row["interval_cycles"]) == round(cost.interval.value)
        assert row["tier"] == "Estimate"


def test_settings_are_those_the_hardware_has(subject):
    design = set_on_layers(subject.design, ("conv1",), REUSE_FACTOR, 9)
    rows = {row["layer"]: row for row in _rows(table_csv(design, subject.estimate, subject.flow))}
    assert rows["conv1"]["reuse_factor"] == "9"
    assert rows["conv1"]["result_type"] == str(subject.flow.resolve(design, "conv1", RESULT).value)
    assert rows["conv1"]["strategy"] == "latency"
    assert rows["conv1"]["input_shape"] == "8x8x4"
    assert rows["add"]["input_shape"] == "8x8x4 + 8x8x4"
    assert rows["add"]["weight_type"] == rows["add"]["reuse_factor"] == ""


def test_without_an_estimate_there_are_no_numbers(subject):
    design = replace(subject.design, target=Target(board("ulx3s-85f"), 20.0, "vitis"))
    refused = subject.flow.estimate(design, None)
    rows = _rows(table_csv(design, refused, subject.flow))
    assert refused.refusal
    assert {row["LUT"] + row["latency_cycles"] for row in rows} == {""}
    assert rows[1]["parameters"] == "40"


def test_names_that_look_like_formulas_stay_names(store):
    layers = (Layer('=cmd|"x"', Input(shape=(4,))), Layer("a,b\n", Dense(units=2), ('=cmd|"x"',)))
    design = Design("n", Network(layers), Target(board("pynq-z2"), 10.0))
    vitis = flow("vitis")
    rows = _rows(table_csv(design, vitis.estimate(design, None), vitis))
    assert [row["layer"] for row in rows] == ['\'=cmd|"x"', "a,b\n", ""]
