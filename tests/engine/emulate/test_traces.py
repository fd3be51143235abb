"""Where hardware first goes wrong, from what an emulate job returned."""

from dataclasses import asdict

import numpy as np
import pytest

from engine.emulate.compare import difference
from engine.emulate.traces import first_wrong, layer_traces, likely_cause, share_text
from engine.precision import parse

REFERENCE = np.array([[1.0, -2.0], [3.0, 9.0]])


def row(name, error, spelling="ap_fixed<8,4>"):
    """A row as the job writes it: hardware that is `error` beside the float network everywhere."""
    found = difference(REFERENCE + error, REFERENCE, parse(spelling))
    return {"name": name, "built": name, "type": spelling, **asdict(found)}


def test_the_first_layer_that_is_off_is_named_not_the_worst():
    traces = layer_traces({"trace": [row("a", 0.01), row("b", 1.0), row("c", 5.0)]})
    assert first_wrong(traces).name == "b"
    assert first_wrong(traces[:1]) is None
    assert traces[0].decibels > 20 > traces[1].decibels


@pytest.mark.parametrize(
    ("spelling", "words"),
    [
        ("ap_fixed<8,4>", "25 % of its values are beyond its type and wrap: add integer bits"),
        ("ap_fixed<8,4,AP_RND,AP_SAT>", "are clipped"),
        ("ap_fixed<16,8>", "look at its sum"),
    ],
)
def test_the_cause_is_read_from_the_figures(spelling, words):
    (trace,) = layer_traces({"trace": [row("a", 1.0, spelling)]})
    assert words in likely_cause(trace)


def test_nothing_but_zeros_can_only_be_wrong_without_a_measure():
    found = difference(np.ones((1, 2)), np.zeros((1, 2)))
    (trace,) = layer_traces({"trace": [{"name": "a", "type": "", **asdict(found)}]})
    assert trace.relative == float("inf")
    assert not trace.wraps


@pytest.mark.parametrize("result", [{}, {"trace": [{"name": "a"}]}, {"trace": 3}, {"trace": ["a"]}, "text"])
def test_results_of_other_versions_are_refused(result):
    with pytest.raises(ValueError, match="another version"):
        layer_traces(result)


def test_a_share_never_hides_what_is_there():
    assert [share_text(each) for each in (0, 1e-9, 0.0256, 0.99999, 1, 12)] == [
        "0 %",
        "<0.1 %",
        "2.56 %",
        ">99.9 %",
        "100 %",
        "1,200 %",
    ]
