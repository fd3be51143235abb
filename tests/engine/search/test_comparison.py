"""Flows beside each other: the same network, the same board, and why a flow has no numbers."""

from dataclasses import replace

from engine.network import TensorStore
from engine.project.codec import design_to_json
from engine.search.comparison import Folded, compare
from engine.search.proposer import answer
from tests.engine.flows.finn.test_flow import for_finn
from tests.samples import jet_tagger


def test_each_flow_is_a_column_at_one_rate(tmp_path):
    store = TensorStore(tmp_path)
    design = for_finn(jet_tagger(store))
    design = replace(design, target=replace(design.target, flow="vitis", io_type="io_parallel"))
    found = compare(design, store, ["vitis", "finn"], Folded.AT_RATE, 50_000)
    assert [column.flow for column in found] == ["vitis", "finn"]
    assert all(column.amount("rate") >= 50_000 * (1 - 1e-9) for column in found)
    assert all(column.amount("energy_uj") > 0 and column.accuracy for column in found)


def test_a_flow_without_numbers_says_why(tmp_path):
    found = compare(jet_tagger(), TensorStore(tmp_path), ["vitis", "finn"])
    assert found[0].refusal == ""
    assert found[0].amount("LUT") > 0
    assert "has 16 bits" in found[1].refusal
    assert found[1].amount("LUT") is None


def test_the_windows_process_gives_the_same(tmp_path):
    question = {
        "ask": "compare",
        "own_runs": None,
        "design": design_to_json(for_finn(jet_tagger())),
        "tensors": str(tmp_path),
        "rate": None,
        "flows": ["finn"],
        "folded": "as set",
    }
    (column,) = answer(question)["columns"]
    assert column["flow"] == "finn"
    assert dict(column["amounts"])["LUT"] > 0
    assert "refusal" in answer({**question, "flows": ["nonesuch"]})
